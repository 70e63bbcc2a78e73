// The users of one arm, each with the bucket that he falls into when the arm is split at random.
import { quoteName, quoteText } from "../columns.ts";
import { hashBucket } from "./dialect.ts";

export interface SplitUsersQuestion {
  /** A row a user (or several), with the columns `arm` and `user`. */
  readonly units: string;
  readonly target: string;
  /** SQL that picks rows, and the arm's id. */
  readonly where: string;
  readonly arm: string;
  /** Table of `user` and `cluster`: what users belong to; null: to nothing but themselves. */
  readonly clusters: string | null;
  readonly buckets: number;
}

/** Columns: those of `units`, whose (what is never split), bucket. */
export function splitUsers(question: SplitUsersQuestion): string {
  const { units, target, where, arm, clusters, buckets } = question;
  const user = 'u."user"::VARCHAR';
  const whose = clusters === null ? user : `coalesce(nullif(trim(c.cluster), ''), ${user})`;
  const join =
    clusters === null ? "" : `\nLEFT JOIN ${quoteName(clusters)} c ON c."user" = u."user"`;
  const own = `(SELECT * FROM ${quoteName(units)} WHERE ${where} AND arm = ${quoteText(arm)}) u`;
  return `CREATE OR REPLACE TABLE ${quoteName(target)} AS
SELECT *, ${hashBucket("whose", buckets)} AS bucket
FROM (SELECT u.*, ${whose} AS whose FROM ${own}${join})`;
}
