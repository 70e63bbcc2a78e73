// Repairs what a comparison found: late redemptions and reversals are recorded by the ordinary
// operations, under the merchant's own ids, so that repeating a repair changes nothing.
import { HongbaoError } from "../base/error.ts";
import type { Client } from "../client/index.ts";
import { MERCHANT } from "../core/rules.ts";
import type { Compared } from "./compare-payments.ts";
import type { MerchantRow } from "./merchant-file.ts";

export interface Repair {
  row: MerchantRow;
  what: "redemption" | "reversal";
  /** The server's status, or the code of an error. */
  status: string;
  done: boolean;
}

/** What a repair would send, in the order of the file. */
export function repairable(compared: readonly Compared[]): {
  redemptions: MerchantRow[];
  reversals: MerchantRow[];
} {
  const redemptions = compared.flatMap(({ difference, row }) =>
    difference === "unrecorded" && row !== null ? row : [],
  );
  const unreversed = compared.flatMap(({ difference, row }) =>
    difference === "unreversed" && row !== null ? row : [],
  );
  const reversals = [...unreversed, ...redemptions.filter(({ reversal }) => reversal !== null)];
  return { redemptions, reversals: reversals.sort((a, b) => a.row - b.row) };
}

export async function repairPayments(
  server: Client,
  campaign: string,
  merchant: string,
  compared: readonly Compared[],
  onProgress: (done: number, all: number) => void,
): Promise<Repair[]> {
  const { redemptions, reversals } = repairable(compared);
  const all = redemptions.length + reversals.length;
  const repairs: Repair[] = [];
  const note = (
    row: MerchantRow,
    what: Repair["what"],
    answer: { status: string } | HongbaoError,
  ) => {
    const isError = answer instanceof HongbaoError;
    const status = isError ? answer.code : answer.status;
    repairs.push({ row, what, status, done: status === "redeemed" || status === "reversed" });
    onProgress(repairs.length, all);
  };
  const payments = redemptions.map(({ redemption, grant, amountMinor, paidAtMs }) => ({
    id: redemption,
    grant,
    amountMinor,
    paidAtMs,
    attributes: { [MERCHANT]: merchant },
  }));
  let next = 0;
  for await (const answer of server.redemptions.batch(campaign, payments)) {
    note(redemptions[next++]!, "redemption", answer);
  }
  // A reversal of what was refused just now would be refused as unknown, which is said too.
  const backs = reversals.map(({ reversal, redemption }) => ({ id: reversal!, redemption }));
  next = 0;
  for await (const answer of server.reversals.batch(campaign, backs)) {
    note(reversals[next++]!, "reversal", answer);
  }
  return repairs;
}
