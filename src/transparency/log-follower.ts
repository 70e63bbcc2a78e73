// The log as a server holds it: a thread that follows the journal, started again when it ends. The
// writer only says how far the journal is durable, some twenty times a second at most.
import { Worker } from "node:worker_threads";
import { HongbaoError } from "../base/error.ts";
import type { Engine } from "../host/engine.ts";
import { answerLog } from "./answer-log.ts";
import type {
  FromLogThread,
  LogQuestion,
  LogQuestions,
  LogThreadData,
  ToLogThread,
} from "./log-messages.ts";
import { LogService, unavailable } from "./log-service.ts";

export interface LogFollowerOptions extends Omit<LogThreadData, "durable" | "place"> {
  place: Omit<LogThreadData["place"], "ledgerId" | "masterKey">;
  /** Called with what the operator should know. */
  onNotice: (text: string) => void;
}

const TELL_MS = 50;
/** Questions that may wait; each is answered in some milliseconds. */
const QUESTIONS_MAX = 256;
const RESTART_MS = 1000;
/** After it the thread is ended as it is. */
const CLOSE_MS = 10_000;
/** From sources (.ts) the service runs here: a thread would need the loader. */
const THREAD = new URL("./log-thread.js", import.meta.url);
const IS_SOURCE = import.meta.url.endsWith(".ts");

interface Asked {
  resolve: (answer: never) => void;
  reject: (error: HongbaoError) => void;
}

export class LogFollower {
  private readonly engine: Engine;
  private readonly options: LogFollowerOptions;
  private readonly data: Omit<LogThreadData, "durable">;
  private readonly asked = new Map<number, Asked>();
  private service: LogService | null = null;
  private worker: Worker | null = null;
  private nextId = 1;
  private teller: NodeJS.Timeout | null = null;
  private restart: NodeJS.Timeout | null = null;
  private closing = false;

  private constructor(engine: Engine, options: LogFollowerOptions, masterKey: Uint8Array) {
    this.engine = engine;
    this.options = options;
    const place = { ...options.place, ledgerId: engine.journal.ledgerId, masterKey };
    const { intervalMs, witnesses } = options;
    this.data = { place, intervalMs, witnesses };
    engine.durableListeners.add(this.listen);
    this.begin();
  }

  /** Follows an engine's journal. The engine must be durable: a checkpoint cannot be taken back. */
  static async start(engine: Engine, options: LogFollowerOptions): Promise<LogFollower> {
    // Here, so that thread and engine never both make one.
    const masterKey = await engine.secrets.ensureMasterKey();
    return new LogFollower(engine, options, masterKey);
  }

  /** Rejects with `receipts_unavailable` while the log is not there. */
  ask<Q extends LogQuestion>(
    question: Q,
    input: LogQuestions[Q]["input"],
  ): Promise<LogQuestions[Q]["answer"]> {
    if (this.service !== null) return answerLog(this.service, question, input);
    const { worker } = this;
    if (worker === null) return Promise.reject(unavailable("the log's thread is starting again"));
    if (this.asked.size >= QUESTIONS_MAX) {
      const message = `${QUESTIONS_MAX} questions to the log are waiting; ask again in a moment`;
      return Promise.reject(new HongbaoError({ code: "overloaded", message, retryable: true }));
    }
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.asked.set(id, { resolve: resolve as (answer: never) => void, reject });
      worker.ref(); // somebody waits
      post(worker, { kind: "ask", id, question, input });
    });
  }

  /** Signs what is durable, and ends. To be called once the engine is closed. */
  async close(): Promise<void> {
    if (this.closing) return;
    this.closing = true;
    this.engine.durableListeners.delete(this.listen);
    for (const timer of [this.teller, this.restart]) if (timer !== null) clearTimeout(timer);
    const durable = this.engine.journal.lastSequence;
    if (this.service !== null) return await this.service.close(durable);
    const { worker } = this;
    if (worker === null) return;
    const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
    const late = setTimeout(() => void worker.terminate(), CLOSE_MS);
    worker.ref();
    post(worker, { kind: "close", durable });
    await ended;
    clearTimeout(late);
  }

  private begin(): void {
    const { onNotice } = this.options;
    const durable = this.engine.journal.lastSequence;
    if (IS_SOURCE) {
      this.service = new LogService({ ...this.data, onNotice }, durable);
      return;
    }
    const workerData: LogThreadData = { ...this.data, durable };
    // The parent's flags may name a loader or a debugger that the thread does not need.
    const worker = new Worker(THREAD, { workerData, execArgv: [] });
    this.worker = worker;
    worker.on("message", (message: FromLogThread) => this.hear(message));
    worker.on("error", (error) => onNotice(`receipts: the log's thread failed: ${error.message}`));
    worker.on("exit", () => this.ended());
    // It keeps no process alive unless somebody waits for it: whoever follows also closes.
    worker.unref();
  }

  private ended(): void {
    this.worker = null;
    for (const { reject } of this.asked.values()) reject(unavailable("the log's thread ended"));
    this.asked.clear();
    if (this.closing) return;
    this.restart = setTimeout(() => this.begin(), RESTART_MS).unref();
  }

  private hear(message: FromLogThread): void {
    if (message.kind === "notice") return this.options.onNotice(message.text);
    const asked = this.asked.get(message.id);
    if (asked === undefined) return;
    this.asked.delete(message.id);
    if (this.asked.size === 0 && !this.closing) this.worker?.unref();
    if (message.kind === "answer") return asked.resolve(message.answer as never);
    const { code, message: text, retryable } = message;
    asked.reject(new HongbaoError({ code, message: text, retryable }));
  }

  private readonly listen = (): void => {
    if (this.teller !== null) return;
    this.teller = setTimeout(() => {
      this.teller = null;
      const sequence = this.engine.journal.lastSequence;
      if (this.service !== null) this.service.durable(sequence);
      else if (this.worker !== null) post(this.worker, { kind: "durable", sequence });
    }, TELL_MS).unref();
  };
}

function post(worker: Worker, message: ToLogThread): void {
  worker.postMessage(message);
}
