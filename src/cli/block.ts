// `hongbao block` and `hongbao unblock`: users, or values of an attribute, named one by one or by a
// file of any length, on a server.
import { LIMITS } from "../base/limits.ts";
import type { Client } from "../client/index.ts";
import { contractError } from "../contract/errors.ts";
import { type BlockAnswer, readDuration, readInstant } from "../contract/index.ts";
import { formatNumber } from "../report/format.ts";
import { sayAnswer } from "./answer-words.ts";
import type { ExitCode } from "./exit-codes.ts";
import { campaignOf, missing } from "./money.ts";
import { withServer } from "./remote.ts";
import { reasonOf } from "./suspicion.ts";
import { userLines } from "./user-lines.ts";
import type { VerbCall } from "./verb.ts";

const STDIN = "/dev/stdin";

export async function blockMany(call: VerbCall): Promise<ExitCode> {
  const end = endOf(call);
  return change(call, (server, who) => server.block.add({ ...who, ...end }));
}

export async function unblockMany(call: VerbCall): Promise<ExitCode> {
  return change(call, (server, who) => server.block.remove(who));
}

interface Who {
  campaign: string;
  by: string;
  values: string[];
  why: string;
  evidence?: string;
}

async function change(
  call: VerbCall,
  send: (server: Client, who: Who) => Promise<BlockAnswer>,
): Promise<ExitCode> {
  const campaign = await campaignOf(call);
  const by = String(call.flags.by ?? "user");
  const about = { campaign, by, ...reasonOf(call) };
  return await withServer(call, async (server) => {
    const sum = { changed: 0, unchanged: 0 };
    let answer: BlockAnswer | null = null;
    for await (const values of valuesOf(call)) {
      answer = await send(server, { ...about, values });
      sum.changed += answer.changed;
      sum.unchanged += answer.unchanged;
      if (answer.status !== "block_placed" && answer.status !== "unblocked") break;
    }
    if (answer === null) throw missing("<values>", "whom to name, or --file with one a line");
    return sayAnswer(call, { ...answer, ...sum }, [
      ["changed", formatNumber(sum.changed)],
      ["unchanged", sum.unchanged > 0 ? formatNumber(sum.unchanged) : undefined],
    ]);
  });
}

/** What was named, and what the file has, as many at a time as one call takes. */
async function* valuesOf({ args, flags }: VerbCall): AsyncGenerator<string[]> {
  const named = (args[0] as unknown as string[] | undefined) ?? [];
  if (named.length > 0) yield named;
  if (flags.file === undefined) return;
  const file = String(flags.file);
  for await (const { users } of userLines(file === "-" ? STDIN : file)) {
    for (let from = 0; from < users.length; from += LIMITS.blockedAtOnce) {
      yield users.slice(from, from + LIMITS.blockedAtOnce);
    }
  }
}

/** By the server's clock. */
function endOf({ flags }: VerbCall): { untilMs?: number; forMs?: number } {
  if (flags.until !== undefined) {
    const untilMs = readInstant(String(flags.until));
    if (untilMs !== null) return { untilMs };
    const expected = "an instant such as 2026-02-23T18:00:00+08:00";
    throw contractError("invalid_usage", `--until: expected ${expected}, found ${flags.until}`);
  }
  if (flags.for === undefined) return {};
  const forMs = readDuration(String(flags.for));
  if (forMs !== null && forMs > 0) return { forMs };
  const found = String(flags.for);
  throw contractError("invalid_usage", `--for: expected a time such as 24h, found ${found}`);
}
