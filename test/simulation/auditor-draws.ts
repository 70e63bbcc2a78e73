// The auditor's draws: entries in a plain list, shuffled as far as needed by a rule written down a
// second time, on Node's primitives.

import { createCipheriv, createHash } from "node:crypto";
import type { DrawDefinition } from "../../src/core/definition.ts";
import type { Ask, Expected } from "./asks.ts";
import { isBlockedNow } from "./auditor-blocks.ts";
import type { AuditorBooks } from "./auditor-books.ts";
import { type Decided, meet, plain } from "./auditor-claims.ts";
import { expose } from "./auditor-exposures.ts";
import { keptOut } from "./auditor-modes.ts";
import { derive } from "./auditor-names.ts";

export class AuditedDraw {
  /** Users in the order of entering; after the close the permutation, as far as it is drawn. */
  readonly entries: { user: string; number: number }[] = [];
  readonly wins: Map<string, number> = new Map();
  readonly grants: number[] = [];
  isClosed = false;
  /** The public round that its winners wait for, and its value once that is in. */
  round: number | null = null;
  randomness: string | null = null;
  places = 0;
  voids = 0;
}

type Enter = Extract<Ask, { op: "enter" }>;

export function auditEnter(books: AuditorBooks, ask: Enter, atMs: number): Decided {
  const { entry: input } = ask;
  const ordinal = (books.definition.draws ?? []).findIndex(({ id }) => id === ask.draw);
  const content = JSON.stringify([ordinal, input.user, input.variant ?? null]);
  const bound = books.ids.get(input.id);
  const answer = (status: string, more: object = {}): Expected => {
    return { ...plain(status, atMs), draw: ask.draw, ...more };
  };
  if (bound !== undefined) {
    const isSame = bound.op === "enter" && bound.content === content;
    if (!isSame) return { answer: answer("id_conflict"), state: `id of ${bound.op}` };
    return { answer: { ...bound.answer, replayed: true, atMs }, state: "id of enter" };
  }
  const known = books.users.get(input.user);
  const state = known === undefined ? "new user" : known.arm === 0 ? "held-out user" : "user";
  const decided = (status: string, more: object = {}): Decided => {
    return { answer: answer(status, more), state };
  };
  if (input.notAfterMs !== undefined && atMs > input.notAfterMs) return decided("stale");
  if (ordinal < 0) return decided("unknown_draw");
  const draw = books.lots[ordinal]!;
  const definition = books.definition.draws![ordinal]!;
  const refused = refusalOf(books, draw, definition, atMs);
  if (refused !== null) return decided(refused.status, refused.more);
  const early = keptOut(books, input.user, atMs);
  if (early !== null) return decided("not_yet", early);
  if (isBlockedNow(books, input.user, {}, atMs)) return decided("blocked");
  const isAsked = definition.by === undefined;
  if (!isAsked || !isFor(books, definition, input.user)) return decided("not_eligible");
  const user = meet(books, input.user, input.variant, "claim", atMs);
  if (user === null) return decided("assignment_missing");
  expose(books, input.user, user, { exposedBy: "draw", draw: ask.draw }, atMs);
  const id = books.names.id(input.id);
  const event = { draw: ask.draw, earned: false, id, user: books.names.user(input.user) };
  const bind = (given: Expected): Decided => {
    books.ids.set(input.id, { op: "enter", content, answer: given, target: -1 });
    return { answer: given, state };
  };
  if (user.arm === 0) {
    books.write("draw_entered", atMs, { ...event, entry: null });
    return bind(answer(books.definition.assignment.masked ? "no_offer" : "held_out"));
  }
  if (entriesOf(draw, input.user) >= definition.entriesPerUser) return decided("entries_used");
  const number = draw.entries.length;
  books.write("draw_entered", atMs, { ...event, entry: number });
  draw.entries.push({ user: input.user, number });
  return bind(answer("entered", { entry: number + 1 }));
}

function isFor(books: AuditorBooks, { audience }: DrawDefinition, name: string): boolean {
  if (audience === null) return true;
  return books.users.get(name)?.audience === books.definition.audiences[audience]!.id;
}

function entriesOf({ entries }: AuditedDraw, name: string): number {
  return entries.filter(({ user }) => user === name).length;
}

const dayOf = (books: AuditorBooks, name: string, atMs: number): string =>
  `${books.windowOf("day", atMs)} ${name}`;

/** One more user brought: the entries which that earns. */
export function auditEarned(books: AuditorBooks, name: string, atMs: number): void {
  const { broughtOn } = books.invites;
  const day = dayOf(books, name, atMs);
  const brought = (broughtOn.get(day) ?? 0) + 1;
  broughtOn.set(day, brought);
  for (const [ordinal, draw] of books.lots.entries()) {
    const definition = books.definition.draws![ordinal]!;
    if (definition.earn?.invites !== brought || !isFor(books, definition, name)) continue;
    if (refusalOf(books, draw, definition, atMs) !== null) continue;
    if (entriesOf(draw, name) >= definition.entriesPerUser) continue;
    const number = draw.entries.length;
    books.write("draw_entered", atMs, {
      ...{ draw: definition.id, earned: true, id: "0".repeat(32) },
      ...{ user: books.names.user(name), entry: number },
    });
    draw.entries.push({ user: name, number });
  }
}

/** How far a user is toward the entries that invites earn. */
export function viewEarning(books: AuditorBooks, name: string, atMs: number): object {
  const earning = (books.definition.draws ?? []).flatMap(({ id: draw, earn }, ordinal) => {
    if (earn === undefined) return [];
    const brought = books.invites.broughtOn.get(dayOf(books, name, atMs)) ?? 0;
    const entries = entriesOf(books.lots[ordinal]!, name);
    return [{ draw, brought, needed: earn.invites, entries }];
  });
  return earning.length === 0 ? {} : { earning };
}

function refusalOf(
  books: AuditorBooks,
  draw: AuditedDraw,
  { opensAtMs, closesAtMs }: DrawDefinition,
  atMs: number,
): { status: string; more?: object } | null {
  const { phase, definition } = books;
  if (draw.isClosed || atMs >= closesAtMs) return { status: "draw_closed" };
  if (phase === "ended" || phase === "closed" || atMs >= definition.endsAtMs) {
    return { status: "ended" };
  }
  const retryAtMs = Math.max(opensAtMs, definition.startsAtMs);
  if (atMs < retryAtMs) return { status: "not_open", more: { retryAtMs } };
  return phase === "paused" ? { status: "paused" } : null;
}

/** Whether a sweep would close a draw or draw a place. */
export function drawsAreDue(books: AuditorBooks, atMs: number): boolean {
  return books.lots.some((draw, i) => {
    if (!draw.isClosed) return atMs >= books.definition.draws![i]!.closesAtMs;
    return atMs < books.definition.closesAtMs && isDrawable(books, draw, i);
  });
}

/** Whether somebody may still win, so that the campaign stays open. */
export function drawsAreUnfinished(books: AuditorBooks, atMs: number): boolean {
  if (atMs >= books.definition.closesAtMs) return false;
  return books.lots.some((draw, i) => !draw.isClosed || isWinnable(books, draw, i));
}

function isDrawable(books: AuditorBooks, draw: AuditedDraw, ordinal: number): boolean {
  return isWinnable(books, draw, ordinal) && (draw.round === null || draw.randomness !== null);
}

function isWinnable(books: AuditorBooks, draw: AuditedDraw, ordinal: number): boolean {
  return draw.places < draw.entries.length && nextPrize(books, ordinal) >= 0;
}

function nextPrize(books: AuditorBooks, ordinal: number): number {
  const { offers } = books.definition;
  return offers.findIndex((offer, i) => {
    return offer.draw === ordinal && books.pots[i]!.next() !== undefined;
  });
}

export function sweepDraws(books: AuditorBooks, atMs: number): void {
  for (const [ordinal, draw] of books.lots.entries()) {
    const { id, closesAtMs } = books.definition.draws![ordinal]!;
    if (!draw.isClosed && atMs >= closesAtMs) {
      const entries = draw.entries.length;
      draw.round = entries === 0 ? null : roundAfter(books, atMs);
      books.write("draw_closed", atMs, { draw: id, entries, round: draw.round });
      draw.isClosed = true;
    }
    if (!draw.isClosed || atMs >= books.definition.closesAtMs) continue;
    while (isDrawable(books, draw, ordinal)) drawPlace(books, draw, ordinal, atMs);
  }
}

const TEN_MINUTES = 600_000;

/** The first round that comes ten minutes later or more; null where no beacon takes part. */
function roundAfter({ definition: { beacon } }: AuditorBooks, atMs: number): number | null {
  if (beacon === undefined) return null;
  const { genesisAtMs, periodMs } = beacon.chain;
  let round = 1 + Math.max(0, Math.floor((atMs + TEN_MINUTES - genesisAtMs) / periodMs));
  if (genesisAtMs + (round - 1) * periodMs < atMs + TEN_MINUTES) round += 1;
  return round;
}

function drawPlace(books: AuditorBooks, draw: AuditedDraw, ordinal: number, atMs: number): void {
  const { id, winsPerUser } = books.definition.draws![ordinal]!;
  const { entries, places: place } = draw;
  const point = place + pointOf(books, ordinal, place, entries.length - place);
  const drawn = entries[point]!;
  [entries[place], entries[point]] = [drawn, entries[place]!];
  draw.places += 1;
  const fields = { draw: id, place, point, entry: drawn.number };
  if (isBlockedNow(books, drawn.user, {}, atMs)) {
    draw.voids += 1;
    books.write("draw_void", atMs, { ...fields, because: "blocked" });
    return;
  }
  const wins = draw.wins.get(drawn.user) ?? 0;
  if (wins >= winsPerUser) {
    draw.voids += 1;
    books.write("draw_void", atMs, { ...fields, because: "won before" });
    return;
  }
  draw.wins.set(drawn.user, wins + 1);
  const grant = books.grants.length;
  books.write("draw_won", atMs, { ...fields, grant });
  draw.grants.push(grant);
  grantPrize(books, ordinal, place, drawn.user, atMs);
}

function grantPrize(
  books: AuditorBooks,
  ordinal: number,
  place: number,
  name: string,
  atMs: number,
): void {
  const { offers, closesAtMs } = books.definition;
  const offer = nextPrize(books, ordinal);
  const { id, expiry } = offers[offer]!;
  const grant = books.grants.length;
  const { amountMinor } = books.pots[offer]!.next()!;
  const { arm } = books.users.get(name)!;
  const stock = books.definition.caps.findIndex((cap) => cap.id === `pot:${id}`);
  const charges = [{ cap: stock, row: 0, window: 0 }];
  const numbers = Buffer.alloc(8);
  numbers.writeUInt32LE(ordinal);
  numbers.writeUInt32LE(place, 4);
  const key = createHash("sha256").update("hongbao/win/1").update(numbers).digest();
  books.write("granted", atMs, {
    ...{ grant, id: key.toString("hex", 0, 16), user: books.names.user(name), offer: id },
    ...{ wave: null, arm: books.armName(arm), amountMinor, ref: null, exposes: false },
    ...{ attributes: {}, cells: books.shown(charges), draw: 0 },
    packet: books.pots[offer]!.take(grant),
  });
  books.charge(charges, amountMinor);
  books.reservedMinor += amountMinor;
  books.classes[offer]!.push(grant);
  const own = expiry.kind === "at" ? expiry.atMs : atMs + expiry.afterMs;
  books.grants.push({
    ...{ user: name, offer, arm, amountMinor, spentMinor: 0, returnedMinor: 0, state: "live" },
    ...{ untilMs: 0, extendedMs: 0, owedMinor: 0 },
    ...{ atMs, dueAtMs: own, expiresAtMs: Math.min(own, closesAtMs), charges },
  });
}

function pointOf(books: AuditorBooks, ordinal: number, place: number, span: number): number {
  const salt = Buffer.from(books.lots[ordinal]!.randomness ?? "", "hex");
  const key = derive(Buffer.from(books.names.seed, "hex"), "hongbao/draw/1", 32, salt);
  const name = Buffer.alloc(4);
  name.writeUInt32LE(ordinal);
  const digest = createHash("sha256").update("hongbao/draw/1").update(name).digest();
  const fair = 2 ** 53 - (2 ** 53 % span);
  for (let tries = 0; ; tries++) {
    const iv = Buffer.alloc(16);
    iv.writeUInt32LE(place);
    digest.copy(iv, 4, 0, 12);
    iv.writeUInt32LE((iv.readUInt32LE(12) + tries) >>> 0, 12);
    const block = createCipheriv("chacha20", key, iv).update(Buffer.alloc(64));
    for (let at = 0; at < 64; at += 8) {
      const number = (block.readUInt32LE(at) % 2 ** 21) * 2 ** 32 + block.readUInt32LE(at + 4);
      if (number < fair) return number % span;
    }
  }
}

/** A draw as everybody may see it. */
export function viewOfDraw(
  books: AuditorBooks,
  ordinal: number,
  viewOf: (grant: number) => Record<string, unknown>,
): Record<string, unknown> {
  const { id: draw, title, opensAtMs, closesAtMs } = books.definition.draws![ordinal]!;
  const { entries, grants, voids, isClosed: closed, round, randomness } = books.lots[ordinal]!;
  const wins = grants.map(viewOf).map(({ grant, offer: prize, state }) => {
    return { grant, prize, state };
  });
  return {
    ...(round === null ? {} : { round }),
    ...(round === null || randomness !== null ? {} : { awaitsRound: round }),
    ...{ draw, title, opensAtMs, closesAtMs, closed, entries: entries.length },
    ...{ winners: grants.length, voids, more: false },
    ...{ grants: wins.map(({ grant }) => grant), wins },
    prizes: books.definition.offers.flatMap(({ id: prize, title, reward, ...offer }, i) => {
      if (offer.draw !== ordinal || reward.kind !== "pot") return [];
      const { minMinor: amountMinor, packets: stock } = reward;
      return [{ prize, title, amountMinor, stock, left: books.pots[i]!.count }];
    }),
  };
}
