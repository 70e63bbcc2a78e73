// Calls into a worker that cannot be loaded, or that breaks: none waits for ever, and the next one
// is asked of another worker.
import { describe, expect, it } from "vitest";
import { ToldError } from "./told-error.ts";
import { WorkerCalls, type WorkerRequest } from "./worker-calls.ts";

/** Answers nothing by itself. */
class FakeWorker extends EventTarget {
  readonly asked: WorkerRequest<string>[] = [];
  isEnded = false;

  postMessage(message: WorkerRequest<string>): void {
    this.asked.push(message);
  }

  terminate(): void {
    this.isEnded = true;
  }

  answer(result: string): void {
    const data = { id: this.asked.at(-1)!.id, result };
    this.dispatchEvent(Object.assign(new Event("message"), { data }));
  }

  /** @param message none where its file could not be loaded */
  fail(message?: string): void {
    this.dispatchEvent(Object.assign(new Event("error"), { message }));
  }
}

interface Asking {
  readonly made: FakeWorker[];
  readonly calls: WorkerCalls<string>;
  readonly ask: () => Promise<string>;
}

function callsOf(): Asking {
  const made: FakeWorker[] = [];
  const calls = new WorkerCalls<string>(() => {
    made.push(new FakeWorker());
    return made.at(-1)! as unknown as Worker;
  });
  return { made, calls, ask: () => calls.call<string>("x", new AbortController().signal) };
}

describe("a worker", () => {
  it("that could not be loaded before anybody asked is made anew for the first call", async () => {
    const { made, ask } = callsOf();
    made[0]!.fail();
    const asked = ask();
    expect([made.length, made[0]!.isEnded, made[0]!.asked]).toEqual([2, true, []]);
    made[1]!.answer("y");
    expect(await asked).toBe("y");
  });

  it("that cannot be loaded ends what waits, and the next call is asked of another", async () => {
    const { made, ask } = callsOf();
    const both = [ask(), ask()];
    made[0]!.fail();
    for (const one of both) await expect(one).rejects.toBeInstanceOf(ToldError);
    const third = ask();
    made[1]!.answer("y");
    expect(await third).toBe("y");
  });

  it("that breaks is told by its own words", async () => {
    const { made, ask } = callsOf();
    const asked = ask();
    made[0]!.fail("out of memory");
    await expect(asked).rejects.toThrow("out of memory");
  });

  it("that is ended is ended", () => {
    const { made, calls } = callsOf();
    calls.end();
    expect(made[0]!.isEnded).toBe(true);
  });
});
