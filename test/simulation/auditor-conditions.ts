// What the auditor knows of conditions: each that drills use, judged in plain words of its own, and
// the lists that are in force.
import { createHash } from "node:crypto";
import type { Facts } from "../../src/contract/schema/facts.ts";
import type { Ask } from "./asks.ts";
import type { AuditorBooks } from "./auditor-books.ts";
import { type Decided, plain } from "./auditor-claims.ts";

interface Situation {
  facts: Facts;
  hour: number;
  /** Null: no list yet. */
  isListed: boolean | null;
}

/** Undefined: no answer; the fact of that name is missing, or what else is said. */
type Answer = boolean | { missing: string } | { error: string };

const NOT_YET = { error: ": the list known is not imported yet" };

/** By text: how a condition is to be answered. */
export const CONDITIONS: Readonly<Record<string, (of: Situation) => Answer>> = {
  "age >= 18": ({ facts: { age } }) => (age === undefined ? { missing: "age" } : Number(age) >= 18),
  "vip || age >= 21": ({ facts: { vip, age } }) => {
    if (vip === true || (age !== undefined && Number(age) >= 21)) return true;
    if (age === undefined) return { missing: "age" };
    return vip === undefined ? { missing: "vip" } : false;
  },
  '!(city == "x")': ({ facts: { city } }) =>
    city === undefined ? { missing: "city" } : city !== "x",
  '"a" in tags': ({ facts: { tags } }) =>
    tags === undefined ? { missing: "tags" } : (tags as string[]).includes("a"),
  "36 / age > 1": ({ facts: { age } }) => {
    if (age === undefined) return { missing: "age" };
    return age === 0 ? { error: " has no answer: division by zero" } : 36 / Number(age) >= 2;
  },
  'inList("known")': ({ isListed }) => isListed ?? NOT_YET,
  '!inList("known")': ({ isListed }) => (isListed === null ? NOT_YET : !isListed),
  "hour % 2 == 0": ({ hour }) => hour % 2 === 0,
};

const FACTS: Readonly<Record<string, (value: unknown) => boolean>> = {
  age: Number.isSafeInteger,
  vip: (value) => typeof value === "boolean",
  city: (value) => typeof value === "string",
  tags: Array.isArray,
};

/** Whether a claim says what the campaign does not declare, or of another type. */
export function factsAreWrong({ definition }: AuditorBooks, facts: Facts | undefined): boolean {
  const declared = definition.facts?.map(({ name }) => name) ?? [];
  return Object.entries(facts ?? {}).some(
    ([name, value]) => !declared.includes(name) || !FACTS[name]!(value),
  );
}

/** Why the user may not claim an offer by its condition; null when he may. */
export function reasonAgainst(
  books: AuditorBooks,
  offer: number,
  user: string,
  facts: Facts | undefined,
  atMs: number,
): string | null {
  const { eligible } = books.definition.offers[offer]!;
  if (eligible === undefined) return null;
  const members = books.lists.get("known");
  const situation: Situation = {
    facts: facts ?? {},
    hour: Math.floor(books.sinceMidnight(atMs) / 3_600_000),
    isListed: members === undefined ? null : members.has(user),
  };
  for (const written of eligible.split(" && ")) {
    const part = written.replace(/^\((.*\|\|.*)\)$/, "$1");
    const answer = CONDITIONS[part]!(situation);
    if (answer === true) continue;
    if (answer === false) return `${written} does not hold`;
    if ("error" in answer) return written + answer.error;
    return `${written}: the fact ${answer.missing} did not come`;
  }
  return null;
}

/** A list put in force: its hash is that of its file, as docs/reference/journal.md describes it. */
export function auditList(
  books: AuditorBooks,
  ask: Extract<Ask, { op: "list" }>,
  atMs: number,
): Decided {
  const { list } = ask;
  const answer = (status: string, more: object = {}): Decided => {
    return { answer: { ...plain(status, atMs), list, ...more }, state: books.phase };
  };
  if (!books.definition.lists?.some(({ id }) => id === list)) return answer("unknown_list");
  if (books.phase === "closed") return answer("campaign_closed");
  const prefixes = [...new Set(ask.users)].map((user) => {
    return Buffer.from(books.names.user(user), "hex").subarray(0, 8);
  });
  prefixes.sort((a, b) => Number(a.readBigUInt64LE() > b.readBigUInt64LE()) * 2 - 1);
  const hash = createHash("sha256").update("hblist01").update(Buffer.concat(prefixes));
  const put = { users: prefixes.length, sha256: hash.digest("hex") };
  const replayed = books.listHash === put.sha256;
  if (!replayed) books.write("listed", atMs, { list, ...put });
  books.listHash = put.sha256;
  books.lists.set(list, new Set(ask.users));
  return answer("listed", { replayed, ...put });
}
