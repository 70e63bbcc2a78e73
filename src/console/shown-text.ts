// Signs that turn writing round or take no room are shown as what they are, as on the command line:
// a name or a reason must not disguise what stands beside it.
import type { Transport } from "../client/index.ts";
import { OPERATIONS } from "../contract/operations.ts";
import { printableInJson, printableLines } from "../report/printable.ts";

/**
 * Answers of which a text is saved, edited and sent back, or checked against a signature: they come
 * as they are, and whoever shows something of one passes it through `shownTexts`.
 */
const AS_THEY_ARE = (["report.show", "campaign.file", "grant.receipt", "checkpoint.show"] as const)
  .map((name) => OPERATIONS[name].path.replace(/\{[a-z]+\}/g, "[^/?]+"))
  .map((path) => new RegExp(`^${path}(?:\\?|$)`));

/** Answers as they are shown. */
export function shownTransport(transport: Transport): Transport {
  return {
    send: async (request) => {
      const answer = await transport.send(request);
      // A refusal is only shown.
      const isTaken = answer.http < 400 && AS_THEY_ARE.some((path) => path.test(request.path));
      if (isTaken) return answer;
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

/** Whole lines, so that nothing that is written in several signs is seen in part. */
async function* shownChunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let rest = "";
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    const end = rest.lastIndexOf("\n") + 1;
    if (end === 0) continue;
    yield encoder.encode(printableInJson(rest.slice(0, end)));
    rest = rest.slice(end);
  }
  yield encoder.encode(printableInJson(rest));
}
