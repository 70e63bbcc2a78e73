// Outcomes that are there for one arm and not for the other make an effect of nothing. Where they
// are taken for 0, how many of each arm are has to be what chance makes it.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Verdict, verdictText } from "../src/prove/index.ts";
import { DEFINITION, Journal, KEPT, ProveFolder, rowOf } from "./prove-project.fixture.ts";

let folder: ProveFolder;
beforeAll(async () => {
  folder = await ProveFolder.make();
});
afterAll(() => folder.remove());

const USERS = 2000;
const isHeldOut = (i: number): boolean => i % 2 === 0;
const isKept = (i: number): boolean => i % 10 < 4;

/** A campaign without any effect. @param cellOf of a user; null: he has no row */
async function campaign(cellOf: (i: number) => string | null, missing: string) {
  const journal = new Journal();
  const lines: string[] = [];
  for (let i = 0; i < USERS; i++) {
    journal.assign(`u${i}`, isHeldOut(i) ? 0 : 1);
    const cell = cellOf(i);
    if (cell !== null) lines.push(`u${i},${cell}`);
  }
  const file = await folder.lines(["user,kept", ...lines]);
  const sources = {
    events: await folder.events(journal),
    outcomes: { file, user: "user", missing },
  };
  return folder.prove({ plan: { metrics: [KEPT] }, sources });
}

const cell = (i: number): string => (isKept(i) ? "1" : "0");
const isLost = (i: number): boolean => isHeldOut(i) && i % 20 < 6;
const isLostAlike = (i: number): boolean => i % 20 < 6;

const checkOf = ({ studies }: Verdict) =>
  studies[0]!.health.filter(({ name }) => name.startsWith("repair (missing")).at(-1)!;

describe("users without a row who are counted as zero", () => {
  it("are told as lost where the arms have unequally many, before any effect", async () => {
    const verdict = await campaign((i) => (isLost(i) ? null : cell(i)), "zero");
    expect(rowOf(verdict, "kept").absolute!.lower).toBeGreaterThan(0);
    expect(checkOf(verdict)).toMatchObject({ passed: false, failure: "Outcomes lost by arm" });
    expect(checkOf(verdict).detail).toMatch(
      /holdout 300 of 1,000 \(30.00 %\), card 0 of 1,000 .*exact.* p = .*missing says inactive/,
    );
    expect(verdict.grade).toBe("B");
    expect(verdict.headline).toMatch(/^Outcomes lost by arm/);
  });

  it("pass where the arms have as many as chance makes it", async () => {
    const verdict = await campaign((i) => (isLostAlike(i) ? null : cell(i)), "zero");
    expect(checkOf(verdict)).toMatchObject({ passed: true });
    expect(checkOf(verdict).detail).toMatch(/holdout 300 of 1,000 .*card 300 of .* p = 1.000$/);
    expect(verdict.grade).toBe("A");
  });

  it("may differ between the arms where they are said to be inactive, which is told", async () => {
    const verdict = await campaign((i) => (isLost(i) ? null : cell(i)), "inactive");
    expect(verdict.grade).toBe("A");
    expect(verdictText(verdict).replaceAll(/\s+/g, " ")).toMatch(
      /repaired, as asked: repair \(missing: inactive\): .*holdout 300 of 1,000 .*inactive users/,
    );
  });
});

describe("empty cells that are taken for 0", () => {
  it("are told as lost where the arms have unequally many", async () => {
    const verdict = await campaign((i) => (isLost(i) ? "" : cell(i)), "zero");
    const [cells, rows] = verdict.studies[0]!.health.filter(({ repair }) => repair !== undefined);
    expect([cells!.passed, rows!.passed]).toEqual([false, true]);
    expect(cells!.detail).toMatch(/^empty numbers of 300 users taken for 0: holdout 300 of 1,000/);
    expect(verdict.grade).toBe("B");
  });

  it("are so in a plain table, too", async () => {
    const lines = Array.from({ length: USERS }, (_, i) => {
      return `${isHeldOut(i) ? "none" : "card"},${isLost(i) ? "" : cell(i)}`;
    });
    const file = await folder.lines(["arm,kept", ...lines]);
    const prove = (missing: string) => {
      const table = { file, arm: "arm", control: "none", missing };
      return folder.prove({ plan: { metrics: [KEPT] }, sources: { table } });
    };
    const zero = await prove("zero");
    expect([zero.grade, checkOf(zero).failure]).toEqual(["B", "Outcomes lost by arm"]);
    expect((await prove("inactive")).grade).toBe("A");
  });
});

describe("a log", () => {
  it("is told with its share of each arm, since who is not in it may be lost", async () => {
    const journal = new Journal();
    for (let i = 0; i < USERS; i++) journal.assign(`u${i}`, isHeldOut(i) ? 0 : 1);
    const rows = Array.from({ length: USERS }, (_, i) => i).filter((i) => !isLost(i));
    const lines = rows.map((i) => `u${i},${DEFINITION.startsAtMs + 8 * 3_600_000 + i}`);
    const visits = { file: await folder.lines(["user,at", ...lines]), user: "user", at: "at" };
    const metric = { id: "came", kind: "share", log: "visits", days: [0, 0] };
    const sources = { events: await folder.events(journal), logs: { visits } };
    const { notes } = await folder.prove({ plan: { metrics: [metric] }, sources });
    expect(notes).toContain(
      "users who came, users of each arm who are in log visits: holdout 70.00 %, card 100.00 %",
    );
  });
});
