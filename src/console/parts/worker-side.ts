// The other side of WorkerCalls, within a worker: one call after the other, and between two
// blocks of work a look at what was given up meanwhile.
import type { WorkerAnswer, WorkerRequest } from "./worker-calls.ts";

/** Of a worker's global scope what is used here. */
interface Scope {
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  postMessage(message: unknown): void;
}

class GivenUp extends Error {
  override name = "GivenUp";
}

/** Called between two blocks: tells how far it is, and throws where nobody waits any more. */
export type Between = (done: number, total: number) => Promise<void>;

export function answerCalls<Input>(
  work: (input: Input, between: Between) => Promise<unknown>,
): void {
  const scope = globalThis as unknown as Scope;
  const wanted = new Set<number>();
  let turn: Promise<void> = Promise.resolve();
  const send = (answer: WorkerAnswer): void => scope.postMessage(answer);
  const answer = async (id: number, input: Input): Promise<void> => {
    if (!wanted.has(id)) return;
    const between: Between = async (done, total) => {
      send({ id, done, total });
      await nextTask();
      if (!wanted.has(id)) throw new GivenUp();
    };
    try {
      send({ id, result: await work(input, between) });
    } catch (error) {
      if (error instanceof GivenUp) return;
      send({ id, failure: error instanceof Error ? error.message : String(error) });
    } finally {
      wanted.delete(id);
    }
  };
  scope.addEventListener("message", ({ data }: MessageEvent<WorkerRequest<Input>>) => {
    const { id, input } = data;
    if (input === undefined) {
      wanted.delete(id);
      return;
    }
    wanted.add(id);
    turn = turn.then(() => answer(id, input));
  });
}

/** Lets messages in at once; timers would wait four milliseconds. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
