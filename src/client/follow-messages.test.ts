import { describe, expect, it } from "vitest";
import { followMessages, type OpenBehind } from "./follow-messages.ts";

const text = (message: string): Uint8Array => new TextEncoder().encode(message);

/** Streams of some messages each; the last one of a stream that is `silent` never ends. */
function streams(...all: { messages: string[]; silent?: boolean }[]): OpenBehind {
  let opened = 0;
  return async (_, signal) => {
    const { messages, silent } = all[opened++] ?? { messages: [], silent: true };
    const chunks = (async function* () {
      for (const message of messages) yield text(`data: ${message}\n\n`);
      if (silent !== true) return;
      await new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason as Error));
      });
    })();
    return { http: 200, header: () => null, chunks };
  };
}

describe("a stream of messages", () => {
  it("that is silent for too long counts as broken, and who follows hears why", async () => {
    const open = streams({ messages: ["1", "2"], silent: true }, { messages: ["3"], silent: true });
    const troubles: string[] = [];
    const seen: string[] = [];
    const onRetry = ({ message }: Error): void => void troubles.push(message);
    for await (const { data } of followMessages(open, { silenceMs: 50, onRetry })) {
      seen.push(data!);
      if (seen.length === 3) break;
    }
    expect(seen).toEqual(["1", "2", "3"]);
    expect(troubles).toEqual(["the stream was silent for too long"]);
  });

  it("may be silent where nobody says for how long", async () => {
    const stop = new AbortController();
    const open = streams({ messages: ["1"], silent: true }, { messages: ["2"] });
    const seen: string[] = [];
    setTimeout(() => stop.abort(), 200);
    for await (const { data } of followMessages(open, { signal: stop.signal })) seen.push(data!);
    expect(seen).toEqual(["1"]);
  });

  it("ends quietly when it is told to while it waits to ask again", async () => {
    const stop = new AbortController();
    const open: OpenBehind = async () => ({
      http: 503,
      header: (name) => (name === "retry-after-ms" ? "60000" : null),
      chunks: (async function* () {
        yield text('{"error":{"code":"overloaded","message":"m","retryable":true,"next":"n"}}');
      })(),
    });
    const onRetry = (): void => void setTimeout(() => stop.abort(), 20);
    for await (const _ of followMessages(open, { signal: stop.signal, onRetry }));
    expect(stop.signal.aborted).toBe(true);
  });
});
