// `beacon` of a campaign file: which public round takes part in the luck, by its number or by the
// instant from which it is due, and on which chain of drand.
import { z } from "zod";
import {
  DRAND_CHAINS,
  DRAND_SCHEMES,
  type DrandChain,
  type DrandScheme,
  drandBytes,
  firstRoundFrom,
} from "../../base/drand.ts";
import type { BeaconDefinition } from "../../core/definition.ts";
import { choice, duration, EXPECTED, instant } from "./file-values.ts";
import type { FilePath } from "./problems.ts";
import { readDuration, readInstant } from "./scalars.ts";

export interface BeaconEntry {
  chain?: string | ChainEntry;
  round?: number;
  from?: string;
}

interface ChainEntry {
  hash: string;
  publicKey: string;
  scheme: DrandScheme;
  genesis: string;
  period: string;
}

const NAMES = Object.keys(DRAND_CHAINS).join(", ");

const hex = (what: string, pattern: RegExp, bytes: string): z.ZodType<string> =>
  z
    .string()
    .regex(pattern)
    .meta({ description: what })
    .register(EXPECTED, { expected: `${bytes} bytes in hex, lower case` });

const ownChainSchema = z.strictObject({
  hash: hex("The chain's hash.", /^[0-9a-f]{64}$/, "32"),
  publicKey: hex("The chain's public key.", /^([0-9a-f]{96}|[0-9a-f]{192})$/, "48 or 96"),
  scheme: choice("How it signs, as its schemeID says.", DRAND_SCHEMES),
  genesis: instant("When its round 1 was due."),
  period: duration("How long a round lasts."),
});

export const beaconSchema: z.ZodType<BeaconEntry> = z
  .strictObject({
    chain: z.exactOptional(
      z
        .union([z.string(), ownChainSchema])
        .meta({
          description:
            `A chain of drand by name (${NAMES}) or hash, or all that its /info says of another. ` +
            "Default: quicknet.",
        })
        .register(EXPECTED, { expected: `${NAMES}, the hash of one of them, or a whole chain` }),
    ),
    round: z.exactOptional(
      z
        .int()
        .min(1)
        .max(2 ** 40)
        .meta({ description: "The number of the round." })
        .register(EXPECTED, { expected: "the number of a round" }),
    ),
    from: z.exactOptional(instant("The first round that is due at or after this instant.")),
  })
  .meta({
    description:
      "A public round, still ahead when the campaign opens, that takes part in all luck: exactly " +
      "one of round and from. Default: none, and the operator could have chosen the luck.",
  });

type Wrong = (path: FilePath, expected: string, found: string) => void;

/** What cannot be read is told to `wrong` and becomes NaN, as elsewhere in the file. */
export function resolveBeacon(entry: BeaconEntry, wrong: Wrong): BeaconDefinition {
  const chain = chainOf(entry.chain ?? "quicknet", wrong);
  const { round, from } = entry;
  if ((round === undefined) === (from === undefined)) {
    const found = round === undefined ? "neither" : "both";
    wrong(["beacon"], "exactly one of round and from", found);
  }
  if (round !== undefined || from === undefined) return { chain, round: round ?? Number.NaN };
  const fromMs = instantOf(["beacon", "from"], from, wrong);
  return { chain, round: firstRoundFrom(chain, fromMs) };
}

function chainOf(chain: string | ChainEntry, wrong: Wrong): DrandChain {
  if (typeof chain !== "string") return ownChain(chain, wrong);
  const known = Object.entries(DRAND_CHAINS).find(
    ([name, { hash }]) => name === chain || hash === chain,
  );
  if (known !== undefined) return known[1];
  wrong(["beacon", "chain"], `${NAMES}, the hash of one of them, or a whole chain`, chain);
  return DRAND_CHAINS.quicknet;
}

function ownChain(entry: ChainEntry, wrong: Wrong): DrandChain {
  const { hash, publicKey, scheme, genesis, period } = entry;
  const at = ["beacon", "chain"];
  const bytes = drandBytes(scheme).publicKey;
  if (publicKey.length !== 2 * bytes) {
    const found = `${publicKey.length / 2} bytes`;
    wrong([...at, "publicKey"], `${bytes} bytes, as ${scheme} has them`, found);
  }
  const periodMs = readDuration(period);
  if (periodMs === null) wrong([...at, "period"], "a duration such as 3s or 30s", period);
  const genesisAtMs = instantOf([...at, "genesis"], genesis, wrong);
  return { hash, publicKey, scheme, genesisAtMs, periodMs: periodMs ?? Number.NaN };
}

function instantOf(path: FilePath, text: string, wrong: Wrong): number {
  const atMs = readInstant(text);
  if (atMs === null) wrong(path, "a time that exists, with zone", text);
  return atMs ?? Number.NaN;
}
