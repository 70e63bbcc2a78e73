import { describe, expect, it } from "vitest";
import { followStream, type OpenStream } from "./event-stream.ts";

/** Streams that each say some text and end; and with what each was opened. */
function streamsOf(...texts: string[]): { open: OpenStream; queries: unknown[] } {
  const queries: unknown[] = [];
  const open: OpenStream = async (query) => {
    queries.push(query);
    const text = texts[queries.length - 1] ?? "";
    return {
      http: 200,
      header: () => null,
      chunks: (async function* () {
        yield new TextEncoder().encode(text);
      })(),
    };
  };
  return { open, queries };
}

const event = (id: string) =>
  `id: ${id}\nevent: granted\ndata: {"sequence":${id.split(".")[0]}}\n\n`;

describe("a stream that breaks", () => {
  it("is resumed behind its last event, with what was asked for", async () => {
    const { open, queries } = streamsOf(event("7.0"), event("8.2"));
    const seen: unknown[] = [];
    for await (const one of followStream(open, { from: "5", type: "granted", campaign: "a" })) {
      seen.push(one.sequence);
      if (seen.length === 2) break;
    }
    expect(seen).toEqual([7, 8]);
    const wanted = { type: "granted", campaign: "a" };
    expect(queries).toEqual([
      { ...wanted, from: "5" },
      { ...wanted, from: "7.0" },
    ]);
  });

  it("is resumed from where the server said that it was, though nothing came", async () => {
    const alive = ": at 41.3\nid: 41.3\n\n";
    const { open, queries } = streamsOf(`${event("7.0")}${alive}`, event("42.0"));
    const seen: unknown[] = [];
    for await (const one of followStream(open, { type: "granted" })) {
      seen.push(one.sequence);
      if (seen.length === 2) break;
    }
    expect(seen).toEqual([7, 42]);
    expect(queries).toEqual([{ type: "granted" }, { type: "granted", from: "41.3" }]);
  });
});
