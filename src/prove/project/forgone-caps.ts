// What the held-out forwent, within their own caps. The engine charges no cell for them, since they
// take nothing from anybody: of thirty claims on one day each "would have been granted", though a
// cap of six a day would have stopped all but six. Their claims are decided again here, by the caps
// of a user, which nobody else shares.

import { Calendar, PER } from "../../core/caps/windows.ts";
import type { CampaignDefinition, CapDefinition } from "../../core/definition.ts";
import { quoteName, quoteText } from "../columns.ts";
import { pseudonymKey } from "../sql/dialect.ts";
import { EVENT_USERS } from "../sql/users-by-events.ts";
import type { Warehouse } from "../warehouse.ts";

/** One user's caps, as the engine charges them. */
export class OwnCaps {
  private readonly caps: readonly CapDefinition[];
  private readonly calendar: Calendar;
  private readonly used: number[];
  private readonly windows: number[];

  constructor({ caps, dayStartsMs }: Pick<CampaignDefinition, "caps" | "dayStartsMs">) {
    this.caps = ownCapsOf(caps);
    this.calendar = new Calendar(dayStartsMs);
    this.used = this.caps.map(() => 0);
    this.windows = this.caps.map(() => -1);
  }

  /** Begins with another user, of whom nothing is used. */
  reset(): void {
    this.used.fill(0);
    this.windows.fill(-1);
  }

  /** Charges a claim where all caps allow it. @param atMs not before the last one */
  grants(amountMinor: number, atMs: number): boolean {
    this.caps.forEach(({ per }, i) => {
      const window = this.calendar.windowAt(PER[per], atMs);
      if (window !== this.windows[i]) this.used[i] = 0;
      this.windows[i] = window;
    });
    const charge = ({ counts }: CapDefinition): number => (counts === "money" ? amountMinor : 1);
    if (this.caps.some((cap, i) => this.used[i]! + charge(cap) > cap.limit)) return false;
    this.caps.forEach((cap, i) => {
      this.used[i]! += charge(cap);
    });
    return true;
  }
}

function ownCapsOf(caps: readonly CapDefinition[]): CapDefinition[] {
  return caps.filter(({ dimension, on }) => dimension === "user" && on === "claim");
}

/**
 * Corrects what `EVENT_USERS` says that users forwent; only those who can be above a cap are read.
 */
export async function capForgone(
  warehouse: Warehouse,
  { id, caps, dayStartsMs }: Pick<CampaignDefinition, "id" | "caps" | "dayStartsMs">,
): Promise<void> {
  const own = ownCapsOf(caps);
  const least = (counts: CapDefinition["counts"]): number =>
    own.reduce((min, cap) => (cap.counts === counts ? Math.min(min, cap.limit) : min), Infinity);
  const [grants, money] = [least("grants"), least("money")];
  const above = [
    ...(Number.isFinite(grants) ? [`asked > ${grants}`] : []),
    ...(Number.isFinite(money) ? [`forgone > ${money}`] : []),
  ];
  if (above.length === 0) return;
  const who = `FROM ${quoteName(EVENT_USERS)} WHERE ${above.join(" OR ")}`;
  const { n } = await warehouse.row(`SELECT count(*) AS n ${who}`);
  if (n === 0) return;
  const user = pseudonymKey('"user"');
  const claims = warehouse.stream(
    `SELECT ${user}::VARCHAR AS "user", CAST("atMs" AS BIGINT), CAST("amountMinor" AS BIGINT)
FROM events
WHERE campaign = ${quoteText(id)} AND kind = 'withheld' AND "wouldStatus" = 'granted'
  AND ${user} IN (SELECT "user" ${who})
ORDER BY ${user}, CAST("sequence" AS BIGINT), CAST("index" AS BIGINT)`,
  );
  const capped = "forgone within caps";
  await warehouse.append(
    capped,
    [
      { name: "user", type: "text" },
      { name: "forgone", type: "int64" },
    ],
    sumsWithin(new OwnCaps({ caps, dayStartsMs }), claims),
  );
  const key = pseudonymKey('f."user"');
  await warehouse.run(
    `UPDATE ${quoteName(EVENT_USERS)} AS a SET forgone = f.forgone
FROM ${quoteName(capped)} f WHERE ${key} = a."user"`,
  );
}

/** One row a user, whose claims follow each other. */
async function* sumsWithin(
  caps: OwnCaps,
  claims: AsyncIterable<readonly (string | number | boolean | null)[]>,
): AsyncGenerator<[string, number]> {
  let [user, sum]: [string | null, number] = [null, 0];
  for await (const [next, atMs, amount] of claims) {
    if (next !== user) {
      if (user !== null) yield [user, sum];
      [user, sum] = [String(next), 0];
      caps.reset();
    }
    if (caps.grants(Number(amount), Number(atMs))) sum += Number(amount);
  }
  if (user !== null) yield [user, sum];
}
