// Batches from a source of the caller's own, which may break, or be given up.
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createClient } from "./index.ts";

/** Grants every line of a batch after a while. */
const client = createClient({
  key: "hb_x",
  transport: {
    send: async ({ body }) => {
      await setTimeout(30);
      const text = '{"status":"granted"}\n'.repeat(body!.split("\n").length - 1);
      return { http: 200, header: () => null, text };
    },
    stream: () => Promise.reject(new Error("no stream is asked for")),
    close: async () => {},
  },
});

const line = (n: number) => ({ id: `c-${n}`, user: `u-${n}`, offer: "o" });
const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
let theirs: NodeJS.UnhandledRejectionListener[] = [];

beforeEach(() => {
  theirs = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", note);
});
afterEach(async () => {
  await setTimeout(10); // rejections are told between two turns of the loop
  process.removeListener("unhandledRejection", note);
  for (const listener of theirs) process.on("unhandledRejection", listener);
  expect(unhandled.splice(0)).toEqual([]);
});

async function* breaking(count: number): AsyncGenerator<ReturnType<typeof line>> {
  for (let n = 0; n < count; n++) yield line(n);
  throw new Error("my source broke");
}

function* breakingAtOnce(count: number): Generator<ReturnType<typeof line>> {
  for (let n = 0; n < count; n++) yield line(n);
  throw new Error("my source broke");
}

describe("a source that breaks while batches are under way", () => {
  test.each([
    ["asynchronous", breaking],
    ["at hand", breakingAtOnce],
  ])("is told after the answers to what came before it (%s)", async (_, source) => {
    const options = { lines: 10, concurrency: 2 };
    const statuses: string[] = [];
    const told = async (): Promise<void> => {
      for await (const answer of client.claims.batch("x", source(45), options)) {
        if ("status" in answer) statuses.push(answer.status);
      }
    };
    await expect(told()).rejects.toThrow("my source broke");
    expect(statuses).toEqual(Array.from({ length: 45 }, () => "granted"));
  });
});

describe("a loop that is left", () => {
  test("closes the source", async () => {
    let closed = false;
    async function* source(): AsyncGenerator<ReturnType<typeof line>> {
      try {
        for (let n = 0; ; n++) yield line(n);
      } finally {
        closed = true;
      }
    }
    for await (const _ of client.claims.batch("x", source(), { lines: 10, concurrency: 1 })) break;
    await setTimeout(0);
    expect(closed).toBe(true);
  });

  test("does not wait for a source that waits itself", async () => {
    const asked = new AbortController();
    async function* source(): AsyncGenerator<ReturnType<typeof line>> {
      yield line(0);
      await setTimeout(60_000, undefined, { signal: asked.signal, ref: false });
    }
    const answers = client.claims.batch("x", source(), { lines: 1, concurrency: 1 });
    for await (const _ of answers) break;
    asked.abort();
  }, 5000);
});
