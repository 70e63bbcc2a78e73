// `hongbao settle` without a directory: the statement of a live campaign, from its server.
import type { Client } from "../client/index.ts";
import { contractError } from "../contract/errors.ts";
import { statusEntry } from "../contract/index.ts";
import { type SettlementLine, settledSums } from "../journal/settlement.ts";
import { campaignOf } from "./money.ts";
import { withServer } from "./remote.ts";
import { namedLines, type Statement } from "./settlement-statement.ts";
import type { VerbCall } from "./verb.ts";

/** How often pages are read again because payments went on between them. */
const TRIES = 5;

/** @param names merchants whose pseudonyms the server tells */
export async function remoteStatement(
  call: VerbCall,
  names: readonly string[],
): Promise<Statement> {
  const campaign = await campaignOf(call);
  return await withServer(call, async (server) => {
    const nameOf = new Map<string, string>();
    for (const merchant of names) {
      const { lines = [] } = await server.merchant.settlement({ campaign, merchant });
      if (lines[0]?.merchant) nameOf.set(lines[0].merchant, merchant);
    }
    for (let tries = 0; tries < TRIES; tries++) {
      const statement = await readPages(server, campaign, nameOf);
      if (statement.sound) return statement;
    }
    const message = "payments went on while the pages of the statement were read; ask again";
    throw contractError("overloaded", message);
  });
}

async function readPages(
  server: Client,
  campaign: string,
  nameOf: ReadonlyMap<string, string>,
): Promise<Statement> {
  const lines: SettlementLine[] = [];
  for (;;) {
    const page = { campaign, ...(lines.length > 0 ? { after: String(lines.length) } : {}) };
    const answer = await server.merchant.settlement(page);
    if (answer.status !== "ok") {
      throw contractError("invalid_usage", `${campaign}: ${statusEntry(answer.status).meaning}`);
    }
    lines.push(...(answer.lines ?? []));
    if (answer.more === true) continue;
    const { title = "", currency = "", decimals = 2, timeZone = "" } = answer;
    const mark = answer.rehearsal === undefined ? {} : { rehearsal: answer.rehearsal };
    const { record = 0, recordAtMs = 0, chain = "" } = answer;
    const { spentMinor = 0, contingencyMinor = 0, lossMinor = 0 } = answer;
    const sums = { spentMinor, contingencyMinor, lossMinor };
    const named = namedLines(lines, nameOf);
    const head = { campaign, title, currency, decimals, timeZone, ...mark };
    const statement = { ...head, ...sums, lines: named };
    const sound = JSON.stringify(settledSums(lines)) === JSON.stringify(sums);
    return { ledger: null, record, atMs: recordAtMs, chain, campaigns: [statement], sound };
  }
}
