// `hongbao list import`: a list of users from a file, in parts, to a server. It holds when the last
// part is in; until then nothing has changed.
import { randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import { LIMITS } from "../base/limits.ts";
import type { Client } from "../client/index.ts";
import { contractError } from "../contract/errors.ts";
import type { ListAnswer } from "../contract/index.ts";
import { formatNumber } from "../report/format.ts";
import { sayAnswer } from "./answer-words.ts";
import type { ExitCode } from "./exit-codes.ts";
import { withServer } from "./remote.ts";
import { userColumn } from "./user-column.ts";
import { type UserPart, userLines } from "./user-lines.ts";
import type { VerbCall } from "./verb.ts";

export async function importList(call: VerbCall): Promise<ExitCode> {
  const [campaign, list, file] = call.args as [string, string, string];
  const column = call.flags.column === undefined ? null : String(call.flags.column);
  if (column === null && /\.(csv|tsv|parquet|duckdb)$/i.test(file)) {
    const message = "--column: expected the column that holds the users' ids, found none";
    throw contractError("invalid_usage", message);
  }
  const { size } = await stat(file);
  const parts = column === null ? userLines(file) : userColumn(file, column, size);
  const progress = call.terminal.progress(`importing ${list}`, size);
  try {
    return await withServer(call, async (server) => {
      const onPart = (bytes: number): void => progress.update(Math.min(bytes, size), size);
      const answer = await sendParts(server, { campaign, list }, parts, onPart);
      progress.stop();
      const { users, received, sha256 } = answer;
      const twice = (received ?? 0) - (users ?? 0);
      return sayAnswer(call, answer, [
        ["users", users === undefined ? undefined : formatNumber(users)],
        ["twice", twice > 0 ? formatNumber(twice) : undefined],
        ["sha256", sha256],
      ]);
    });
  } finally {
    progress.stop();
  }
}

/** How long the last part may take: a hundred million users are sorted and written. */
const DONE_MS = 120_000;

async function sendParts(
  server: Client,
  to: { campaign: string; list: string },
  parts: AsyncIterable<UserPart>,
  onPart: (bytes: number) => void,
): Promise<ListAnswer> {
  const session = randomUUID();
  let part = 0;
  for await (const { users, bytes } of parts) {
    for (let from = 0; from < users.length; from += LIMITS.listPartUsers) {
      const some = users.slice(from, from + LIMITS.listPartUsers);
      const answer = await server.list.import({ ...to, import: session, part, users: some });
      if (answer.status !== "ok") return answer;
      part += 1;
    }
    onPart(bytes);
  }
  const last = { ...to, import: session, part, users: [], done: true };
  return await server.list.import(last, { totalMs: DONE_MS });
}
