// Several studies and arms in one verdict: what may be said of any of them is said as rarely in
// error as of one, what is broken comes first, and the weakest grade caps the words on all.
import { describe, expect, it } from "vitest";
import { type RandomStream, randomStream } from "../base/keystream.ts";
import { renderHtmlPage } from "../report/html-page.ts";
import { momentsOf } from "../stats/index.ts";
import { headline } from "../verdict/headline.ts";
import type { Verdict } from "../verdict/verdict.ts";
import { verdictReport } from "../verdict/verdict-report.ts";
import { verdictText } from "../verdict/verdict-text.ts";
import { paybackOf } from "./payback.ts";
import type { Study, StudyArm } from "./study.ts";
import { type Evidence, verdictOf } from "./verdict.ts";

const KEPT = { id: "kept", title: "kept", kind: "share", unit: "", digits: 2 } as const;
const N = 10_000;

function armOf(id: string, kept: number, n = N): StudyArm {
  const outcomes = { kept: { n, sum: kept, sumSquares: kept } };
  return { id, n, weight: 1, outcomes, claims: null };
}

function studyOf(title: string, control: StudyArm, treatments: readonly StudyArm[]): Study {
  const labels = { title, estimand: "reach", randomised: true, source: "a test" } as const;
  return { ...labels, ownAllocator: true, metrics: [KEPT], control, treatments };
}

function judge(studies: readonly Study[], more: Partial<Evidence> = {}): Verdict {
  return verdictOf({ title: "t", studies, ...more });
}

/** How many of N users are kept, as good as a binomial of so many. */
function drawKept(share: number, stream: RandomStream): number {
  return Math.round(N * share + stream.nextNormal() * Math.sqrt(N * share * (1 - share)));
}

const RUNS = 400;
/** Of 400 runs in which 5 % err, or half as many: all but one set in a thousand stays below. */
const [AT_MOST, HALF_AT_MOST] = [0.09, 0.055];

describe("several studies in which nothing happened", () => {
  it('have a headline with "caused" no more often than one', () => {
    const stream = randomStream("null studies", "families");
    let [caused, alone] = [0, 0];
    for (let run = 0; run < RUNS; run++) {
      const studies = Array.from({ length: 10 }, (_, i) => {
        const [a, b] = [drawKept(0.2, stream), drawKept(0.2, stream)];
        return studyOf(`audience ${i}`, armOf("none", a), [armOf("card", b)]);
      });
      if (judge(studies).headline.includes("caused")) caused++;
      if (studies.some((study) => judge([study]).headline.includes("caused"))) alone++;
    }
    expect(caused / RUNS).toBeLessThan(AT_MOST);
    // Each by itself: 1 - .95 ** 10 = 40 %.
    expect(alone / RUNS).toBeGreaterThan(0.3);
  });

  it("count as one family in the table, too, with a p of one question where one was asked", () => {
    const [quiet, loud] = [armOf("none", 2000), armOf("card", 2150)];
    const one = studyOf("a", quiet, [loud]);
    const [row] = judge([one]).studies[0]!.effects;
    expect(row!.holmP).toBeNull();
    const two = judge([one, studyOf("b", quiet, [armOf("card", 2010)])]);
    expect(two.studies[0]!.effects[0]!.holmP).toBeCloseTo(2 * row!.absolute!.p, 12);
    expect(two.studies[1]!.effects[0]!.holmP).toBeCloseTo(two.studies[1]!.effects[0]!.absolute!.p);
  });
});

describe("several arms that just break even", () => {
  it("pay no more often than one", () => {
    const worth = { marginPerUnit: 10, costPerTreated: 0.3 };
    const stream = randomStream("even arms", "families");
    let [pays, alone] = [0, 0];
    for (let run = 0; run < RUNS; run++) {
      const control = armOf("none", drawKept(0.2, stream));
      const ids = Array.from({ length: 10 }, (_, i) => `card ${i}`);
      const arms = ids.map((id) => armOf(id, drawKept(0.23, stream)));
      const [read] = judge([studyOf("s", control, arms)], { worth }).studies;
      if (read!.worth.some(({ finding }) => finding === "pays")) pays++;
      if (read!.worth.some(({ lower }) => lower > 0)) alone++;
    }
    expect(pays / RUNS).toBeLessThan(HALF_AT_MOST);
    expect(alone / RUNS).toBeGreaterThan(0.08);
  });

  it("say that they would pay if they were the only ones", () => {
    const worth = { marginPerUnit: 10, costPerTreated: 0.3 };
    const arms = [armOf("card", 2425), armOf("luck", 2305)];
    const said = (treatments: StudyArm[]): string =>
      judge([studyOf("s", armOf("none", 2000), treatments)], { worth }).headline;
    expect(said(arms.slice(0, 1))).toMatch(/^Card pays: /);
    expect(said(arms)).toMatch(/^Card: whether it pays is open: .*, clear if it were the only/);
  });

  it("have a p that agrees with the interval of the net, given or measured", () => {
    for (const kept of [2210, 2300, 2412, 2420, 2500]) {
      const worth = { marginPerUnit: 10, costPerTreated: 0.3 };
      const study = studyOf("s", armOf("none", 2000), [armOf("card", kept)]);
      const [given] = judge([study], { worth }).studies[0]!.worth;
      expect(given!.p < 0.05).toBe(given!.lower > 0 || given!.upper < 0);
      const users = (id: string, count: number, cost: number) => {
        const each = Array.from({ length: N }, (_, i) => (i < count ? 10 : 0) - cost);
        return [id, momentsOf(each)] as const;
      };
      const net = Object.fromEntries([users("none", 2000, 0), users("card", kept, 0.3)]);
      const measuredWorth = { marginPerUnit: 10, net, cost: net };
      const [measured] = judge([{ ...study, measuredWorth }]).studies[0]!.worth;
      expect(measured!.p).toBeCloseTo(given!.p, 2);
      expect(given!.holmP).toBeNull();
    }
  });

  it("have not paid back, where that is clear of one of them only", async () => {
    // Active in month 2: 40 % held out, more with the card; the margin makes it just clear.
    const part = (id: string, active: number, cost: number) => ({
      ...{ id, users: N },
      rows: [
        { mask: 0b011, users: active, outlay: cost * active, outlaySquares: cost ** 2 * active },
        {
          ...{ mask: 0b001, users: N - active },
          ...{ outlay: cost * (N - active), outlaySquares: cost ** 2 * (N - active) },
        },
      ],
    });
    const read = async (others: number) => {
      const luck = Array.from({ length: others }, (_, i) => part(`luck ${i}`, 4100, 0.1));
      const payback = await paybackOf(
        {
          ...{ periodDays: 30, periods: 3, control: part("none", 4000, 0) },
          treatments: [part("card", 4245, 0.1), ...luck],
        },
        {
          ...{ marginPerActivePeriod: 10, discountPerYear: 0, currency: "CNY" },
          ...{ horizonPeriods: 3, seed: 1 },
        },
      );
      const treated = [armOf("card", 2300), ...luck.map(({ id }) => armOf(id, 2010))];
      return judge([{ ...studyOf("s", armOf("none", 2000), treated), payback }]);
    };
    const [one, four] = [await read(0), await read(3)];
    const [alone, among] = [one, four].map(({ studies }) => studies[0]!.payback!.arms[0]!.watched);
    expect(alone).toMatchObject({ finding: "pays", holmP: null });
    expect(among!.net.lower).toBe(alone!.net.lower);
    expect(among).toMatchObject({ finding: "unclear", holmP: 4 * among!.p });
    expect(one.headline).toMatch(/^Card pays back by month 2: /);
    expect(four.headline).toMatch(
      /^Card: whether it pays back by month 3 is open: .*, clear if it were the only question/,
    );
  });
});

describe("a sound study beside a broken one", () => {
  const sound = studyOf("audience a", armOf("none", 2000), [armOf("card", 3000)]);
  const broken = studyOf("audience b", armOf("none", 2000), [armOf("card", 2400, 8000)]);
  const worth = { marginPerUnit: 10, costPerTreated: 0.3 };

  it("comes after what is broken, in words of the weaker grade", () => {
    for (const studies of [
      [sound, broken],
      [broken, sound],
    ]) {
      const read = judge(studies, { worth });
      expect(read.grade).toBe("B");
      expect(read.headline).toMatch(
        /^Audience b: Randomisation broken \(sample ratio: none 10,000/,
      );
      expect(read.headline).toContain("Audience a: card went with +10.00 points in kept");
      expect(read.headline).toContain(
        "Audience b: What follows is no evidence of an effect: card went with +10.00 points",
      );
      expect(read.headline).not.toMatch(/caused|pays/);
    }
    expect(judge([sound], { worth }).headline).toMatch(/^Card pays: .*caused/);
    expect(judge([broken], { worth }).headline).toMatch(/^Randomisation broken \(/);
  });

  it("is named, where both are sound", () => {
    const other = { ...sound, title: "audience b" };
    expect(judge([sound, other]).headline).toMatch(
      /^Audience a: card caused \+10.00 points .* Audience b: card caused \+10.00 points/,
    );
  });
});

describe("the verdict's sentence", () => {
  const studies = [studyOf("audience a", armOf("none", 2000), [armOf("card", 3000)])];

  it("stands in the object, and first in text and page, before title and grade", () => {
    const both = [...studies, { ...studies[0]!, title: "audience b" }];
    for (const read of [judge(studies), judge(both)]) {
      expect(read.headline).toBe(headline(read));
      const text = verdictText(read);
      const first = text.split("\n")[0]!;
      expect(first.length).toBeGreaterThan(40);
      expect(read.headline.startsWith(first)).toBe(true);
      expect(text.replace(/\s+/g, " ").startsWith(read.headline)).toBe(true);
      expect(text.indexOf("evidence of grade A")).toBeGreaterThan(read.headline.length);
      const page = renderHtmlPage(verdictReport(read));
      const body = page.slice(page.indexOf("<body>"));
      expect(body).toMatch(/^<body>\s*<header><p class="headline">(Audience a: card|Card) caused/);
      expect(body.search(/card caused/i)).toBeLessThan(body.indexOf("<h1>"));
    }
    expect(verdictText(judge(studies)).split(/card caused/i)).toHaveLength(2);
  });
});
