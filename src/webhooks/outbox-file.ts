// An endpoint's folder: how far the journal was read and what of it is still to be sent, in one
// file that is replaced whole; the definitions by which events are read; a file a dead letter; a
// file a wish to send dead letters again. The messages themselves stay in the journal.
import { randomUUID } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { HongbaoError } from "../base/error.ts";
import { LIMITS } from "../base/limits.ts";
import { contractError, foundIn, parse } from "../contract/index.ts";
import type { Definitions } from "../core/event-view.ts";
import { dataPaths, readIfThere, writeWhole } from "../host/data-directory.ts";
import { makeDirectory } from "../journal/files/make-directory.ts";
import type { Message } from "./message.ts";

const FORMAT = 1;

export interface OutboxState {
  format: typeof FORMAT;
  ledger: string;
  /** Every event up to this record was taken; its chain in hex, null before the first. */
  read: { sequence: number; chain: string | null };
  delivered: number;
  pending: {
    sequence: number;
    index: number;
    attempts: number;
    nextAtMs: number;
    last: string | null;
  }[];
}

export interface OutboxFigures {
  pending: number;
  failing: number;
  lastFailure: string | null;
  delivered: number;
  readSequence: number;
}

/** A message that was given up after its last attempt. */
export interface DeadLetter extends Message {
  attempts: number;
  deadAtMs: number;
  last: string | null;
}

const count = z.int().min(0);
const stateSchema = stateOf(
  z.array(
    z.strictObject({
      sequence: count,
      index: count,
      attempts: count,
      nextAtMs: count,
      last: z.union([z.string(), z.null()]),
    }),
  ),
);
const figuresSchema = stateOf(z.custom<OutboxState["pending"]>(canBeCounted, "expected messages"));

/** All that figures are made of, looked at without a schema's cost for each of thousands. */
function canBeCounted(pending: unknown): boolean {
  if (!Array.isArray(pending)) return false;
  return pending.every((one) => {
    return Number.isInteger(one?.attempts) && (one.last === null || typeof one.last === "string");
  });
}

function stateOf(pending: z.ZodType<OutboxState["pending"]>): z.ZodType<OutboxState> {
  return z.strictObject({
    format: z.literal(FORMAT),
    ledger: z.string(),
    read: z.strictObject({
      sequence: count,
      chain: z.union([z.string().regex(/^[0-9a-f]{64}$/), z.null()]),
    }),
    delivered: count,
    pending,
  });
}

const deadSchema: z.ZodType<DeadLetter> = z.strictObject({
  id: z.string(),
  sequence: count,
  index: count,
  type: z.string(),
  campaign: z.string(),
  atMs: count,
  lane: z.string(),
  body: z.string(),
  attempts: count,
  deadAtMs: count,
  last: z.union([z.string(), z.null()]),
});

const wishSchema: z.ZodType<{ keys: string[] }> = z.strictObject({
  keys: z.array(z.string().regex(/^\d+\.\d+$/)),
});

/** What somebody wants of dead letters; a folder each. */
export type Wish = "replay" | "drop";

export class OutboxFolder {
  private readonly folder: string;

  constructor(directory: string, endpoint: string) {
    this.folder = path.join(dataPaths(directory).webhooks, endpoint);
  }

  async make(): Promise<void> {
    for (const name of ["dead", "replay", "drop"]) {
      await makeDirectory(path.join(this.folder, name), 0o700);
    }
  }

  /** Takes away what a killed sender was writing. Only for the sender itself. */
  async clean(): Promise<void> {
    for (const folder of ["", "dead"]) {
      const place = path.join(this.folder, folder);
      for (const name of await readdir(place)) {
        if (name.endsWith(".new")) await rm(path.join(place, name), { force: true });
      }
    }
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  readState(): Promise<OutboxState | null> {
    return this.read("outbox.json", stateSchema);
  }

  /** The same in figures, for one that only looks, many times. */
  async readFigures(): Promise<OutboxFigures | null> {
    const state = await this.read("outbox.json", figuresSchema);
    if (state === null) return null;
    const { pending, delivered, read } = state;
    const failing = pending.filter(({ attempts }) => attempts > 0);
    const lastFailure = failing.find(({ last }) => last !== null)?.last ?? null;
    const { sequence: readSequence } = read;
    return {
      pending: pending.length,
      failing: failing.length,
      lastFailure,
      delivered,
      readSequence,
    };
  }

  writeState(state: OutboxState): Promise<void> {
    return this.write("outbox.json", state);
  }

  /** Our own events' words, as the journal gave them. */
  async readDefinitions(): Promise<Definitions | null> {
    return await this.read(
      "campaigns.json",
      z.array(z.unknown()) as z.ZodType<unknown> as z.ZodType<Definitions>,
    );
  }

  writeDefinitions(definitions: Definitions): Promise<void> {
    return this.write("campaigns.json", definitions);
  }

  /** Places of the dead letters in the journal, in its order. */
  async deadKeys(): Promise<string[]> {
    const keys = await this.namesIn("dead");
    const placed = keys.map((key) => ({ key, place: key.split(".").map(Number) }));
    return placed.sort(inJournalOrder).map(({ key }) => key);
  }

  async deadCount(): Promise<number> {
    return (await this.namesIn("dead")).length;
  }

  readDead(key: string): Promise<DeadLetter | null> {
    return this.read(`dead/${key}.json`, deadSchema);
  }

  writeDead(key: string, letter: DeadLetter): Promise<void> {
    return this.write(`dead/${key}.json`, letter);
  }

  removeDead(key: string): Promise<void> {
    return rm(path.join(this.folder, "dead", `${key}.json`), { force: true });
  }

  /**
   * Leaves word that these dead letters be sent again, or thrown away; the sender looks each
   * second. Throws `webhooks_waiting` where nobody has looked for long.
   */
  async wish(verb: Wish, keys: readonly string[]): Promise<void> {
    await this.make();
    const waiting = (await this.namesIn(verb)).length;
    if (waiting >= LIMITS.webhookWishes) {
      const message = `${waiting} such requests wait for the sender already: is it running?`;
      throw contractError("webhooks_waiting", message);
    }
    await this.write(`${verb}/${Date.now()}-${randomUUID()}.json`, { keys });
  }

  async wishes(verb: Wish): Promise<string[]> {
    return (await this.namesIn(verb)).sort();
  }

  async readWish(verb: Wish, name: string): Promise<string[]> {
    return (await this.read(`${verb}/${name}.json`, wishSchema))?.keys ?? [];
  }

  removeWish(verb: Wish, name: string): Promise<void> {
    return rm(path.join(this.folder, verb, `${name}.json`), { force: true });
  }

  private async namesIn(folder: string): Promise<string[]> {
    const names = await readdir(path.join(this.folder, folder)).catch(() => [] as string[]);
    return names.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -5));
  }

  private write(name: string, content: unknown): Promise<void> {
    return writeWhole(path.join(this.folder, name), `${JSON.stringify(content)}\n`);
  }

  private async read<T>(name: string, schema: z.ZodType<T>): Promise<T | null> {
    const file = path.join(this.folder, name);
    const content = await readIfThere(file);
    if (content === null) return null;
    try {
      return parse(JSON.parse(new TextDecoder().decode(content)), schema);
    } catch (cause) {
      if (!(cause instanceof SyntaxError) && !(cause instanceof HongbaoError)) throw cause;
      const expected = "what the sender of webhooks wrote";
      const message = `${file}: expected ${expected}, found ${foundIn(cause)}`;
      throw new HongbaoError({ code: "invalid_file", message, cause });
    }
  }
}

function inJournalOrder(a: { place: number[] }, b: { place: number[] }): number {
  const [sequenceA = 0, indexA = 0] = a.place;
  const [sequenceB = 0, indexB = 0] = b.place;
  return sequenceA - sequenceB || indexA - indexB;
}
