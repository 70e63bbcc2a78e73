// Repairs what a comparison found: late redemptions and reversals are recorded by the ordinary
// operations, under the merchant's own ids, so that repeating a repair changes nothing.
import { HongbaoError } from "../base/error.ts";
import type { Client } from "../client/index.ts";
import { MERCHANT } from "../core/rules.ts";
import type { Compared } from "./compare-payments.ts";
import type { MerchantRow } from "./merchant-file.ts";

export interface Repair {
  row: MerchantRow;
  what: "redemption" | "reversal" | "cover";
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

const DONE: ReadonlySet<string> = new Set(["redeemed", "reversed", "covered", "lost"]);

/**
 * Why a redemption was refused that no reward will ever cover. An admin's key covers and may not
 * redeem: what could still be redeemed, the server says then.
 */
export const OVER: ReadonlySet<string> = new Set([
  "forbidden",
  "expired",
  "already_redeemed",
  "already_cancelled",
  "already_clawed_back",
  "campaign_closed",
]);

/** @param cover why payments are borne that no reward can cover; null: they are not */
export async function repairPayments(
  server: Client,
  campaign: string,
  merchant: string,
  compared: readonly Compared[],
  cover: string | null,
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
    repairs.push({ row, what, status, done: DONE.has(status) });
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
  if (cover !== null) {
    // What was paid and given back is owed to nobody.
    const isOver = ({ row, status }: Repair) => OVER.has(status) && row.reversal === null;
    for (const { row } of repairs.filter(isOver)) {
      const { redemption: id, grant, amountMinor, paidAtMs } = row;
      const payment = { campaign, grant, id, amountMinor, paidAtMs, merchant, why: cover };
      const answer = await server.grant.cover(payment).catch(orError);
      note(row, "cover", answer);
    }
  }
  const borne = new Set(compared.flatMap(({ row, recorded }) => (recorded?.covered ? row : [])));
  if (cover !== null) {
    for (const row of reversals.filter((one) => borne.has(one))) {
      const { grant, redemption, reversal } = row;
      const back = { campaign, grant, id: reversal!, cover: redemption, why: cover };
      note(row, "reversal", await server.grant.uncover(back).catch(orError));
    }
  }
  const ordinary = cover === null ? reversals : reversals.filter((one) => !borne.has(one));
  // A reversal of what was refused just now would be refused as unknown, which is said too.
  const backs = ordinary.map(({ reversal, redemption }) => ({ id: reversal!, redemption }));
  next = 0;
  for await (const answer of server.reversals.batch(campaign, backs)) {
    note(ordinary[next++]!, "reversal", answer);
  }
  return repairs;
}

function orError(error: unknown): HongbaoError {
  if (error instanceof HongbaoError) return error;
  throw error;
}
