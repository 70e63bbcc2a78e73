// plan.yaml: the example is read whole; many problems come at once; no text breaks the reading.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { createAssumptionSet } from "../src/plan/assumptions/index.ts";
import {
  campaignNameOf,
  type Parameter,
  type PlanFile,
  parametersOf,
  requirePlan,
} from "../src/plan/plan-file/index.ts";
import { altered, check, PLAN, problemsOf } from "./plan-file.fixture.ts";

/** Those that the plan has: what may be left out, and is, is not there. */
function statedOf({ campaign, assumptions }: PlanFile): Parameter[] {
  const stated = new Set(assumptions.map(({ id }) => id));
  return parametersOf(campaign).filter(({ id, default: silent }) => {
    return silent !== "absent" || stated.has(id);
  });
}

function read(): PlanFile {
  return requirePlan(check(PLAN));
}

describe("examples/qwen-2026/plan.yaml", () => {
  test("is read without a problem, at the size of the real campaign", () => {
    expect(check(PLAN).problems).toEqual([]);
    const { terms, campaign } = read();
    expect(campaign.budgetMinor).toBe(300_000_000);
    expect(terms.budget).toBe(3e9);
    expect(terms.waves.map(({ budget }) => budget)).toEqual([2.7e9, 3e8]);
    expect(terms.offers.map(({ meanReward }) => meanReward)).toEqual([25, expect.closeTo(8.55, 2)]);
    expect(terms.offers[1]).toMatchObject({ greatestReward: 2888, wave: 1 });
    expect(terms.perUser).toEqual({ grants: 21, grantsPerDay: 6, money: 3413 });
    expect(terms.holdoutShare).toBe(0.02);
    expect(terms.audiences).toEqual([{ id: "existing", holdoutShare: 0.02 }]);
    const limitOf = (id: string): number => terms.caps.find((cap) => cap.id === id)!.limit;
    expect(limitOf("wave-budget:cards")).toBe(2.7e9);
    expect(limitOf("merchant-hour")).toBe(20_000);
  });

  test("plans with the campaign as it opened, its cards and envelopes alone", () => {
    const file = new URL("../examples/qwen-2026/campaign.yaml", import.meta.url);
    const opened = requirePlan(check(PLAN, readFileSync(file, "utf8"))).campaign;
    const { campaign: announced } = read();
    // Prizes and compensation are set aside from the cards' wave.
    expect(announced.budgetMinor - opened.budgetMinor).toBe(3_000_000);
    const { title, budgetMinor, waves, caps } = opened;
    expect({ ...announced, title, budgetMinor, waves, caps }).toEqual(opened);
  });

  test("has every parameter in the table's order, in the parameter's unit", () => {
    const plan = read();
    const { assumptions } = plan;
    expect(assumptions.map(({ id }) => id)).toEqual(statedOf(plan).map(({ id }) => id));
    const of = (id: string): unknown => assumptions.find((one) => one.id === id);
    expect(of("reach.people")).toMatchObject({
      unit: "users",
      distribution: { kind: "lognormal", p5: 15e6, p95: 200e6 },
      point: expect.closeTo(Math.sqrt(15 * 200) * 1e6, 0),
      origin: "assumption",
    });
    expect(of("marketing")).toMatchObject({ unit: "CNY", distribution: { high: 1e9 } });
    expect(of("offers.card.redeemed")).toMatchObject({
      distribution: { kind: "pert", low: 0.4, mode: 0.75, high: 0.95 },
    });
    expect(of("offers.card.returning")).toMatchObject({ origin: "default", point: 0 });
  });

  test("is drawn, within the bounds, with its correlations", () => {
    const plan = read();
    const set = createAssumptionSet(plan.assumptions, plan.correlations, plan.seed);
    const into = new Float64Array(plan.assumptions.length);
    const parameters = statedOf(plan);
    const [d1, d30] = [set.ordinal("retention.d1"), set.ordinal("retention.d30")];
    for (let index = 0; index < 2_000; index++) {
      set.draw(index, into);
      expect(into[d30]).toBeLessThan(into[d1]!);
      const outside = parameters.filter(
        ({ low, high }, i) => !(into[i]! >= low && into[i]! <= high),
      );
      expect(outside).toEqual([]);
    }
  });

  test("has the comparisons of the issue, the split and the decision", () => {
    const { scenarios, split, decision, dayCurve } = read();
    expect(scenarios.map(({ id, changes }) => [id, ...changes])).toEqual([
      ["half", { kind: "budget", change: { kind: "times", factor: 0.5 } }],
      ["card-15", { kind: "amount", offer: "card", change: { kind: "to", value: 15 } }],
      [
        "no-invites",
        { kind: "assumption", id: "invites.perClaimer", change: { kind: "to", value: 0 } },
      ],
      ["even", { kind: "pacing", pacing: "even" }],
      ["tencent", { kind: "budget", change: { kind: "to", value: 1e9 } }],
      ["baidu", { kind: "budget", change: { kind: "to", value: 5e8 } }],
    ]);
    expect(split?.waves[0]).toEqual({ wave: "cards", low: 0.5, high: 0.97 });
    expect(split?.amounts).toEqual([{ offer: "card", low: 10, high: 40 }]);
    expect(decision).toMatchObject({ stake: 3e9, withinMonths: 12, level: 0.95, power: 0.8 });
    expect(dayCurve.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });
});

test("the editor's schema is named by the example, and knows its keys", () => {
  expect(PLAN).toMatch(/^# yaml-language-server: \$schema=..\/..\/schema\/plan\.schema\.json\n/);
  const url = new URL("../schema/plan.schema.json", import.meta.url);
  const { properties } = JSON.parse(readFileSync(url, "utf8"));
  for (const key of Object.keys(parse(PLAN))) expect(properties).toHaveProperty(key);
});

test("the campaign file that is meant can be asked for first", () => {
  expect(campaignNameOf(PLAN)).toBe("announced.yaml");
  expect(campaignNameOf("title: x\ncampaign: other.yaml")).toBe("other.yaml");
  expect(campaignNameOf("title: x")).toBe("campaign.yaml");
  expect(campaignNameOf("][")).toBe("campaign.yaml");
});

test("many problems come at once, in the order of the file, and the first makes the error", () => {
  const text = altered("uniform: [3, 7]", "uniform: [7, 3]")
    .replace("stake: 3 billion CNY", "stake: 0")
    .replace("p5: 15, p95: 200", "p5: 0, p95: 200");
  const problems = problemsOf(text);
  expect(problems).toHaveLength(3);
  expect(problems.map((problem) => problem.split(" ")[1])).toEqual([
    "reach.people.lognormal:",
    "reach.existing.uniform:",
    "decision.stake:",
  ]);
  expect(() => requirePlan(check(text))).toThrow(`${problems[0]}, and 2 more`);
});

test("no value in any place is more than a problem", () => {
  const values = ["x", '"1"', "-3", "[]", "[x]", "{}", "{ id: x }", "null", "x0.5", "1e999"];
  const lines = PLAN.split("\n");
  for (const [i, line] of lines.entries()) {
    if (!/^[^#]*:/.test(line)) continue;
    const value = values[i % values.length]!;
    const text = [
      ...lines.slice(0, i),
      line.replace(/: .*|:$/, `: ${value}`),
      ...lines.slice(i + 1),
    ];
    expect(() => check(text.join("\n")), `${i + 1}: ${value}`).not.toThrow();
  }
});
