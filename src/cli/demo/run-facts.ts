// What happened in the run, counted from the answers and from the journal.
import type { CampaignBooks } from "../../contract/index.ts";
import type { Crowd } from "../../crowd/crowd.ts";
import type { AnswerLog } from "./answer-log.ts";
import type { CrowdDriver } from "./crowd-driver.ts";
import type { LedgerReading } from "./ledger-reading.ts";
import type { Deed } from "./manager.ts";
import type { RehearsalFacts } from "./rehearsal.ts";
import type { ResellerFacts } from "./reseller-facts.ts";
import type { KillFacts, RunFacts } from "./result.ts";

export interface RunInputs {
  readonly crowd: Crowd;
  readonly driver: CrowdDriver;
  readonly log: AnswerLog;
  readonly ledger: LedgerReading;
  readonly books: CampaignBooks;
  readonly rehearsal: RehearsalFacts;
  readonly kill: KillFacts;
  readonly deeds: readonly Deed[];
  readonly resellers: ResellerFacts;
  readonly requests: number;
  readonly tookMs: number;
}

const WAVE_CAP = "wave-budget:";

/** Days shown of the app's daily users. */
const DAYS = 30;

export function runFacts(inputs: RunInputs): RunFacts {
  const { crowd, driver, log, ledger, books, requests, tookMs } = inputs;
  const { rehearsal, kill, deeds, resellers } = inputs;
  const first = (cause: string): boolean =>
    cause === "fresh" || cause === "bot" || cause === "assistant";
  const claims = log.count(({ operation, cause }) => operation === "claim" && first(cause));
  const refused = log.tally(({ operation, cause, cap }) =>
    operation === "claim" && first(cause) ? cap : null,
  );
  const replays = (operation: string): number =>
    log.count((kind) => kind.operation === operation && kind.replayed);
  return {
    people: crowd.people,
    bots: crowd.size - crowd.people,
    requests,
    tookMs,
    claims,
    granted: books.counts.grants,
    grantedMinor: ledger.grantedMinor,
    heldOut: books.counts.withheld,
    refused: refused.map(([cap, count]) => ({ cap, claims: count })),
    botsGranted: log.count(({ cause, status }) => cause === "bot" && status === "granted"),
    blocked: log.count(({ cause, status }) => first(cause) && status === "blocked"),
    replays: { claims: replays("claim"), redemptions: replays("redeem") },
    stale: log.count(({ cause, status }) => cause === "stale" && status === "stale"),
    secondChances: log.count(
      ({ cause, status, replayed }) => cause === "retry" && status === "granted" && !replayed,
    ),
    dry: [...driver.books.caps]
      .filter(([cap]) => cap.startsWith(WAVE_CAP))
      .map(([cap, { firstAtMs }]) => ({ wave: cap.slice(WAVE_CAP.length), atMs: firstAtMs })),
    ...{ rehearsal, kill, deeds, resellers },
    invites: {
      accepted: log.count(({ status, replayed }) => status === "accepted" && !replayed),
      heldOut: log.count(
        ({ operation, status }) => operation === "accept" && status === "held_out",
      ),
    },
    expired: { grants: books.counts.expiries, minor: ledger.expiredMinor },
    books,
    mostHeldMinor: ledger.mostHeldMinor,
    money: ledger.money,
    dailyUsers: crowd.dailyUsers(DAYS, { treated: (user) => driver.books.rewarded[user] === 1 }),
  };
}
