// Planted bugs of luck that waits for a public round.
import { inSchedulesWith, type Plant, plant } from "./plant.ts";

export const LUCK_PLANTS: readonly Plant[] = inSchedulesWith("beacon", [
  plant(
    "luck before the promised round",
    "src/host/open-campaigns.ts",
    "return randomness === null ? null : workingKey(seed, randomness);",
    "return workingKey(seed, randomness);",
  ),
  plant(
    "public round that is not mixed in",
    "src/core/luck/luck.ts",
    "randomness === null ? undefined : fromHex(randomness)!",
    "randomness === null ? undefined : fromHex(randomness)!.subarray(0, 0)",
  ),
  plant(
    "public round forgotten at a restart",
    "src/host/open-campaigns.ts",
    "return randomness === null ? null : workingKey(seed, randomness);",
    "return randomness === null ? null : workingKey(seed, null);",
  ),
  plant(
    "public value that nobody signed",
    "src/host/hand-in-beacon.ts",
    "return isHash && isSignedByDrand(state.definition.beacon!.chain, value);",
    "return isHash && state.definition.beacon !== undefined && value.signature.length > 0;",
  ),
  plant(
    "public round taken before it is due",
    "src/core/luck/decide-beacon.ts",
    "if (atMs < dueAtMs) return",
    "if (atMs + 3_600_000 < dueAtMs) return",
  ),
  plant(
    "public round recorded twice",
    "src/core/luck/decide-beacon.ts",
    "promised.filter(({ randomness }) => randomness === null);",
    "promised.filter(({ randomness }) => randomness !== undefined);",
  ),
]);
