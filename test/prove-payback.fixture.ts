// A small campaign whose users were watched for eight periods: its verdict has retention and
// payback.
import type { Verdict } from "../src/prove/index.ts";
import { DEFINITION, Journal, type ProveFolder, type ProveMore } from "./prove-project.fixture.ts";

const DAY_MS = 86_400_000;
/** Periods of five days that are watched. */
export const PERIODS = 8;

export function planOf(within: number, period: string = "5d"): Record<string, unknown> {
  return {
    metrics: [{ id: "late", kind: "share", log: "visits", days: [20, 29] }],
    retention: { log: "visits", period, periods: PERIODS },
    payback: { margin: 6, within },
  };
}

/** Users who leave one after the other, those with the card later. */
export async function provePayback(
  folder: ProveFolder,
  within: number,
  more: ProveMore = {},
): Promise<Verdict> {
  const journal = new Journal();
  const lines = ["user,at"];
  for (let i = 0; i < 240; i++) {
    const [user, arm] = [`u${i}`, i % 2];
    journal.assign(user, arm);
    const stays = Math.floor(PERIODS * ((i % 60) / 60) ** (arm === 1 ? 1.5 : 2.5));
    for (let t = 0; t <= stays; t++)
      lines.push(`${user},${DEFINITION.startsAtMs + (t * 5 + (i % 5)) * DAY_MS}`);
    if (arm === 0) continue;
    journal.emit("granted", user, { arm, grant: i, amountMinor: 30 });
    journal.emit("redeemed", user, { grant: i, redemption: 0, amountMinor: 30, restMinor: 0 });
  }
  const until = "2026-12-31T00:00:00Z";
  const visits = { file: await folder.lines(lines), user: "user", at: "at", until };
  const sources = { events: await folder.events(journal), logs: { visits } };
  return folder.prove({ plan: planOf(within), sources }, more);
}
