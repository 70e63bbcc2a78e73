// The concept pages on effects teach with figures of the examples that ship. Here they are computed
// again: a page whose figures no longer come out is wrong.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type EffectRow, type Metric, readProject, type Study } from "../src/prove/index.ts";
import { countsStudy } from "../src/prove/project/counts-study.ts";
import { verdictOf } from "../src/prove/verdict.ts";
import { formatNumber, formatSigned } from "../src/report/format.ts";
import { momentsOf, pairMomentsOf, sequenceWidth } from "../src/stats/index.ts";
import { meanText } from "../src/verdict/verdict-words.ts";

const ROOT = resolve(import.meta.dirname, "..");
const page = (name: string): string =>
  readFileSync(join(ROOT, "docs/concepts", name), "utf8").replace(/\s+/g, " ");

let mail: readonly EffectRow[];
let guardrailBound: string;
let card: readonly EffectRow[];

beforeAll(async () => {
  const { plan, sources } = await readProject(join(ROOT, "examples/hillstrom/prove.yaml"));
  if (sources.kind !== "counts") throw new Error("expected the counts that ship");
  const guardrail = { metric: "spend", worse: "lower", margin: 0.1, isRelative: true } as const;
  const study: Study = {
    ...(await countsStudy(plan, sources)).study,
    reading: {
      plannedUsers: 64_000,
      negligible: { conversion: 0.005 },
      priors: { spend: { mean: 0, variance: 0.0625 } },
      guardrails: [guardrail],
    },
  };
  const [read] = verdictOf({ title: "", studies: [study] }).studies;
  mail = read!.effects;
  guardrailBound = formatSigned(100 * read!.guardrails[1]!.bound!, 1);
  card = cardEffects();
});

/** The shipped table of the card, with a ratio beside what the guide shows. */
function cardEffects(): readonly EffectRow[] {
  const text = readFileSync(join(ROOT, "examples/tables/works-and-loses.csv"), "utf8");
  const rows = text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));
  const armOf = (id: string) => {
    const own = rows.filter((row) => row[1] === id).map((row) => [+row[2]!, +row[3]!] as const);
    const outcomes = {
      kept: momentsOf(own.map(([kept]) => kept)),
      orders: momentsOf(own.map(([, orders]) => orders)),
    };
    const ratios = { each: pairMomentsOf(own.map(([kept, orders]) => [orders, kept])) };
    return { id, n: own.length, weight: 1, outcomes, ratios, claims: null };
  };
  const metrics: Metric[] = [
    { id: "kept", title: "kept", kind: "share", unit: "", digits: 2 },
    { id: "orders", title: "orders", kind: "mean", unit: "", digits: 3 },
    { id: "each", title: "orders a kept user", kind: "ratio", unit: "", digits: 2 },
  ];
  const study: Study = {
    ...{ title: "", estimand: "being assigned", randomised: true, ownAllocator: false },
    ...{ metrics, control: armOf("none"), treatments: [armOf("card")], source: "" },
  };
  return verdictOf({ title: "", studies: [study] }).studies[0]!.effects;
}

function rowOf(rows: readonly EffectRow[], metric: string, arm: string): EffectRow {
  return rows.find((row) => row.metric.id === metric && row.arm === arm)!;
}

function points(value: number, digits = 2): string {
  return formatSigned(100 * value, digits);
}

const bounds = (each: { lower: number; upper: number }, digits: number, by = 1): string =>
  `${formatSigned(by * each.lower, digits)} to ${formatSigned(by * each.upper, digits)}`;

describe("the page", () => {
  it("on effects", () => {
    const text = page("effects.md");
    const kept = rowOf(card, "kept", "card");
    expect(text).toContain(`${points(kept.absolute!.estimate)} points`);
    expect(text).toContain(`${points(kept.relative!.estimate, 1)} %`);
    const each = rowOf(card, "each", "card");
    expect(text).toContain(meanText(each.metric, each.controlMean));
    expect(text).toContain(meanText(each.metric, each.treatmentMean));
    const size = formatSigned(each.absolute!.estimate, 2);
    expect(text).toContain(`${size} (95 %: ${bounds(each.absolute!, 2)})`);
  });

  it("on looking early", () => {
    const text = page("looking-early.md");
    const orders = rowOf(card, "orders", "card");
    expect(text).toContain(bounds(orders.absolute!, 3));
    expect(text).toContain(bounds(orders.alwaysValid!, 3));
    const visits = rowOf(mail, "visit", "mens");
    expect(text).toContain(bounds(visits.absolute!, 2, 100));
    expect(text).toContain(bounds(visits.alwaysValid!, 2, 100));
    const width = (users: number) => formatNumber(sequenceWidth(users, 0.05, 40_000), 2);
    for (const users of [4_000, 40_000, 400_000]) expect(text).toContain(`| ${width(users)} |`);
  });

  it("on many questions", () => {
    const text = page("many-questions.md");
    const spend = rowOf(mail, "spend", "womens");
    expect(text).toContain(`p = ${spend.absolute!.p.toFixed(5)}`);
    const womens = rowOf(mail, "conversion", "womens");
    expect(text).toContain(`p = ${womens.absolute!.p.toFixed(5)}`);
    expect(text).toContain(`Holm ${womens.holmP!.toFixed(5)}`);
    expect(text).toContain(`Benjamini-Hochberg ${womens.bhP!.toFixed(5)}`);
    expect(text).toContain(`p = ${womens.equivalence!.p.toFixed(3)}`);
    expect(text).toContain(bounds(womens.equivalence!, 2, 100));
    expect(womens.equivalence!.finding).toBe("as good as none");
    expect(text).toContain(`${guardrailBound} %`);
    const lower = (metric: string, arm: string) => rowOf(mail, metric, arm).absolute!.lower;
    const [bought, spent] = [points(lower("conversion", "mens")), lower("spend", "mens")];
    expect(text).toContain(`(at least ${bought} points and ${formatSigned(spent, 3)} USD)`);
    expect(text).toContain(`is not (${formatSigned(lower("spend", "womens"), 3)} USD)`);
  });

  it("on the Bayesian reading", () => {
    const text = page("bayesian-reading.md");
    const orders = rowOf(card, "orders", "card").posterior!;
    expect(text).toContain(`${(100 * orders.chanceAboveZero).toFixed(1)} %`);
    expect(text).toContain(orders.lossIfNot.toFixed(3));
    expect(text).toContain(orders.lossIfShipped.toFixed(5));
    const mens = rowOf(mail, "spend", "mens");
    expect(text).toContain(formatSigned(mens.absolute!.estimate, 3));
    expect(text).toContain(`${formatSigned(mens.posterior!.mean, 3)}`);
    expect(text).toContain(bounds(mens.posterior!, 3));
  });
});
