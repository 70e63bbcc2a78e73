// What a value of plan.yaml cannot be: its shape, its distribution, its unit, each with its line.
import { describe, expect, test } from "vitest";
import { altered, type Case, expectProblem, problemsOf } from "./plan-file.fixture.ts";

describe("shape:", () => {
  const cases: Case[] = [
    ["an unknown key", "  organic:", "  organik:", "organik", "(did you mean organic?)"],
    ["an unknown key at the top", "retry:", "retri:", "retri", "(did you mean retry?)"],
    ["a key twice", "retry:", "abuse:", "abuse:\n  pert: [1 %", "expected each key once"],
    [
      "no source",
      /source: assumption\n {4}why: the app was/,
      "why: the app was",
      "organic:",
      "expected the key source, found nothing",
    ],
    [
      "a needed group",
      / {2}people:\n( {4}.*\n){4}/,
      "",
      "reach:",
      "reach.people: expected the key people: People who come by themselves",
    ],
    [
      "a number for an assumption",
      /retry:\n( {2}.*\n){3}/,
      "retry: 0.6\n",
      "retry: 0.6",
      "retry: expected an assumption: its value and source, found 0.6",
    ],
    [
      "two numbers for a triangle",
      "[1 %, 8 %, 30 %]",
      "[1 %, 8 %]",
      "[1 %, 8 %]",
      "expected at least 3 items",
    ],
    [
      "text for a number",
      "p5: 15,",
      "p5: many,",
      "p5: many",
      'expected a number, or a share such as "12.8 %", found "many"',
    ],
    [
      "a curve of 3 hours",
      "dayCurve: meals",
      "dayCurve: [1, 2, 3]",
      "dayCurve",
      "expected 24 weights or one of even, meals, evening",
    ],
    ["an unknown curve", "dayCurve: meals", "dayCurve: lunch", "dayCurve", 'found "lunch"'],
  ];
  test.each(cases)("%s", (...one) => expectProblem(one));

  test("what is no YAML, or nothing", () => {
    expect(problemsOf("")).toEqual(["plan.yaml:1:1: expected a plan, found an empty file"]);
    expect(problemsOf("a: [1, 2")[0]).toMatch(/^plan\.yaml:1:9: expected a closing bracket/);
    expect(problemsOf("- 1")[0]).toMatch(/^plan\.yaml:1:1: expected an object, found a list of 1/);
  });
});

describe("distributions that cannot be:", () => {
  const cases: Case[] = [
    [
      "p5 above p95",
      "p5: 15, p95: 200",
      "p5: 200, p95: 15",
      "p5: 200",
      "reach.people.lognormal: expected 0 < p5 < p95, found p5 200 and p95 15",
    ],
    [
      "a negative sd",
      "pert: [1 %, 5 %, 20 %]",
      "beta: { mean: 5 %, sd: -1 % }",
      "beta:",
      "abuse.beta: expected an sd above 0, found -0.01",
    ],
    [
      "a share over 1",
      "uniform: [30 %, 75 %]",
      "uniform: [30 %, 130 %]",
      "130 %",
      "retention.d1.uniform: expected share from 0 to 1, both excluded, found numbers from 0.3 to 1.3",
    ],
    [
      "a share over 1 far out",
      "pert: [1 %, 5 %, 20 %]",
      "normal: { mean: 10 %, sd: 3 % }",
      "normal: { mean",
      "abuse.normal: expected share from 0 to 0.9, cut by within: [0, 0.9], found numbers of any size",
    ],
    [
      "a lognormal share",
      "pert: [1 %, 5 %, 20 %]",
      "lognormal: { p5: 1 %, p95: 9 % }",
      "lognormal: { p5: 1 %",
      "cut by within: [0, 0.9], found numbers from 0 on",
    ],
    [
      "a share of nobody",
      "uniform: [30 %, 75 %]",
      "value: 100 %",
      "value: 100 %\n    source: assumption\n    why: no figure",
      "retention.d1.value: expected share from 0 to 1, both excluded, found 1",
    ],
    [
      "a triangle out of order",
      "[50 %, 80 %, 95 %]",
      "[80 %, 50 %, 95 %]",
      "[80 %, 50 %, 95 %]",
      "expected [least, likeliest, greatest] in this order",
    ],
    [
      "two shapes",
      "uniform: [3, 7]",
      "uniform: [3, 7]\n    value: 5",
      "existing:",
      "expected exactly one of value, uniform, triangular, pert, lognormal, normal, beta, found value and uniform",
    ],
    [
      "a cut that leaves nothing",
      "pert: [1 %, 5 %, 20 %]",
      "beta: { mean: 5 %, sd: 1 %, within: [0.5, 0.6] }",
      "beta:",
      "expected all of its numbers in % or none, found 5 % and 0.5",
    ],
    [
      "a negative half-life",
      "pert: [1, 4, 14], unit: days, source: assumption, why: as",
      "pert: [-1, 4, 14], unit: days, source: assumption, why: as",
      "[-1, 4, 14]",
      "reach.waves.envelopes.halfLife.pert: expected days from 0 on, 0 excluded, found numbers from -1 to 14",
    ],
  ];
  test.each(cases)("%s", (...one) => expectProblem(one));
});

describe("units:", () => {
  const cases: Case[] = [
    [
      "a scale that every object answers to",
      "unit: million users\n    source: assumption\n    why: from",
      "unit: constructor users\n    source: assumption\n    why: from",
      "unit: constructor",
      'reach.people.unit: expected users, found "constructor users"',
    ],
    [
      "another unit",
      "unit: million users\n    source: assumption\n    why: from",
      "unit: million orders\n    source: assumption\n    why: from",
      "million orders\n    source",
      'reach.people.unit: expected users, found "million orders"',
    ],
    [
      "another currency",
      "unit: CNY\n  source: assumption\n  why: contribution",
      "unit: USD\n  source: assumption\n  why: contribution",
      "unit: USD",
      `margin.unit: expected CNY, the campaign's currency, found "USD"`,
    ],
    [
      "no unit",
      "    unit: invites\n",
      "",
      "lognormal: { p5: 0.1, p95: 2 }",
      "expected the key unit: invites, found nothing",
    ],
    [
      "a share of money",
      "lognormal: { p5: 1, p95: 8 }",
      "lognormal: { p5: 1 %, p95: 8 % }",
      "p5: 1 %",
      "margin.lognormal: expected numbers of CNY, found the share 1 %",
    ],
    [
      "% and plain numbers mixed",
      "[1 %, 8 %, 30 %]",
      "[0.01, 8 %, 30 %]",
      "[0.01,",
      "reach.organic.pert: expected all of its numbers in % or none, found 8 % and 0.01",
    ],
    [
      "a scaled share",
      "pert: [1 %, 5 %, 20 %]",
      "pert: [1 %, 5 %, 20 %]\n  unit: million share",
      "million share",
      "abuse.unit: expected share, or numbers in %",
    ],
    [
      "nothing but abuse",
      "pert: [1 %, 5 %, 20 %]",
      "pert: [1 %, 5 %, 100 %]",
      "pert: [1 %, 5 %, 100 %]",
      "abuse.pert: expected share from 0 to 0.9, found numbers from 0.01 to 1",
    ],
    [
      "a budget without its unit",
      "1 billion CNY",
      "0.5",
      "budget: 0.5",
      'expected a number with its unit, such as "0.5 million CNY", or x0.5, found 0.5',
    ],
    [
      "a budget in dollars",
      "1 billion CNY",
      "1 billion USD",
      "1 billion USD",
      'scenarios[4].set.budget: expected a number of CNY above 0, such as "3 million CNY", or x0.5 of it, found 1 billion USD',
    ],
  ];
  test.each(cases)("%s", (...one) => {
    const text = altered(one[1], one[2]);
    if (one[0] !== "no unit") return expectProblem(one);
    // Told at the assumption that lacks it.
    expect(problemsOf(text).join("\n")).toContain(one[4]);
  });
});
