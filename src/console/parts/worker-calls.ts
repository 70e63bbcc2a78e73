// Calls into a worker: each with its own answer, its progress, and a way to give it up.

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
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private calls = 0;

  constructor(worker: Worker) {
    this.worker = worker;
    worker.addEventListener("message", ({ data }: MessageEvent<WorkerAnswer>) => this.take(data));
    worker.addEventListener("error", ({ message }) => this.fail(message || "the worker ended"));
  }

  /** @param signal gives the call up */
  call<Result>(
    input: Input,
    signal: AbortSignal,
    onProgress: OnProgress = () => {},
  ): Promise<Result> {
    signal.throwIfAborted();
    this.calls += 1;
    const id = this.calls;
    return new Promise<Result>((resolve, reject) => {
      const giveUp = (): void => {
        this.waiting.delete(id);
        this.worker.postMessage({ id } satisfies WorkerRequest<Input>);
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
      this.worker.postMessage({ id, input } satisfies WorkerRequest<Input>);
    });
  }

  private take(answer: WorkerAnswer): void {
    const waiting = this.waiting.get(answer.id);
    if (waiting === undefined) return;
    if ("done" in answer) return waiting.onProgress(answer.done / answer.total);
    this.waiting.delete(answer.id);
    if ("result" in answer) waiting.resolve(answer.result);
    else waiting.reject(new Error(answer.failure));
  }

  private fail(message: string): void {
    for (const { reject } of this.waiting.values()) reject(new Error(message));
    this.waiting.clear();
  }
}
