// What the auditor says to users who are not let in yet.
import type { AuditorBooks } from "./auditor-books.ts";

/** What such a user hears beside `not_yet`; null: he is in. */
export function keptOut(books: AuditorBooks, user: string, atMs: number): object | null {
  const { grey } = books.definition;
  if (grey === undefined) return null;
  const { share, salt, untilMs } = grey;
  if (untilMs !== undefined && atMs >= untilMs) return null;
  // The auditor's arms: below the share is arm 0.
  const isIn = books.names.arm(salt, share, [1], user) === 0;
  return isIn ? null : untilMs === undefined ? {} : { retryAtMs: untilMs };
}
