// What does not fit together: retention, the campaign file, correlations, scenarios, questions.
import { describe, expect, test } from "vitest";
import {
  altered,
  CAMPAIGN,
  type Case,
  check,
  expectProblem,
  lineOf,
  PLAN,
  problemsOf,
} from "./plan-file.fixture.ts";

describe("retention does not rise:", () => {
  const cases: Case[] = [
    [
      "supports that overlap",
      "uniform: [4.7 %, 23.5 %]",
      "uniform: [4.7 %, 33.5 %]",
      "d30:",
      "retention.d30: expected a D30 below D1 in every draw: ranges that do not overlap, or are cut by within: [low, high], found from 0.047 to 0.335 against a D1 from 0.3 to 0.75",
    ],
    [
      "a beta, which has no end",
      "uniform: [4.7 %, 23.5 %]",
      "beta: { mean: 12 %, sd: 4 % }",
      "d30:",
      "found from 0 to 1 against a D1",
    ],
    [
      "a lift above D30",
      "pert: [0 %, 1 %, 4 %]",
      "pert: [0 %, 1 %, 6 %]",
      "lift:",
      "retention.lift: expected a lift of at most 0.047, the least D30, which includes it, found from 0 to 0.06",
    ],
    [
      "a loss that carries D30 over D1",
      "pert: [0 %, 1 %, 4 %]",
      "pert: [-8 %, 1 %, 4 %]",
      "lift:",
      "expected a D30 without the reward below 0.3, the least D1, found up to 0.315",
    ],
    [
      "a D30 that no curve reaches",
      "uniform: [30 %, 75 %]",
      "uniform: [30 %, 98 %]",
      "d30:",
      "retention.d30: expected a D30 above 0.545484",
    ],
    [
      "in a scenario",
      "set: { budget: x0.5 }",
      "set: { retention.d30: x2 }",
      "retention.d30: x2",
      'scenarios[0].set["retention.d30"]: expected a D30 below D1 in every draw',
    ],
  ];
  test.each(cases)("%s", (...one) => {
    const [, from, to, at, says] = one;
    const text = altered(from, to);
    const found = problemsOf(text).find((problem) => problem.includes(says));
    expect(found, problemsOf(text).join("\n")).toBeDefined();
    expect(found!.startsWith(`plan.yaml:${lineOf(text, at)}:`), found).toBe(true);
  });

  test("a beta that is cut is read", () => {
    const text = altered(
      "uniform: [4.7 %, 23.5 %]",
      "beta: { mean: 12 %, sd: 4 %, within: [5 %, 29 %] }",
    );
    expect(check(text).problems).toEqual([]);
  });
});

describe("the campaign file beside it:", () => {
  const cases: Case[] = [
    [
      "a wave that it has not",
      "    envelopes:\n      weight",
      "    gala:\n      weight",
      "    gala:",
      "reach.waves.gala: expected a wave of the campaign file: cards, envelopes",
    ],
    [
      "an offer misspelt",
      "  envelope:\n",
      "  envelop:\n",
      "  envelop:",
      "(did you mean envelope?)",
    ],
    [
      "a wave without its weight",
      "weight: { value: 1, unit: ratio, source: the measure of the other wave }",
      "",
      "cards:",
      "reach.waves.cards.weight in ratio",
    ],
    [
      "a correlation of an unknown name",
      "between: [reach.people, retention.d30]",
      "between: [reach.peple, retention.d30]",
      "- between: [reach.peple",
      "expected assumptions that are there, found reach.peple",
    ],
    [
      "a correlation with a fixed value",
      "between: [retention.d30, margin]",
      "between: [retention.d30, reach.waves.cards.weight]",
      "- between: [retention.d30, reach",
      "found reach.waves.cards.weight, which is fixed",
    ],
    [
      "ranks that cannot hold together",
      "scenarios:\n",
      "  - { between: [reach.people, margin], rank: 0.9, source: assumption }\n\nscenarios:\n",
      "  - { between: [reach.people, margin]",
      "expected ranks that can hold together, found reach.people and retention.d30 (-0.9), retention.d30 and margin (0.9)",
    ],
    [
      "a scenario that changes nothing known",
      "offers.card.amount: 15 CNY",
      "offers.cart.amount: 15 CNY",
      "offers.cart.amount",
      "(did you mean offers.card.amount?)",
    ],
    [
      "a decision beyond the months that are counted",
      /^months: .*$/m,
      "months: 6",
      "within: ",
      "decision.within: expected at most 6, the months that are counted",
    ],
    [
      "a scenario out of bounds",
      "invites.perClaimer: 0",
      "abuse: x6",
      "abuse: x6",
      "expected share from 0 to 0.9, found 0.06 to 1.2",
    ],
    [
      "a split that gives too much",
      "cards: { from: 50 %, to: 97 % }",
      "cards: { from: 98 %, to: 99 % }",
      "waves:\n    cards: { from: 98",
      "expected least shares of at most 1 in all, found 1.01",
    ],
    [
      "a stake without currency",
      "stake: 3 billion CNY",
      "stake: 3 billion",
      "stake:",
      'expected an amount in CNY, such as "3 billion CNY", found 3 billion',
    ],
  ];
  test.each(cases)("%s", (...one) => {
    const isBroken = one[0].startsWith("ranks");
    const strong = /rank: (-?)0\.[34]/g;
    const [what, from, to, at, says] = one;
    if (!isBroken) {
      if (what.endsWith("its weight")) {
        expect(problemsOf(altered(from, to)).join("\n")).toContain(says);
        return;
      }
      expectProblem([what, from, to, at, says]);
      return;
    }
    const text = altered(from, to).replace(strong, "rank: $10.9");
    const found = problemsOf(text).find((problem) => problem.includes(says));
    expect(found, problemsOf(text).join("\n")).toMatch(
      new RegExp(`^plan.yaml:${lineOf(text, at)}:`),
    );
  });

  test("a wave and an offer that the plan lacks are one problem each", () => {
    const text = altered(/ {4}envelopes:\n( {6}.*\n)+/, "").replace(
      / {2}envelope:\n( {4}.*\n)+/,
      "",
    );
    // Assumptions of the missing wave are not asked for one by one.
    expect(problemsOf(text).map((problem) => problem.replace(/^[^ ]* /, ""))).toEqual([
      "reach.waves.envelopes: expected the key envelopes, found nothing",
      "offers.envelope: expected the key envelope, found nothing",
    ]);
  });

  test("what is wrong with it is told by its own lines", () => {
    const campaign = CAMPAIGN.replace("currency: CNY", "currency: yuan");
    expect(problemsOf(PLAN, campaign)[0]).toMatch(/^announced\.yaml:17:11: currency: expected/);
  });
});
