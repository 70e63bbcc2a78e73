// The process that sends: one a data directory, all of its endpoints, each on its own. Endpoints
// that the verbs add, change or take away count within a second.
import { readdir } from "node:fs/promises";
import { HongbaoError } from "../base/error.ts";
import { contractError } from "../contract/errors.ts";
import { dataPaths } from "../host/data-directory.ts";
import { type Lock, takeLock } from "../journal/files/lock.ts";
import { makeDirectory } from "../journal/files/make-directory.ts";
import { openNodeDisk } from "../journal/files/node-disk.ts";
import { nodeProcessTable } from "../journal/files/process-table.ts";
import { type Endpoint, readEndpoints, setDisabled, watchEndpoints } from "./endpoints.ts";
import { OutboxFolder } from "./outbox-file.ts";
import { Sender, type SenderCounts } from "./sender.ts";

export interface WebhooksOptions {
  directory: string;
  /** The journal's directory in it. */
  journal: string;
  userAgent: string;
  /** Take the outbox from a sender that cannot be proved dead. */
  takeOver?: boolean;
  /** How long a receiver may take. */
  timeoutMs?: number;
  onNotice: (text: string) => void;
}

/** What runs for one endpoint. */
interface Running {
  sender: Sender;
  stop: AbortController;
  ended: Promise<void>;
}

export class Webhooks {
  private readonly options: WebhooksOptions;
  private readonly lock: Lock;
  private readonly running = new Map<string, Running>();
  private readonly failed = new AbortController();
  private unwatch: () => void = () => {};
  /** Changes of the endpoints are taken over one after the other. */
  private turn: Promise<void> = Promise.resolve();

  private constructor(options: WebhooksOptions, lock: Lock) {
    this.options = options;
    this.lock = lock;
  }

  /** Begins to send. Throws `journal_locked` where another process does. */
  static async start(options: WebhooksOptions): Promise<Webhooks> {
    const folder = dataPaths(options.directory).webhooks;
    await makeDirectory(folder, 0o700);
    const lock = await lockOutbox(folder, options.takeOver ?? false);
    const webhooks = new Webhooks(options, lock);
    try {
      await webhooks.forgetRemoved();
      await webhooks.takeOver();
    } catch (error) {
      await webhooks.stop();
      throw error;
    }
    webhooks.unwatch = watchEndpoints(options.directory, () => {
      webhooks.turn = webhooks.turn
        .then(() => webhooks.takeOver())
        .catch((error: unknown) => webhooks.failed.abort(error));
    });
    return webhooks;
  }

  /** By endpoint. */
  get counts(): ReadonlyMap<string, SenderCounts> {
    return new Map([...this.running].map(([id, { sender }]) => [id, sender.counts]));
  }

  /** Resolves at the signal, once all is kept; rejects when an endpoint cannot be served. */
  async until(signal: AbortSignal): Promise<void> {
    const any = AbortSignal.any([signal, this.failed.signal]);
    if (!any.aborted) {
      await new Promise((resolve) => any.addEventListener("abort", resolve, { once: true }));
    }
    await this.stop();
    if (this.failed.signal.aborted) throw this.failed.signal.reason;
  }

  private async stop(): Promise<void> {
    this.unwatch();
    await this.turn;
    for (const { stop } of this.running.values()) stop.abort();
    await Promise.all([...this.running.values()].map(({ ended }) => ended));
    await this.lock.release();
  }

  private async takeOver(): Promise<void> {
    const endpoints = await readEndpoints(this.options.directory);
    const known = new Set(endpoints.map(({ endpoint }) => endpoint));
    for (const [id, one] of this.running) {
      if (known.has(id)) continue;
      one.stop.abort();
      await one.ended;
      this.running.delete(id);
      await new OutboxFolder(this.options.directory, id).remove();
    }
    for (const endpoint of endpoints) {
      const one = this.running.get(endpoint.endpoint);
      if (one === undefined) this.begin(endpoint);
      else one.sender.update(endpoint);
    }
  }

  private begin(endpoint: Endpoint): void {
    const { directory, onNotice, takeOver: _, ...rest } = this.options;
    const id = endpoint.endpoint;
    const onGone = async (): Promise<void> => {
      const disabled = { atMs: Date.now(), why: "the receiver answered 410 Gone" };
      sender.update(await setDisabled(directory, id, disabled));
      onNotice(`${id}: disabled, ${disabled.why}; \`hongbao webhooks enable\` goes on`);
    };
    const sender = new Sender({ ...rest, directory, endpoint, onNotice, onGone });
    const stop = new AbortController();
    const ended = sender.run(stop.signal).catch((error: unknown) => this.failed.abort(error));
    this.running.set(id, { sender, stop, ended });
  }

  /** Folders of endpoints that were taken away while nobody sent. */
  private async forgetRemoved(): Promise<void> {
    const { directory } = this.options;
    const known = new Set((await readEndpoints(directory)).map(({ endpoint }) => endpoint));
    for (const name of await readdir(dataPaths(directory).webhooks)) {
      if (!/^we-[0-9a-z]+$/.test(name) || known.has(name)) continue;
      await new OutboxFolder(directory, name).remove();
    }
  }
}

async function lockOutbox(folder: string, takeOver: boolean): Promise<Lock> {
  const disk = await openNodeDisk({ directory: folder });
  try {
    return await takeLock(disk, nodeProcessTable, takeOver, "lock");
  } catch (error) {
    if (!(error instanceof HongbaoError) || error.code !== "journal_locked") throw error;
    const [place = folder] = error.message.split(". Only one process");
    throw contractError("journal_locked", `${place}. Only one process sends from an outbox.`);
  }
}
