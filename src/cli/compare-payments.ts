// A merchant's list held against the journal: what agrees, and each way in which a row can differ.
import type { MerchantRedemptions, RecordedRedemption } from "../journal/merchant-redemptions.ts";
import type { CampaignKeys } from "./campaign-keys.ts";
import type { MerchantRow } from "./merchant-file.ts";

/** In the order of reports; each with what it means. */
export const DIFFERENCES = {
  matched: "paid there and recorded here, the same",
  covered: "paid there and borne here, for no reward could cover it",
  unrecorded: "paid there and not recorded here",
  unreversed: "reversed there and not here",
  reversed: "reversed here and not there",
  amount: "recorded here with another amount or grant",
  elsewhere: "recorded here with another merchant",
  twice: "listed there more than once",
  unlisted: "recorded here and not listed there",
} as const;

export type Difference = keyof typeof DIFFERENCES;

export interface Compared {
  difference: Difference;
  /** Null where the merchant does not list it. */
  row: MerchantRow | null;
  /** Null where it is not recorded. */
  recorded: RecordedRedemption | null;
}

/** Rows of the file in their order, then what it does not list, in the order of the journal. */
export function comparePayments(
  rows: readonly MerchantRow[],
  recorded: MerchantRedemptions,
  keys: Pick<CampaignKeys, "id" | "grant">,
  isAsked: (redemption: RecordedRedemption) => boolean,
): Compared[] {
  const compared: Compared[] = [];
  const seen = new Set<string>();
  for (const row of rows) {
    const id = keys.id(row.redemption);
    const found = recorded.byId.get(id) ?? null;
    const difference = seen.has(id)
      ? "twice"
      : differenceOf(row, found, recorded.elsewhere.has(id), keys.grant(row.grant));
    seen.add(id);
    compared.push({ difference, row, recorded: found });
  }
  for (const found of recorded.byId.values()) {
    if (seen.has(found.id) || found.reversed || !isAsked(found)) continue;
    compared.push({ difference: "unlisted", row: null, recorded: found });
  }
  return compared;
}

function differenceOf(
  { amountMinor, reversal }: MerchantRow,
  found: RecordedRedemption | null,
  isElsewhere: boolean,
  grant: number,
): Difference {
  if (found === null) return isElsewhere ? "elsewhere" : "unrecorded";
  if (found.amountMinor !== amountMinor || found.grant !== grant) return "amount";
  if (found.covered && !found.reversed && reversal === null) return "covered";
  if (found.reversed === (reversal !== null)) return "matched";
  return found.reversed ? "reversed" : "unreversed";
}
