// What the auditor says to values of the beacon. It asks no curve: it knows what the drill's chain
// published, and takes that alone.
import type { BeaconInput } from "../../src/contract/schema/beacon.ts";
import type { AuditorBooks } from "./auditor-books.ts";
import { type Decided, plain } from "./auditor-claims.ts";
import { drillRound } from "./drill-chain.ts";

/** A claim that waits is told to come back so long after the round is due. */
const LAG_MS = 10_000;

export function auditBeacon(books: AuditorBooks, value: BeaconInput, atMs: number): Decided {
  const { definition, randomness } = books;
  const state = randomness === null ? "awaited" : "known";
  const { round } = value;
  const answer = (status: string, more: object = {}): Decided => {
    return { answer: { ...plain(status, atMs), campaign: definition.id, round, ...more }, state };
  };
  const promised = definition.beacon?.round;
  if (round !== promised) {
    const awaited = promised === undefined || randomness !== null ? [] : [promised];
    return answer("beacon_unexpected", { awaited });
  }
  const right = drillRound(round);
  const isRight =
    value.signature === right.signature &&
    value.previous_signature === undefined &&
    (value.randomness ?? right.randomness) === right.randomness;
  if (!isRight) return answer("beacon_invalid");
  if (randomness !== null) return answer("ok", { replayed: true, randomness });
  if (books.phase === "closed") return answer("campaign_closed");
  const retryAtMs = dueAtMs(books);
  if (atMs < retryAtMs) return answer("beacon_early", { retryAtMs });
  books.mixIn(right.randomness!);
  const { signature } = right;
  const particulars = { for: "campaign", round, randomness: right.randomness, signature };
  books.write("beacon", atMs, { ...particulars, previousSignature: null });
  return answer("ok", { randomness: right.randomness });
}

/** When a claim of luck may be asked again; null when it need not wait. */
export function luckOpensAtMs(books: AuditorBooks, offer: number, atMs: number): number | null {
  const { beacon, offers } = books.definition;
  if (beacon === undefined || books.randomness !== null) return null;
  if (offers[offer]!.reward.kind === "fixed") return null;
  return Math.max(atMs, dueAtMs(books)) + LAG_MS;
}

function dueAtMs({ definition }: AuditorBooks): number {
  const { chain, round } = definition.beacon!;
  return chain.genesisAtMs + (round - 1) * chain.periodMs;
}
