// What the auditor says to blocks: who is blocked until when, in a plain Map, and whom a claim that
// asked beyond a cap gets blocked.
import type { BlockAsk } from "./asks.ts";
import type { Attributes, AuditorBooks } from "./auditor-books.ts";
import { type Decided, plain } from "./auditor-claims.ts";

export class AuditedBlocks {
  /** By kind and name, such as `device x`: when the block ends. */
  readonly untilMs: Map<string, number> = new Map();
  readonly counts = { blocks: 0, blocksByCap: 0, unblocks: 0 };

  holds(by: string, value: string, atMs: number): boolean {
    return atMs < (this.untilMs.get(`${by} ${value}`) ?? 0);
  }
}

/** Whether the user is blocked, or anything that he comes with. */
export function isBlockedNow(
  { blocks }: AuditorBooks,
  user: string,
  given: Attributes,
  atMs: number,
): boolean {
  if (blocks.holds("user", user, atMs)) return true;
  return Object.entries(given).some(([name, value]) => blocks.holds(name, value, atMs));
}

/** A name that nobody can be blocked by, or an end that has passed. */
export function blockIsWrong(
  { definition }: AuditorBooks,
  { body }: BlockAsk,
  atMs: number,
): boolean {
  const isKnown = body.by === "user" || definition.attributes.includes(body.by);
  return !isKnown || (body.untilMs !== undefined && body.untilMs <= atMs);
}

export function auditBlock(books: AuditorBooks, ask: BlockAsk, atMs: number): Decided {
  const { step, body } = ask;
  const { blocks } = books;
  const decided = (status: string, changed: number): Decided => {
    const unchanged = status === "campaign_closed" ? 0 : body.values.length - changed;
    return { answer: { ...plain(status, atMs), changed, unchanged }, state: books.phase };
  };
  if (books.phase === "closed") return decided("campaign_closed", 0);
  const forMs = body.forMs === undefined ? Number.POSITIVE_INFINITY : atMs + body.forMs;
  const untilMs = body.untilMs ?? forMs;
  let changed = 0;
  for (const value of body.values) {
    const name = `${body.by} ${value}`;
    const isSame =
      step === "add" ? blocks.untilMs.get(name) === untilMs : !blocks.holds(body.by, value, atMs);
    if (isSame) continue;
    changed += 1;
    const note = { by: "a test", why: body.why, evidence: null };
    const about = { ...subject(books, body.by, value), ...note };
    if (step === "add") writeBlock(books, about, untilMs, null, atMs);
    else books.write("unblocked", atMs, about);
    blocks.untilMs.set(name, step === "add" ? untilMs : 0);
    if (step === "add") blocks.counts.blocks += 1;
    else blocks.counts.unblocks += 1;
  }
  return decided(step === "add" ? "block_placed" : "unblocked", changed);
}

function subject({ names }: AuditorBooks, by: string, value: string): object {
  return by === "user"
    ? { user: names.user(value) }
    : { attribute: by, value: names.value(by, value) };
}

function writeBlock(
  books: AuditorBooks,
  about: object,
  untilMs: number,
  cap: string | null,
  atMs: number,
): void {
  const end = untilMs === Number.POSITIVE_INFINITY ? null : untilMs;
  books.write("blocked", atMs, { ...about, untilMs: end, cap });
}

/** What a claim is charged by its caps, whether or not it fits. */
export interface Asked {
  user: string;
  ordinal: number;
  given: Attributes;
  caps: readonly number[];
  amountMinor: number;
}

/** By user first, then by attributes in the campaign's order of caps; the longest block counts. */
export function blockBeyond(books: AuditorBooks, asked: Asked, atMs: number): void {
  const { attributes, caps } = books.definition;
  const found = new Map<string, { cap: number; untilMs: number }>();
  for (const ordinal of asked.caps) {
    const { blockMs, dimension: by, counts, limit, per } = caps[ordinal]!;
    const value = by === "user" ? asked.user : asked.given[by];
    if (blockMs === undefined || value === undefined) continue;
    const row = by === "user" ? asked.ordinal : rowOf(books, by, value);
    const window = books.windowOf(per, atMs);
    const used = row < 0 ? 0 : books.used({ cap: ordinal, row, window });
    if (used + (counts === "money" ? asked.amountMinor : 1) <= limit) continue;
    const longest = found.get(by)?.untilMs ?? 0;
    if (atMs + blockMs > longest) found.set(by, { cap: ordinal, untilMs: atMs + blockMs });
  }
  for (const [by, { cap, untilMs }] of found) {
    const value = by === "user" ? asked.user : asked.given[by]!;
    if (by !== "user" && !attributes.includes(by)) continue;
    const nobody = { by: "", why: "", evidence: null };
    writeBlock(books, { ...subject(books, by, value), ...nobody }, untilMs, caps[cap]!.id, atMs);
    books.blocks.untilMs.set(`${by} ${value}`, untilMs);
    books.blocks.counts.blocksByCap += 1;
  }
}

function rowOf(books: AuditorBooks, attribute: string, value: string): number {
  return books.values.get(attribute)!.get(books.names.value(attribute, value)) ?? -1;
}
