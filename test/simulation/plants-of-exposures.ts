// Planted bugs of arms and exposures.
import { type Plant, plant } from "./plant.ts";

export const EXPOSURE_PLANTS: readonly Plant[] = [
  plant(
    "no exposure of the held-out",
    "src/core/grants/write-grant.ts",
    "    flags |= exposing(campaign, user);\n",
    "",
  ),
  plant(
    "exposed a second time",
    "src/core/assignment/apply-exposure.ts",
    "if (((words[at]! >>> 8) & EXPOSES) !== 0) expose(campaign, user, atMs);",
    "",
  ),
  plant(
    "exposed by a claim that is refused",
    "src/core/grants/write-grant.ts",
    '  if (answer.status === "granted") {\n    flags |=',
    "  {\n    flags |=",
  ),
  plant(
    "probability of shares that were revised",
    "src/core/assignment/assignment.ts",
    "this.probabilities = Uint32Array.from(all.flatMap(wordsOfDouble));",
    `const known: Map<string, Uint32Array> = ((ArmRule as any).known ??= new Map());
    this.probabilities = known.get(salt) ?? Uint32Array.from(all.flatMap(wordsOfDouble));
    known.set(salt, this.probabilities);`,
  ),
  plant(
    "a later report moves the first exposure",
    "src/core/assignment/decide-exposure.ts",
    "exposureTimes.exposedAt.get(user) <= seenAtMs",
    "exposureTimes.exposedAt.get(user) === seenAtMs",
  ),
  plant(
    "a report of before the assignment",
    "src/core/assignment/decide-exposure.ts",
    "Math.max(definition.startsAtMs, exposureTimes.assignedAt.get(user))",
    "definition.startsAtMs",
  ),
  plant(
    "times of exposures missing from the snapshot",
    "src/core/state-parts.ts",
    "    ...campaign.exposureTimes.columns(),\n",
    "",
  ),
  plant(
    "first prize of the held-out drawn again",
    "src/core/grants/apply-grant.ts",
    "if (((words[at]! >>> 8) & DRAWS) !== 0) {",
    "if (false) {",
  ),
];
