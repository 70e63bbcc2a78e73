// `prove quick`: any experiment's table, judged in one question. Real sets give their published
// results; whatever cannot be read gets a sentence with line, column and count, never a verdict.
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { HongbaoError } from "../src/base/error.ts";
import {
  headline,
  proveQuick,
  type QuickQuestion,
  type Verdict,
  verdictReport,
  verdictText,
} from "../src/prove/index.ts";
import { headlineBlock, textBlock } from "../src/report/document.ts";
import { renderHtmlPage } from "../src/report/html-page.ts";

const DATA = resolve(import.meta.dirname, "../../shared/data");
const HILLSTROM = join(DATA, "hillstrom/hillstrom.csv");
const LALONDE = join(DATA, "lalonde/nsw_mixtape.csv");

function need({ skip }: TestContext, file: string): void {
  if (!existsSync(file)) skip(`${file} is absent; it does not ship with hongbao`);
}

let folder: string;
let serial = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hongbao-quick-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const SMALL = ["user,arm,kept,spend", "a,A,0,0", "b,A,1,2.5", "c,A,0,1", "d,B,1,3", "e,B,1,0"];

async function table(lines: readonly string[]): Promise<string> {
  const file = join(folder, `table-${++serial}.csv`);
  await writeFile(file, `${[...lines, "f,B,0,7"].join("\n")}\n`);
  return file;
}

function ask(file: string, more: Partial<QuickQuestion> = {}): Promise<Verdict> {
  return proveQuick({ file, arm: "arm", control: "A", outcomes: ["kept,spend"], ...more });
}

async function refusal(
  lines: readonly string[],
  more: Partial<QuickQuestion> = {},
): Promise<string> {
  const file = await table(lines);
  const thrown: unknown = await ask(file, more).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(HongbaoError);
  return (thrown as HongbaoError).message.replace(file, "FILE");
}

describe("real sets", () => {
  it("reproduce Hillstrom's published effects", async (context) => {
    need(context, HILLSTROM);
    const outcomes = ["visit", "conversion", "spend"];
    const question = { arm: "segment", control: "No E-Mail", outcomes };
    const { studies, grade } = await proveQuick({ file: HILLSTROM, ...question });
    expect(grade).toBe("A");
    const shown = studies[0]!.effects.map(({ arm, metric, absolute }) => {
      const size = metric.kind === "share" ? 100 * absolute!.estimate : absolute!.estimate;
      return `${metric.id} ${arm[0]} ${size.toFixed(metric.kind === "share" ? 2 : 3)}`;
    });
    expect(shown).toEqual([
      "visit M 7.66",
      "visit W 4.52",
      "conversion M 0.68",
      "conversion W 0.31",
      "spend M 0.770",
      "spend W 0.424",
    ]);
  });

  it("reproduce the effect of the job training, and doubt its shares", async (context) => {
    need(context, LALONDE);
    const question = { file: LALONDE, arm: "treat", control: "0", outcomes: ["re78"] };
    const assumed = await proveQuick(question);
    const { estimate, standardError } = assumed.studies[0]!.effects[0]!.absolute!;
    expect([estimate.toFixed(2), standardError.toFixed(1)]).toEqual(["1794.34", "671.0"]);
    expect(headline(assumed)).toMatch(
      /^Randomisation broken .* equal shares assumed; if they .* must be said\)\. What fol/,
    );
    const shares = new Map([
      ["0", 260 / 445],
      ["1", 185 / 445],
    ]);
    const planned = await proveQuick({ ...question, shares });
    expect([planned.grade, planned.notes.length]).toEqual(["A", 1]);
    expect(planned.assumptions.join()).toMatch(/: that chance assigned the arms \(--rand/);
  });
});

describe("a small table", () => {
  it("tells shares from means, and says what it assumes", async () => {
    const verdict = await ask(await table(SMALL));
    expect(verdict.studies[0]!.metrics.map(({ id, kind }) => [id, kind])).toEqual([
      ["kept", "share"],
      ["spend", "mean"],
    ]);
    expect(verdict.notes.join()).toMatch(/6 rows/);
    const taken =
      "Taken for granted, since nobody said it: that chance assigned the arms, in equal shares " +
      "(--randomised, --not-randomised, --shares say what it was).";
    expect(verdict.assumptions).toEqual([taken]);
    const [first, second] = verdictReport(verdict).lead!;
    const pageText = taken.replace(/ \(.*\)/, "");
    const said = { ...textBlock(taken), pageText };
    expect([first, second]).toEqual([headlineBlock(headline(verdict)), said]);
    expect(verdict.studies[0]!.gradeReason).toMatch(/^taken for randomised, /);
    const drawn = await ask(await table(SMALL), { isRandomised: true });
    expect(drawn.assumptions.join()).toMatch(/: that the arms' shares are equal \(--shares says/);
    expect(drawn.studies[0]!.gradeReason).toMatch(/^randomised, /);
    const shares = new Map([
      ["A", 0.5],
      ["B", 0.5],
    ]);
    expect((await ask(await table(SMALL), { isRandomised: true, shares })).assumptions).toEqual([]);
    const whole = await ask(await table(SMALL), { isRandomised: false });
    expect(whole.assumptions).toEqual([]);
    expect(verdictText(verdict)).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("gives the same bytes twice", async () => {
    const file = await table(SMALL);
    const [a, b] = [await ask(file), await ask(file)];
    expect(JSON.stringify(a)).toBe(JSON.stringify(b));
    expect(renderHtmlPage(verdictReport(a))).toBe(renderHtmlPage(verdictReport(b)));
  });

  it("repairs only what was asked for, and says how much", async () => {
    const holes = [...SMALL, "g,A,,1", "h,,1,1", "i,B,1,"];
    const dropped = await ask(await table(holes), { missing: "drop" });
    expect(dropped.studies[0]!.users).toBe(6);
    const details = ({ studies }: Verdict): string =>
      studies[0]!.health.map(({ detail }) => detail).join();
    expect(details(dropped)).toContain("3 rows with an empty cell left out");
    const filled = [...SMALL, "g,A,,1", "i,B,1,"];
    const zeroed = await ask(await table(filled), { missing: "zero" });
    expect(zeroed.studies[0]!.users).toBe(8);
    expect(details(zeroed)).toContain("empty numbers of 2 rows taken for 0");
  });
});

/** 2,000 users an arm: 10 % against `percent` % kept. */
async function kept(percent: number): Promise<string> {
  const rows = Array.from({ length: 4000 }, (_, i) => {
    const arm = i % 2 === 0 ? "A" : "B";
    const share = arm === "A" ? 10 : percent;
    return `u${i},${arm},${Math.floor(i / 2) % 100 < share ? 1 : 0}`;
  });
  const file = join(folder, `kept-${++serial}.csv`);
  await writeFile(file, `user,arm,kept\n${rows.join("\n")}\n`);
  return file;
}

describe("what an effect is worth", () => {
  const worth = (marginPerUnit: number, costPerTreated: number): Partial<QuickQuestion> => ({
    outcomes: ["kept"],
    worth: { marginPerUnit, costPerTreated },
  });

  it("comes first, and an effect that costs more than it brings is called that", async () => {
    const losing = await ask(await kept(20), worth(10, 3));
    expect(headline(losing)).toMatch(/^B works and still loses money: −2\.00 a treated user/);
    expect(losing.studies[0]!.worth[0]!.breakEvenMargin).toBeCloseTo(30, 6);
    const paying = await ask(await kept(20), worth(100, 3));
    expect(headline(paying)).toMatch(/^B pays: \+7\.0 a treated user/);
    const open = await ask(await kept(20), worth(30, 3));
    expect(headline(open)).toMatch(/^B: whether it pays is open/);
  });

  it("of no effect is what was spent", async () => {
    const none = await ask(await kept(10), worth(1, 3));
    expect(headline(none)).toMatch(/^B loses money: −3\.000 .*no margin would make it pay/);
  });

  it("is not told where the randomisation is broken", async () => {
    const file = await kept(20);
    const shares = new Map([
      ["A", 0.4],
      ["B", 0.6],
    ]);
    const broken = await ask(file, { ...worth(100, 3), shares });
    expect(headline(broken)).toMatch(/^Randomisation broken/);
    expect(headline(broken)).not.toContain("pays");
  });

  it("needs a deviation that matters before it doubts the randomisation", async () => {
    const shares = new Map([
      ["A", 0.49],
      ["B", 0.51],
    ]);
    const rows = [...Array(10_000).fill("x,A,0,0"), ...Array(9999).fill("x,B,1,0")];
    const file = await table(["user,arm,kept,spend", ...rows]);
    expect((await ask(file, { shares })).grade).toBe("B");
    expect((await ask(file, { shares, practicalDeviation: 0.03 })).grade).toBe("A");
  });
});

describe("several questions at once", () => {
  it("have p values by Holm beside the raw ones, as R's p.adjust gives them", async (context) => {
    need(context, HILLSTROM);
    const outcomes = ["visit", "conversion", "spend"];
    const question = { file: HILLSTROM, arm: "segment", control: "No E-Mail", outcomes };
    const { effects } = (await proveQuick(question)).studies[0]!;
    const raw = effects.map(({ absolute }) => absolute!.p).sort((a, b) => a - b);
    const holm = effects.map(({ holmP }) => holmP!).sort((a, b) => a - b);
    let largest = 0;
    raw.forEach((p, i) => {
      largest = Math.max(largest, Math.min(1, (6 - i) * p));
      expect(holm[i]).toBeCloseTo(largest, 12);
    });
  });
});

describe("a number before the experiment", () => {
  /** The outcome is twice the number before, plus 1 for the treated, plus a little noise. */
  async function withHistory(shift: number): Promise<string> {
    const rows = Array.from({ length: 400 }, (_, i) => {
      const arm = i % 2 === 0 ? "A" : "B";
      const before = ((i * 37) % 101) + (arm === "B" ? shift : 0);
      const noise = ((i * 53) % 7) / 10;
      return `u${i},${arm},${before},${2 * before + (arm === "B" ? 1 : 0) + noise}`;
    });
    const file = join(folder, `history-${++serial}.csv`);
    await writeFile(file, `user,arm,before,spend\n${rows.join("\n")}\n`);
    return file;
  }

  it("narrows the interval, and the verdict speaks of the adjusted effect", async () => {
    const verdict = await ask(await withHistory(0), { outcomes: ["spend"], before: "before" });
    const [plain, adjusted] = verdict.studies[0]!.effects;
    const width = ({ absolute }: typeof plain & object) => absolute!.upper - absolute!.lower;
    expect([plain!.population, adjusted!.population]).toEqual(["assigned", "adjusted"]);
    expect(width(adjusted!)).toBeLessThan(width(plain!) / 50);
    expect(adjusted!.absolute!.lower).toBeLessThan(1);
    expect(adjusted!.absolute!.upper).toBeGreaterThan(1);
    expect(headline(verdict)).toMatch(/^B caused \+1\.\d+ in spend, adjusted/);
  });

  it("shows arms that were not drawn alike", async () => {
    const verdict = await ask(await withHistory(40), { outcomes: ["spend"], before: "before" });
    expect(headline(verdict)).toMatch(/^Randomisation broken \(balance of before, before/);
  });
});

describe("what would mislead", () => {
  const history = async (rows: readonly string[], more: Partial<QuickQuestion> = {}) => {
    const file = join(folder, `history-${++serial}.csv`);
    await writeFile(file, `${["user,arm,before,y", ...rows].join("\n")}\n`);
    return await proveQuick({ file, arm: "arm", control: "A", outcomes: ["y"], ...more });
  };

  it("without chance says nothing of working, paying or a broken randomisation", async () => {
    const file = await kept(20);
    const question = { worth: { marginPerUnit: 10, costPerTreated: 3 }, isRandomised: false };
    const shares = new Map([
      ["A", 0.3],
      ["B", 0.7],
    ]);
    const verdict = await ask(file, { ...question, outcomes: ["kept"], shares });
    expect([verdict.grade, verdict.studies[0]!.worth[0]!.finding]).toEqual(["F", "not_known"]);
    const said = verdictText(verdict);
    expect(said).toMatch(/coincided with[\s\S]*Only if B had caused all of it/);
    expect(said).not.toMatch(/works|pays from|Randomisation broken/);
  });

  it("takes equal histories for equal, and leaves out what explains all or nothing", async () => {
    const same = SMALL.slice(1).map((line) => line.replace(/,[^,]*,([^,]*)$/, ",4.35,$1"));
    const equal = await history(same, { before: "before" });
    expect(equal.studies[0]!.health.map(({ passed }) => passed)).not.toContain(false);
    const whole = Array.from({ length: 20 }, (_, i) => `u${i},${i % 2 ? "A" : "B"},${i},${2 * i}`);
    const verdict = await history(whole, { before: "before" });
    expect(verdict.studies[0]!.effects.map(({ population }) => population)).toEqual(["assigned"]);
  });

  it("does not take a history that is not there for nothing", async () => {
    const message = await refusal(["user,arm,kept,spend", "a,A,,1", "b,A,1,1", "c,B,1,1"], {
      outcomes: ["spend"],
      before: "kept",
      missing: "zero",
    });
    expect(message).toMatch(/column "kept": expected a number \(or --missing drop\)/);
  });

  it("reads the one file of a name that looks like a pattern", async () => {
    const [one, other] = [join(folder, "data[1].csv"), join(folder, "data1.csv")];
    await writeFile(one, "arm,y\nA,1\nA,3\nB,3\nB,5\n");
    await writeFile(other, "arm,y\nA,100\nA,200\nB,300\nB,500\n");
    const question = { file: one, arm: "arm", control: "A", outcomes: ["y"] };
    const { effects } = (await proveQuick(question)).studies[0]!;
    expect([effects[0]!.controlMean, effects[0]!.treatmentMean]).toEqual([2, 4]);
  });

  it("says what is small with figures that show it", async () => {
    const worth = { marginPerUnit: 0.0001, costPerTreated: 0.001 };
    expect(headline(await ask(await kept(20), { outcomes: ["kept"], worth }))).toContain(
      "from a margin of 0.0100 per",
    );
  });
});

describe("what cannot be judged", () => {
  it("is told with its place", async () => {
    const cases: [lines: string[], more: Partial<QuickQuestion>, message: RegExp][] = [
      [SMALL, { arm: "group" }, /^FILE, line 1: expected a column "group", found "user", "arm"/],
      [SMALL, { outcomes: ["kept", "kept"] }, /"kept" is named twice/],
      [SMALL, { control: "C" }, /column "arm": expected the control "C" .* found "A", "B"/],
      [[SMALL[0]!], { control: "B" }, /expected another arm beside the control, found "B" only/],
      [
        [...SMALL, "x,A,1,many"],
        {},
        /line 7, column "spend": expected a finite number \(or --empty ….*\), found "many/,
      ],
      [[...SMALL, "x,A,1,inf"], {}, /line 7, column "spend": expected a finite number/],
      [[...SMALL, "x,A,1,-1e308"], {}, /line 7, column "spend": .*at most 1e\+100 in size/],
      [[...SMALL, "x,A,1,nan"], {}, /line 7, column "spend": expected a finite number/],
      [
        [...SMALL, "x,A,,1", "y,A,,1"],
        {},
        /line 7, column "kept": .* --missing drop.* \(2 rows in all/,
      ],
      [[...SMALL, "x,,1,1"], {}, /line 7, column "arm": expected an arm \(or --missing drop\)/],
      [[...SMALL, "a,A,1,1"], { user: "user" }, /line 7, column "user": expected each user once/],
      [[...SMALL, "a,B,1,1"], { user: "user" }, /column "user": expected each user in one arm/],
    ];
    for (const [lines, more, message] of cases) {
      expect(await refusal(lines, more)).toMatch(message);
    }
  });

  it("has an arm of one user, too many arms, or shares of arms that are not there", async () => {
    expect(await refusal([SMALL[0]!, SMALL[1]!])).toMatch(
      /arm "A" has one user: expected at least 2/,
    );
    const many = Array.from({ length: 60 }, (_, i) => `x${i},arm ${i},1,1`);
    expect(await refusal([...SMALL, ...many])).toMatch(/expected at most 50 arms, found 62 values/);
    const of = (...entries: [string, number][]) => ({ shares: new Map(entries) });
    expect(await refusal(SMALL, of(["A", 0.5], ["C", 0.5]))).toMatch(/no row with the arm "C"/);
    expect(await refusal(SMALL, of(["A", 1]))).toMatch(/expected a share of the arm "B", too/);
    expect(await refusal(SMALL, of(["A", 0.5], ["B", 0.4]))).toMatch(/add up to 1, found 0.9/);
  });

  it("says so where all have one value", async () => {
    const same = [SMALL[0]!, "a,A,1,1", "b,A,1,1", "c,B,1,1", "d,B,1,1"];
    const verdict = await ask(await table(same.map((line) => line)), { outcomes: ["kept"] });
    expect(verdictText(verdict)).not.toMatch(/NaN/);
  });
});
