// Calls into a worker: each with its own answer, its progress, and a way to give it up. A worker
// that could not be loaded, or that broke, takes the calls that wait with it; the next call makes
// another one, so that asking again helps.
import { ToldError } from "./told-error.ts";

/** What a page sends. */
export interface WorkerRequest<Input> {
  readonly id: number;
  /** Absent: the call of that id is given up. */
  readonly input?: Input;
}

/** What a worker sends, `done` of `total` as often as it likes, and one end. */
export type WorkerAnswer =
  | { readonly id: number; readonly done: number; readonly total: number }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly failure: string };

export type OnProgress = (share: number) => void;

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: OnProgress;
}

export class WorkerCalls<Input> {
  private readonly make: () => Worker;
  /** Null once it failed. */
  private worker: Worker | null;
  private readonly waiting = new Map<number, Waiting>();
  private calls = 0;

  constructor(make: () => Worker) {
    this.make = make;
    // Loaded while nobody waits yet.
    this.worker = this.start();
  }

  /** @param signal gives the call up */
  call<Result>(
    input: Input,
    signal: AbortSignal,
    onProgress: OnProgress = () => {},
  ): Promise<Result> {
    signal.throwIfAborted();
    this.worker ??= this.start();
    const { worker } = this;
    this.calls += 1;
    const id = this.calls;
    return new Promise<Result>((resolve, reject) => {
      const giveUp = (): void => {
        this.waiting.delete(id);
        worker.postMessage({ id } satisfies WorkerRequest<Input>);
        reject(signal.reason as Error);
      };
      signal.addEventListener("abort", giveUp, { once: true });
      const end = (): void => signal.removeEventListener("abort", giveUp);
      this.waiting.set(id, {
        resolve: (result) => {
          end();
          resolve(result as Result);
        },
        reject: (error) => {
          end();
          reject(error);
        },
        onProgress,
      });
      worker.postMessage({ id, input } satisfies WorkerRequest<Input>);
    });
  }

  /** Gives the worker back. */
  end(): void {
    this.worker?.terminate();
    this.worker = null;
  }

  private start(): Worker {
    const worker = this.make();
    worker.addEventListener("message", ({ data }: MessageEvent<WorkerAnswer>) => this.take(data));
    worker.addEventListener("error", ({ message }) => this.fail(message));
    return worker;
  }

  private take(answer: WorkerAnswer): void {
    const waiting = this.waiting.get(answer.id);
    if (waiting === undefined) return;
    if ("done" in answer) return waiting.onProgress(answer.done / answer.total);
    this.waiting.delete(answer.id);
    if ("result" in answer) waiting.resolve(answer.result);
    else waiting.reject(new Error(answer.failure));
  }

  /** @param message empty where its file could not be loaded */
  private fail(message: string | undefined): void {
    this.end();
    const error = message ? new Error(message) : new ToldError("part.worker");
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
