// What a reader sees of a verdict: alarms before it, nothing said over and over, no word that only
// a statistician knows, no figure that cannot be. Rendered output compared.
import { describe, expect, it } from "vitest";
import { renderHtmlPage } from "../report/html-page.ts";
import { renderTextReport } from "../report/text-report.ts";
import type { Metric } from "../verdict/metric.ts";
import type { PaybackReading } from "../verdict/payback-reading.ts";
import { paybackSection } from "../verdict/payback-report.ts";
import { retentionSection } from "../verdict/retention-report.ts";
import type { Verdict } from "../verdict/verdict.ts";
import { verdictReport } from "../verdict/verdict-report.ts";
import { verdictText } from "../verdict/verdict-text.ts";
import { intervalText } from "../verdict/verdict-words.ts";
import type { ArmActivity } from "./activity.ts";
import { paybackOf } from "./payback.ts";
import { retentionOf } from "./retention.ts";
import type { Study, StudyArm } from "./study.ts";
import { type Evidence, verdictOf } from "./verdict.ts";

const KEPT: Metric = { id: "kept", title: "kept", kind: "share", unit: "", digits: 2 };
const BUYS: Metric = { ...KEPT, id: "buys", title: "buys" };
const N = 10_000;

function armOf(id: string, kept: number, n = N): StudyArm {
  const share = { n, sum: kept, sumSquares: kept };
  return { id, n, weight: 1, outcomes: { kept: share, buys: share }, claims: null };
}

function studyOf(arms: readonly StudyArm[], more: Partial<Study> = {}): Study {
  const [control, ...treatments] = arms;
  return {
    ...{ title: "Effects", estimand: "reach", randomised: true, ownAllocator: true },
    ...{ source: "a test", metrics: [KEPT, BUYS], control: control!, treatments },
    ...more,
  };
}

function judge(study: Study, more: Partial<Evidence> = {}): Verdict {
  return verdictOf({ title: "t", studies: [study], ...more });
}

function pageOf(verdict: Verdict): string {
  const page = renderHtmlPage(verdictReport(verdict));
  return page.slice(page.indexOf("<body>")).replaceAll("\u00a0", " ");
}

/** Class and text of what stands above the title. */
function openingOf(page: string): (readonly [string, string])[] {
  const header = page.slice(0, page.indexOf("<h1>"));
  return [...header.matchAll(/<p class="(\w+)">(.*)<\/p>/g)].map(([, kind, text]) => [
    kind!,
    text!,
  ]);
}

const sound = studyOf([armOf("none", 2000), armOf("card", 2400)]);
const broken = studyOf([armOf("none", 2000), armOf("card", 2400, 8000)], {
  areWeightsAssumed: true,
});

describe("what is wrong", () => {
  const changed = {
    hash: "a".repeat(64),
    frozenHash: "b".repeat(64),
    state: "changed",
    deviations: ["--draws 9 instead of 2,000"],
  } as const;

  it("stands before the verdict in boxes of its own: a plan that was changed", () => {
    const verdict = judge(sound, { plan: changed });
    const page = pageOf(verdict);
    expect(openingOf(page)).toEqual([
      ["warning", expect.stringMatching(/^THE PLAN WAS CHANGED after/)],
      ["warning", expect.stringMatching(/^DEVIATION from the plan, given by hand: --draws 9/)],
      ["headline", expect.stringMatching(/^Card caused/)],
    ]);
    expect(page).toContain('<p class="subtitle">evidence of grade A</p>');
    expect(verdictText(verdict)).toMatch(
      /^! THE PLAN WAS CHANGED after[^!]*\n! DEVIATION[^!]*\nCard/,
    );
    const frozen = judge(sound, { plan: { ...changed, state: "as frozen", deviations: [] } });
    expect(pageOf(frozen)).toMatch(/^<body>\n<header><p class="headline">Card caused/);
    expect(pageOf(frozen)).toMatch(/"subtitle">evidence of grade A\. The plan is the one that was/);
  });

  it("and a check that failed, which is no small print among those that passed", () => {
    const page = pageOf(judge(broken));
    expect(openingOf(page)).toEqual([
      ["warning", expect.stringMatching(/^Randomisation broken \(sample ratio: /)],
      ["headline", expect.stringMatching(/^What follows is no evidence/)],
    ]);
    expect(page).toContain('<p class="warning">FAILED: sample ratio: none 10,000, card 8,000');
    expect(page).not.toMatch(/<p class="note">FAILED/);
    expect(pageOf(judge(sound))).toContain('<p class="note">passed: sample ratio');
  });

  it("is seen in the colour of a grade, too", () => {
    expect(pageOf(judge(sound))).toContain('<span class="badge good">grade A</span>');
    expect(pageOf(judge(broken))).toContain('<span class="badge warn">grade B</span>');
    const seen = judge({ ...sound, randomised: false });
    expect(pageOf(seen)).toContain('<span class="badge bad">grade F</span>');
  });

  it("checks that passed are folded away where they are several", () => {
    const severalArms = { ...sound, severalArms: 0 };
    const page = pageOf(judge(severalArms));
    expect(page).toMatch(
      /<details>\n<summary>2 checks passed: sample ratio, one arm a user<\/summary>/,
    );
  });
});

describe("many arms of which nothing can be said", () => {
  const quiet = Array.from({ length: 44 }, (_, i) => armOf(`arm ${i}`, 2000 + (i % 7)));

  it("are counted in one sentence", () => {
    const { headline } = judge(studyOf([armOf("none", 2003), ...quiet]));
    expect(headline).toBe("None of the 44 arms has a clear effect on kept.");
  });

  it("beside those that have an effect, which are named", () => {
    const arms = [
      armOf("none", 2003),
      ...quiet.slice(0, 20),
      armOf("card", 2600),
      ...quiet.slice(20),
    ];
    const { headline } = judge(studyOf(arms));
    expect(headline).toMatch(/^Card caused \+5\.97 points in kept \(95 %: [^)]*\)\. 44 of 45/);
    expect(headline).toMatch(/\. 44 of 45 arms: no clear effect on kept\.$/);
  });

  it("with what is open of their worth, and none of those that lose", () => {
    const worth = { marginPerUnit: 10, costPerTreated: 0.01 };
    const arms = [armOf("none", 2003), ...quiet.slice(0, 8)];
    expect(judge(studyOf(arms), { worth }).headline).toBe(
      "None of the 8 arms has a clear effect on kept; whether they pay is open.",
    );
    const dear = judge(studyOf(arms), { worth: { ...worth, costPerTreated: 4 } });
    expect(dear.headline.match(/loses money/g)).toHaveLength(8);
  });

  it("control: a few are told one by one", () => {
    const { headline } = judge(studyOf([armOf("none", 2003), ...quiet.slice(0, 3)]));
    expect(headline.match(/no clear effect on kept \(95 %/g)).toHaveLength(3);
  });
});

describe("words", () => {
  const text = verdictText(judge(sound));

  it("are those of whoever runs a campaign", () => {
    expect(text).not.toMatch(/Holm\b(?!\))|\bBH\b|at any look|loss if|spread of that/);
    for (const word of ["p, corrected", "interval, any time", "chance above 0", "p, exploring"]) {
      expect(text).toContain(word);
      expect(text.split(word).length, `${word} is explained`).toBeGreaterThan(1);
    }
  });

  it("begin sentences with a capital, but leave names with a spelling of their own alone", () => {
    expect(judge(sound).headline).toMatch(/^Card caused/);
    const named = studyOf([armOf("none", 2000), armOf("iOS_2", 2400)]);
    expect(judge(named).headline).toMatch(/^iOS_2 caused/);
  });

  it("of a page do not say what to type", () => {
    const taken =
      "Taken for granted, since nobody said it: that chance assigned the arms (--x says what it was).";
    const verdict = judge(broken, { assumptions: [taken] });
    expect(verdictText(verdict).replace(/\s+/g, " ")).toContain(taken);
    expect(pageOf(verdict)).toContain("that chance assigned the arms.</p>");
    expect(pageOf(verdict)).not.toContain("--");
  });

  it("do not repeat the only treated arm in every row", () => {
    expect(text).toContain("20,000 users, card against none; question: reach");
    expect(text).toMatch(/\nmetric +held out +treated/);
    const two = studyOf([armOf("none", 2000), armOf("card", 2400), armOf("mail", 2300)]);
    expect(verdictText(judge(two))).toMatch(/\nmetric +arm +held out +treated/);
  });

  it("fold what few ask for", () => {
    expect(pageOf(judge(sound))).toMatch(
      /<details>\n<summary>The same effects, read in other ways<\/summary>\n.*interval, any time/s,
    );
  });
});

describe("bounds of a share's difference", () => {
  it("lie within what shares can differ by; those of a sum do not", () => {
    const wide = { lower: -2.15, upper: 2.15 };
    expect(intervalText(KEPT, wide)).toBe("−100.00 to +100.00");
    expect(intervalText({ ...KEPT, kind: "mean" }, wide)).toBe("−2.15 to +2.15");
  });

  it("are none where the arms are tiny, and the report says why", () => {
    const tiny = judge(studyOf([armOf("none", 1, 2), armOf("card", 2, 2)]));
    expect(tiny.headline).toMatch(
      /^Card: no effect on kept measured: 2 users in arm none are too few/,
    );
  });
});

/** Users who are all alike, active in the periods of a mask. */
function alike(id: string, mask: number, cost: number, users = 1e12): ArmActivity {
  return {
    id,
    users,
    rows: [{ mask, users, outlay: cost * users, outlaySquares: cost ** 2 * users }],
  };
}

describe("payback on a screen", () => {
  const question = {
    ...{ marginPerActivePeriod: 6, discountPerYear: 0, horizonPeriods: 6 },
    ...{ draws: 100, seed: 1, currency: "CNY" },
  };
  const read = (cost: number, mask = 0b000111): Promise<PaybackReading> =>
    paybackOf(
      {
        ...{ periodDays: 5, periods: 6, control: alike("held", 0b000001, 0) },
        treatments: [alike("card", mask, cost)],
      },
      question,
    );
  const said = (reading: PaybackReading): string =>
    renderTextReport({ title: "t", sections: [paybackSection(reading)] });

  it("calls a break-even out of reach where no period is left for it", async () => {
    expect(said(await read(90))).toMatch(
      /break-even 5-day periods more +out of reach: at most 6\n/,
    );
    expect(said(await read(30))).toMatch(/break-even 5-day periods more +\+5\.000\n/);
  });

  it("says a chance once where it is the same all along, and by time where it is not", async () => {
    const never = said(await read(90));
    expect(never).toMatch(/\nchance that it has paid back +below 1 %\n/);
    expect(never).not.toContain("chance by day");
    const paid = said(await read(10, 0b011001));
    expect(paid).toMatch(/\nchance by day 15 +below 1 %\nchance by day 30 +above 99 %\n/);
    expect(paid).not.toContain("chance that it has");
  });

  it("has one name for money, and names the only arm once", async () => {
    const text = said(await read(10));
    expect(text).not.toContain("CNY");
    expect(text).toMatch(/\nday 5 +●/);
  });

  it("fits a screen of 40 columns", async () => {
    const sections = [paybackSection(await read(10))];
    const lines = renderTextReport({ title: "t", sections }, { width: 40 }).split("\n");
    for (const line of lines) expect([...line].length).toBeLessThanOrEqual(40);
  });
});

describe("retention on a screen", () => {
  it("has no row of dashes for an arm of which nothing is expected", async () => {
    const fall = { 1: 400, 3: 200, 7: 130, 15: 90, 31: 60, 63: 120 };
    const rows = Object.entries(fall).map(([mask, users]) => ({
      ...{ mask: Number(mask), users, outlay: 0, outlaySquares: 0 },
    }));
    const falling = { id: "card", users: 1000, rows };
    const flat = alike("held", 0b111111, 0, 1000);
    const reading = await retentionOf(
      { periodDays: 5, periods: 6, control: flat, treatments: [falling] },
      { horizonPeriods: 12, draws: 100, seed: 1 },
    );
    const expected = reading.arms.map((arm) => arm.expected?.length ?? null);
    const text = renderTextReport({ title: "t", sections: [retentionSection(reading)] });
    expect(expected).toContain(null);
    expect(text).not.toMatch(/ –( |\n)/);
    const narrow = renderTextReport(
      { title: "t", sections: [retentionSection(reading)] },
      { width: 40 },
    );
    for (const line of narrow.split("\n")) expect([...line].length).toBeLessThanOrEqual(40);
  });
});
