// One endpoint: reads the journal on, puts what it is to get into the outbox, and keeps on the disk
// how far it came. The journal is read only while there is room, so an endpoint that takes nothing
// costs no more memory than one that does.
import { setImmediate, setTimeout } from "node:timers/promises";
import type { Dispatcher } from "undici";
import { fromHex, toHex } from "../base/bytes.ts";
import { LIMITS } from "../base/limits.ts";
import { contractError } from "../contract/errors.ts";
import type { Definitions } from "../core/event-view.ts";
import { eventsOf, type StreamedEvent } from "../host/event-stream.ts";
import { JournalFollower, type JournalRecord } from "../journal/index.ts";
import { Courier } from "./courier.ts";
import { isDiskShort } from "./disk-short.ts";
import type { Endpoint } from "./endpoints.ts";
import { learnDefinitions } from "./learn-definitions.ts";
import { type Message, messageOf } from "./message.ts";
import { keyOf, Outbox, type Pending } from "./outbox.ts";
import { OutboxFolder, type OutboxState } from "./outbox-file.ts";
import { openDispatcher } from "./post.ts";
import { replayWishes } from "./replay-wishes.ts";

export interface SenderOptions {
  /** The data directory, and the journal's in it. */
  directory: string;
  journal: string;
  endpoint: Endpoint;
  userAgent: string;
  timeoutMs?: number;
  onNotice: (text: string) => void;
  /** The receiver answered 410. */
  onGone: () => Promise<void>;
}

/** For metrics and people. */
export interface SenderCounts {
  pending: number;
  /** When the oldest of them was decided. */
  oldestAtMs: number | null;
  dead: number;
  delivered: number;
  attempts: Readonly<Record<string, number>>;
  /** Durable records that were not read yet. */
  behindRecords: number;
}

const SAVE_EVERY_MS = 100;
const LOOK_EVERY_MS = 100;
/** On a full disk, and for wishes to send dead letters again. */
const NOW_AND_THEN_MS = 1000;

type Kept = OutboxState["pending"][number];

export class Sender {
  private readonly options: SenderOptions;
  private endpoint: Endpoint;
  private readonly folder: OutboxFolder;
  private readonly outbox = new Outbox();
  private readonly dispatcher: Dispatcher;
  private readonly courier: Courier;
  private readonly ended = new AbortController();
  private follower!: JournalFollower;
  private definitions: Definitions = [];
  private read: OutboxState["read"] = { sequence: 0, chain: null };
  /** Of an earlier run, until the journal was read again up to `read`. */
  private readonly kept = new Map<string, Kept>();
  private dead = new Set<string>();
  private deliveredBefore = 0;
  private isDirty = true;
  private hasNewDefinitions = false;
  private lacksRoom = false;
  private lookedForWishesAtMs = 0;

  constructor(options: SenderOptions) {
    this.options = options;
    this.endpoint = options.endpoint;
    this.folder = new OutboxFolder(options.directory, options.endpoint.endpoint);
    this.dispatcher = openDispatcher(options.endpoint);
    this.courier = new Courier({
      outbox: this.outbox,
      endpoint: () => this.endpoint,
      dispatcher: this.dispatcher,
      userAgent: options.userAgent,
      ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
      onChange: () => {
        this.isDirty = true;
      },
      onDead: (pending) => this.bury(pending),
      onGone: options.onGone,
      onDefect: (error) => this.ended.abort(error),
    });
  }

  get counts(): SenderCounts {
    const { attempts } = this.courier;
    return {
      pending: this.outbox.size + this.kept.size,
      oldestAtMs: this.outbox.oldestAtMs,
      dead: this.dead.size,
      delivered: this.deliveredBefore + attempts.delivered,
      attempts,
      behindRecords: Math.max(0, (this.follower?.durableSequence ?? 0) - this.read.sequence),
    };
  }

  /** Takes over what the verbs changed. */
  update(endpoint: Endpoint): void {
    this.endpoint = endpoint;
    this.goOn();
  }

  /** Sends until the signal; rejects when journal or outbox cannot be used. */
  async run(stop: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([stop, this.ended.signal]);
    await this.begin();
    const quit = (error: unknown): void => this.ended.abort(error);
    try {
      this.goOn();
      await Promise.all([this.readOn(signal).catch(quit), this.saveOn(signal).catch(quit)]);
    } finally {
      await this.courier.stop();
      await this.dispatcher.destroy();
      await this.follower.close();
    }
    if (this.ended.signal.aborted) throw this.ended.signal.reason;
    await this.save();
  }

  private async begin(): Promise<void> {
    await this.folder.make();
    await this.folder.clean();
    this.dead = new Set(await this.folder.deadKeys());
    const state = await this.folder.readState();
    this.read = state?.read ?? { sequence: this.endpoint.afterSequence, chain: null };
    this.deliveredBefore = state?.delivered ?? 0;
    for (const one of state?.pending ?? []) {
      // It died, and the end came before the outbox could say so.
      if (!this.dead.has(keyOf(one))) this.kept.set(keyOf(one), one);
    }
    const oldest = Math.min(...[...this.kept.values()].map(({ sequence }) => sequence));
    const { sequence, chain } = this.read;
    const after = oldest <= sequence ? { sequence: oldest - 1, chain: null } : this.readMark();
    this.follower = await JournalFollower.open(this.options.journal, after);
    if (state !== null && state.ledger !== this.follower.ledgerId) {
      const { ledgerId } = this.follower;
      await this.follower.close();
      const message = `${this.options.journal}: expected ledger ${state.ledger}, found ${ledgerId}`;
      throw contractError("wrong_ledger", message);
    }
    const known = chain === null && sequence > 0 ? null : await this.folder.readDefinitions();
    this.definitions = known ?? (await learnDefinitions(this.options.journal, sequence));
    this.hasNewDefinitions = known === null;
  }

  private readMark(): { sequence: number; chain: Uint8Array | null } {
    const { sequence, chain } = this.read;
    return { sequence, chain: chain === null ? null : fromHex(chain) };
  }

  private async readOn(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const mayRead = this.mayRead();
      if (!mayRead) await this.follower.refresh();
      const record = mayRead ? await this.follower.next() : null;
      if (record === null) await pause(LOOK_EVERY_MS, signal);
      else {
        this.take(record);
        await setImmediate(); // so that answers and timers get their turn while it catches up
      }
    }
  }

  private mayRead(): boolean {
    if (this.endpoint.disabled !== null || this.lacksRoom) return false;
    return this.kept.size > 0 || !this.outbox.isFull;
  }

  private take(record: JournalRecord): void {
    const isAgain = record.sequence <= this.read.sequence;
    for (const event of eventsOf(record, this.definitions)) {
      const { type } = event;
      if (!isAgain && (type === "opened" || type === "revised")) this.hasNewDefinitions = true;
      const before = isAgain ? this.takeKept(event) : null;
      if (isAgain ? before === null : !this.wants(event)) continue;
      const message = messageOf(this.follower.ledgerId, event);
      const { attempts = 0, nextAtMs = 0, last = null } = before ?? {};
      this.put({ message, attempts, nextAtMs, last });
    }
    if (isAgain) return this.requireSame(record);
    this.read = { sequence: record.sequence, chain: toHex(record.chain) };
    this.isDirty = true;
  }

  private takeKept(event: StreamedEvent): Kept | null {
    const key = keyOf(event);
    const kept = this.kept.get(key) ?? null;
    this.kept.delete(key);
    return kept;
  }

  private wants({ campaign, type }: StreamedEvent): boolean {
    const { campaigns, types } = this.endpoint;
    return (campaigns?.includes(campaign) ?? true) && (types?.includes(type) ?? true);
  }

  /** The record that was read last must still be the one that is there. */
  private requireSame(record: JournalRecord): void {
    const { sequence, chain } = this.read;
    if (record.sequence < sequence) return;
    if ((chain === null || chain === toHex(record.chain)) && this.kept.size === 0) return;
    const message =
      `${this.options.journal}: record ${sequence} is another one than was read before; ` +
      "name the journal that this outbox was filled from";
    throw contractError("wrong_ledger", message);
  }

  private async saveOn(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (this.isDirty || this.lacksRoom) await this.save();
        await this.replayWishes();
        this.setRoom(true);
      } catch (error) {
        if (!isDiskShort(error)) throw error;
        this.isDirty = true;
        this.setRoom(false);
      }
      await pause(this.lacksRoom ? NOW_AND_THEN_MS : SAVE_EVERY_MS, signal);
    }
  }

  /** Without room nothing more is sent: it could not be remembered. */
  private setRoom(hasRoom: boolean): void {
    if (this.lacksRoom !== hasRoom) return;
    this.lacksRoom = !hasRoom;
    const place = `${this.options.directory}: ${this.endpoint.endpoint}`;
    if (hasRoom) this.options.onNotice(`${place}: there is room again; sending goes on`);
    else this.options.onNotice(`${place}: no room for the outbox; nothing is sent until there is`);
    this.goOn();
  }

  private goOn(): void {
    if (this.lacksRoom || this.endpoint.disabled !== null) this.courier.hold();
    else this.courier.release();
  }

  private async save(): Promise<void> {
    this.isDirty = false;
    const state = this.state();
    if (this.hasNewDefinitions) {
      this.hasNewDefinitions = false;
      await this.folder.writeDefinitions(this.definitions).catch((error: unknown) => {
        this.hasNewDefinitions = true;
        throw error;
      });
    }
    await this.folder.writeState(state);
  }

  private state(): OutboxState {
    const pending = [...this.outbox.all()].map(({ message, attempts, nextAtMs, last }) => {
      const { sequence, index } = message;
      return { sequence, index, attempts, nextAtMs, last };
    });
    const { delivered } = this.counts;
    const { ledgerId: ledger } = this.follower;
    pending.push(...this.kept.values());
    return { format: 1, ledger, read: this.read, delivered, pending };
  }

  /** Kept on the disk before it leaves the outbox: an end in between loses nothing. */
  private async bury({ message, attempts, last }: Pending): Promise<boolean> {
    if (this.dead.size >= LIMITS.webhooksDead) return false;
    const key = keyOf(message);
    await this.folder.writeDead(key, { ...message, attempts, last, deadAtMs: Date.now() });
    this.dead.add(key);
    return true;
  }

  private async replayWishes(): Promise<void> {
    if (performance.now() - this.lookedForWishesAtMs < NOW_AND_THEN_MS) return;
    this.lookedForWishesAtMs = performance.now();
    const { folder, outbox, dead } = this;
    const add = (message: Message, last: string | null): void => {
      this.put({ message, attempts: 0, nextAtMs: 0, last });
    };
    await replayWishes({ folder, outbox, dead, add, save: () => this.save() });
  }

  private put(pending: Pending): void {
    const first = this.outbox.add(pending);
    if (first !== null) this.courier.send(first);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return setTimeout(ms, undefined, { signal }).catch(() => {}); // the signal ends it early
}
