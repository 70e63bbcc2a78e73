// Signs that turn writing round or take no room are shown as what they are, as on the command line:
// a name or a reason must not disguise what stands beside it.
import type { Transport } from "../client/index.ts";
import { printableInJson, printableLines } from "../report/printable.ts";

/** Reports come as they are: whoever saves one gets what was added. */
const SAVED_AS_IT_IS = /^\/v1\/reports\/[^/]+$/;

/** Answers as they are shown. */
export function shownTransport(transport: Transport): Transport {
  return {
    send: async (request) => {
      const answer = await transport.send(request);
      if (SAVED_AS_IT_IS.test(request.path)) return answer;
      return { ...answer, text: printableInJson(answer.text) };
    },
    stream: async (request) => {
      const answer = await transport.stream(request);
      return { ...answer, chunks: shownChunks(answer.chunks) };
    },
    close: () => transport.close(),
  };
}

/** All texts of something; what is no plain value, such as a function that draws, stays. */
export function shownTexts<T>(value: T): T {
  return shownIn(value) as T;
}

function shownIn(value: unknown): unknown {
  if (typeof value === "string") return printableLines(value);
  if (Array.isArray(value)) return value.map(shownIn);
  if (typeof value !== "object" || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shownIn(one)]));
}

async function* shownChunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  for await (const chunk of chunks) {
    yield encoder.encode(printableInJson(decoder.decode(chunk, { stream: true })));
  }
}
