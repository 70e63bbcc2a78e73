// What the auditor says to values of the beacon. It asks no curve: it knows what the drill's chain
// published, and takes that alone.
import type { BeaconInput } from "../../src/contract/schema/beacon.ts";
import type { AuditorBooks } from "./auditor-books.ts";
import { type Decided, plain } from "./auditor-claims.ts";
import { drillRound } from "./drill-chain.ts";

/** A claim that waits is told to come back so long after the round is due. */
const LAG_MS = 10_000;

/** Something that a round was promised for. */
interface Promised {
  for: string;
  round: number;
  randomness: string | null;
  take: (randomness: string) => void;
}

/** The campaign's own luck, and draws that are closed. */
function promisedRounds(books: AuditorBooks): Promised[] {
  const { beacon, draws = [] } = books.definition;
  if (beacon === undefined) return [];
  const { randomness } = books;
  const take = (value: string): void => books.mixIn(value);
  const own = { for: "campaign", round: beacon.round, randomness, take };
  const closed = books.lots.flatMap((draw, i): Promised[] => {
    if (draw.round === null) return [];
    const takeForDraw = (value: string): void => {
      draw.randomness = value;
    };
    const { round, randomness: known } = draw;
    return [{ for: `draw:${draws[i]!.id}`, round, randomness: known, take: takeForDraw }];
  });
  return [own, ...closed];
}

export function auditBeacon(books: AuditorBooks, value: BeaconInput, atMs: number): Decided {
  const all = promisedRounds(books);
  const waiting = all.filter(({ randomness }) => randomness === null);
  const state = waiting.length > 0 ? "awaited" : "known";
  const { round } = value;
  const answer = (status: string, more: object = {}): Decided => {
    const campaign = books.definition.id;
    return { answer: { ...plain(status, atMs), campaign, round, ...more }, state };
  };
  if (!all.some((one) => one.round === round)) {
    const awaited = [...new Set(waiting.map((one) => one.round))];
    return answer("beacon_unexpected", { awaited });
  }
  const right = drillRound(round);
  const { randomness, signature } = right;
  const isRight =
    value.signature === signature &&
    value.previous_signature === undefined &&
    (value.randomness ?? randomness) === randomness;
  if (!isRight) return answer("beacon_invalid");
  const due = waiting.filter((one) => one.round === round);
  if (due.length === 0) return answer("ok", { replayed: true, randomness });
  if (books.phase === "closed") return answer("campaign_closed");
  const retryAtMs = dueAtMs(books, round);
  if (atMs < retryAtMs) return answer("beacon_early", { retryAtMs });
  for (const one of due) {
    one.take(randomness!);
    const particulars = { for: one.for, round, randomness, signature };
    books.write("beacon", atMs, { ...particulars, previousSignature: null });
  }
  return answer("ok", { randomness });
}

/** When a claim of luck may be asked again; null when it need not wait. */
export function luckOpensAtMs(books: AuditorBooks, offer: number, atMs: number): number | null {
  const { beacon, offers } = books.definition;
  if (beacon === undefined || books.randomness !== null) return null;
  if (["fixed", "compensation"].includes(offers[offer]!.reward.kind)) return null;
  return Math.max(atMs, dueAtMs(books, beacon.round)) + LAG_MS;
}

function dueAtMs({ definition }: AuditorBooks, round: number): number {
  const { chain } = definition.beacon!;
  return chain.genesisAtMs + (round - 1) * chain.periodMs;
}

/** Rounds whose values are still to be handed in, in the order in which they were promised. */
export function awaitedShown(books: AuditorBooks): object {
  const awaits: { round: number; dueAtMs: number; for: string[] }[] = [];
  for (const { round, randomness, for: name } of promisedRounds(books)) {
    if (randomness !== null) continue;
    const known = awaits.find((one) => one.round === round);
    if (known === undefined) awaits.push({ round, dueAtMs: dueAtMs(books, round), for: [name] });
    else known.for.push(name);
  }
  return awaits.length === 0 || books.phase === "closed" ? {} : { awaits };
}
