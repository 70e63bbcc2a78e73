// What prove asks of a journal's export itself, before it believes its sums.
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EventRow } from "../src/prove/index.ts";
import { Journal, KEPT, ProveFolder } from "./prove-project.fixture.ts";

let folder: ProveFolder;
beforeAll(async () => {
  folder = await ProveFolder.make();
});
afterAll(() => folder.remove());

const USERS = 400;

/** Half of the users held out; every other treated one claims. */
function journal(): Journal {
  const made = new Journal();
  for (let i = 0; i < USERS; i++) {
    const user = `user-${i}`;
    made.assign(user, i % 2);
    if (i % 4 === 1) made.emit("granted", user, { arm: 1, grant: i, amountMinor: 500 });
    if (i % 4 === 1) made.emit("redeemed", user, { grant: i, redemption: 0, amountMinor: 500 });
  }
  return made;
}

async function textOf(events: readonly EventRow[], format: "parquet" | "csv" = "parquet") {
  const own = new Journal();
  own.events.push(...events);
  const lines = Array.from({ length: USERS }, (_, i) => `user-${i},${Number(i % 7 < 3)}`);
  const outcomes = { file: await folder.lines(["user,kept", ...lines]), user: "user" };
  const sources = { events: await folder.events(own, format), outcomes };
  return { plan: { metrics: [KEPT] }, sources };
}

describe("events that stand in several rows", () => {
  const { events } = journal();

  it("are refused, all of them or a single one", async () => {
    expect(await folder.refusal(await textOf([...events, ...events]))).toMatch(
      /FILE\.parquet, row 601, column "sequence": expected each event \(sequence and index\) once/,
    );
    const one = [...events.slice(0, 20), events[19]!, ...events.slice(20)];
    expect(await folder.refusal(await textOf(one, "csv"))).toMatch(
      /FILE\.csv, line 22, column "sequence": expected each event .* once.*export .*found "20"$/,
    );
  });

  it("are not what rows in another order are, or events of one record", async () => {
    const sorted = events.toSorted((a, b) => (a.user! < b.user! ? -1 : 1));
    const told = await folder.prove(await textOf(events));
    expect((await folder.prove(await textOf(sorted))).money).toEqual(told.money);
    const records = events.map((event, i) => ({
      ...{ ...event, sequence: 1 + Math.floor(i / 64), index: i % 64 },
    }));
    expect((await folder.prove(await textOf(records))).money).toEqual(told.money);
  });

  it("are told as cells where a place is no number", async () => {
    const text = await textOf(events, "csv");
    const lines = (await readFile(text.sources.events, "utf8")).trimEnd().split("\n");
    lines[5] = lines[5]!.replace(/^\d+/, "five");
    const sources = { ...text.sources, events: await folder.lines(lines) };
    expect(await folder.refusal({ ...text, sources })).toMatch(
      /line 6, column "sequence": expected a whole number, found "five"/,
    );
  });
});
