import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BASE, withLine } from "./base-campaign.fixture.ts";
import { parseCampaignFile, requireCampaign } from "./parse-campaign.ts";
import { formatProblem } from "./problems.ts";

/** All problems of a text, one a line. */
function problemsOf(text: string): string[] {
  return parseCampaignFile(text, "c.yaml").problems.map(formatProblem);
}

test("the base campaign has no problem (control)", () => {
  expect(problemsOf(BASE)).toEqual([]);
});

describe("an error names line, column, path, what was expected and what was found:", () => {
  // The line of the base that is replaced, by what, and what the problem says.
  const cases: [string, number, string | null, string][] = [
    [
      "a missing key",
      5,
      null,
      "c.yaml:1:1: budget: expected the key budget: an amount such as 25.00, found nothing",
    ],
    [
      "an unknown key",
      5,
      "buget: 1000.00",
      'c.yaml:5:1: buget: expected one of the keys campaign, title, currency, timeZone, budget, starts, ends, closes, settlingLag, releaseGrace, waves, offers, caps, holdout, assignment, variants, audiences, attributes, facts, lists, rehearsal, grey, surfaces, fourEyes, draws, measure, beacon, invites, compensation, overissue, contingency, found the unknown key "buget" (did you mean budget?)',
    ],
    [
      "an amount in quotes",
      5,
      'budget: "1000.00"',
      'c.yaml:5:9: budget: expected an amount such as 25.00, without quotes, found "1000.00"',
    ],
    [
      "odds in quotes",
      33,
      "          odds: '999'",
      'c.yaml:33:17: offers[1].reward.table[1].odds: expected a whole number from 1 to 4294967296, without quotes, found "999"',
    ],
    [
      "an unknown key within",
      23,
      "      fixd: 25.00",
      'c.yaml:23:7: offers[0].reward.fixd: expected one of the keys fixed, table, pot, found the unknown key "fixd" (did you mean fixed?)',
    ],
    [
      "an id in capitals",
      20,
      "  - id: Card",
      'c.yaml:20:9: offers[0].id: expected lower-case letters, digits and hyphens, at most 63, found "Card"',
    ],
    [
      "a currency's name",
      3,
      "currency: yuan",
      'c.yaml:3:11: currency: expected a currency code such as CNY, found "yuan"',
    ],
    [
      "a zone that is none",
      4,
      "timeZone: Asia/Shangai",
      'c.yaml:4:11: timeZone: expected a time zone such as Asia/Shanghai, found "Asia/Shangai"',
    ],
    [
      "a time without zone",
      6,
      "starts: 2026-03-01T00:00:00",
      'c.yaml:6:9: starts: expected a time with zone such as 2026-02-06T00:00:00+08:00, found "2026-03-01T00:00:00"',
    ],
    [
      "a day without time",
      6,
      "starts: 2026-03-01",
      'c.yaml:6:9: starts: expected a time with zone such as 2026-02-06T00:00:00+08:00, found "2026-03-01"',
    ],
    [
      "30 February",
      6,
      "starts: 2026-02-30T00:00:00+08:00",
      'c.yaml:6:9: starts: expected a time that exists, with zone, found "2026-02-30T00:00:00+08:00"',
    ],
    [
      "24 o'clock",
      6,
      "starts: 2026-02-28T24:00:00+08:00",
      'c.yaml:6:9: starts: expected a time that exists, with zone, found "2026-02-28T24:00:00+08:00"',
    ],
    [
      "a duration in words",
      9,
      "settlingLag: 1 day",
      'c.yaml:9:14: settlingLag: expected a duration such as 7d, 24h or 90m, found "1 day"',
    ],
    [
      "an amount with underscores",
      5,
      "budget: 1_000",
      'c.yaml:5:9: budget: expected an amount such as 25.00, found "1_000"',
    ],
    [
      "an amount with commas",
      5,
      "budget: 1,000.00",
      'c.yaml:5:9: budget: expected an amount such as 25.00, found "1,000.00"',
    ],
    [
      "an amount in words",
      5,
      "budget: lots",
      'c.yaml:5:9: budget: expected an amount such as 25.00, found "lots"',
    ],
    [
      "a negative amount",
      5,
      "budget: -5",
      "c.yaml:5:9: budget: expected an amount such as 25.00, found -5",
    ],
    [
      "not a number",
      5,
      "budget: .nan",
      "c.yaml:5:9: budget: expected an amount such as 25.00, found NaN",
    ],
    [
      "an amount in powers of ten",
      5,
      "budget: 1e3",
      'c.yaml:5:9: budget: expected an amount of CNY with at most 2 decimals, in plain digits, found "1e3"',
    ],
    [
      "an amount in hexadecimal",
      5,
      "budget: 0x3e8",
      'c.yaml:5:9: budget: expected an amount of CNY with at most 2 decimals, in plain digits, found "0x3e8"',
    ],
    [
      "a third decimal",
      5,
      "budget: 1000.001",
      'c.yaml:5:9: budget: expected an amount of CNY with at most 2 decimals, in plain digits, found "1000.001"',
    ],
    [
      "a third decimal that is 0",
      5,
      "budget: 1000.000",
      'c.yaml:5:9: budget: expected an amount of CNY with at most 2 decimals, in plain digits, found "1000.000"',
    ],
    [
      "an amount beyond 2^53",
      5,
      "budget: 90071992547409.92",
      'c.yaml:5:9: budget: expected an amount of CNY with at most 2 decimals, in plain digits, found "90071992547409.92"',
    ],
    [
      "a float's rounding",
      23,
      "      fixed: 0.30000000000000004",
      'c.yaml:23:14: offers[0].reward.fixed: expected an amount of CNY with at most 2 decimals, in plain digits, found "0.30000000000000004"',
    ],
    [
      "a budget of nothing",
      5,
      "budget: 0",
      "c.yaml:5:9: budget: expected more than nothing, found 0.00 CNY",
    ],
    [
      "a group in place of text",
      2,
      "title: { en: Spring }",
      "c.yaml:2:8: title: expected text of 1 to 200 characters, found a group of keys",
    ],
    [
      "an empty value",
      2,
      "title:",
      "c.yaml:2:1: title: expected text of 1 to 200 characters, found null",
    ],
    [
      "an end before the start",
      7,
      "ends: 2026-02-11T00:00:00+08:00",
      "c.yaml:7:7: ends: expected after the start 2026-02-28T16:00:00.000Z, found 2026-02-10T16:00:00.000Z",
    ],
    [
      "a close before the end",
      8,
      "closes: 2026-03-10T00:00:00+08:00",
      "c.yaml:8:9: closes: expected not before the end 2026-03-10T16:00:00.000Z, found 2026-03-09T16:00:00.000Z",
    ],
    [
      "a campaign of ten years",
      8,
      "closes: 2036-03-10T00:00:00+08:00",
      "c.yaml:8:9: closes: expected fewer than 1200 days after the start, found 3662 days",
    ],
    [
      "a wave that ends first",
      13,
      "    to: 2026-03-01T00:00:00+08:00",
      "c.yaml:13:9: waves[0].to: expected after its start 2026-02-28T16:00:00.000Z, found 2026-02-28T16:00:00.000Z",
    ],
    [
      "a wave before the start",
      12,
      "    from: 2026-02-27T00:00:00+08:00",
      "c.yaml:12:11: waves[0].from: expected not before the campaign's start 2026-02-28T16:00:00.000Z, found 2026-02-26T16:00:00.000Z",
    ],
    [
      "a wave after the end",
      17,
      "    to: 2026-03-12T00:00:00+08:00",
      "c.yaml:17:9: waves[1].to: expected not after the campaign's end 2026-03-10T16:00:00.000Z, found 2026-03-11T16:00:00.000Z",
    ],
    [
      "waves out of order",
      12,
      "    from: 2026-03-06T00:00:00.001+08:00",
      "c.yaml:16:11: waves[1].from: expected waves in order: not before 2026-03-05T16:00:00.001Z, found 2026-03-05T16:00:00.000Z",
    ],
    [
      "wave budgets above the budget",
      18,
      "    budget: 400.01",
      "c.yaml:18:13: waves[1].budget: expected wave budgets that add up to at most 1000.00 CNY, found 1000.01 CNY",
    ],
    [
      "a wave's id twice",
      15,
      "  - id: one",
      "c.yaml:15:9: waves[1].id: expected an id of its own, found one again",
    ],
    [
      "an offer's id twice",
      26,
      "  - id: card",
      "c.yaml:26:9: offers[1].id: expected an id of its own, found card again",
    ],
    [
      "an unknown wave",
      21,
      "    wave: on",
      'c.yaml:21:11: offers[0].wave: expected the id of a wave (one, two), found "on" (did you mean one?)',
    ],
    [
      "no wave among two",
      21,
      null,
      "c.yaml:20:5: offers[0].wave: expected one of one, two, found nothing",
    ],
    [
      "an unknown audience",
      36,
      "    audience: knwon",
      'c.yaml:36:15: offers[1].audience: expected the id of an audience (known), found "knwon" (did you mean known?)',
    ],
    [
      "an amount above the budget",
      23,
      "      fixed: 1000.01",
      "c.yaml:23:14: offers[0].reward.fixed: expected at most the budget 1000.00 CNY, found 1000.01 CNY",
    ],
    [
      "an amount of nothing",
      32,
      "        - amount: 0.00",
      "c.yaml:32:19: offers[1].reward.table[1].amount: expected more than nothing, found 0.00 CNY",
    ],
    [
      "odds that are no whole number",
      33,
      "          odds: 0.5",
      "c.yaml:33:17: offers[1].reward.table[1].odds: expected a whole number from 1 to 4294967296, found 0.5",
    ],
    [
      "odds above 2^32 in sum",
      33,
      "          odds: 4294967296",
      "c.yaml:30:9: offers[1].reward.table: expected odds that add up to at most 4294967296, found 4294967297",
    ],
    [
      "an expiry before the wave",
      25,
      "      at: 2026-02-20T00:00:00+08:00",
      "c.yaml:25:11: offers[0].expires.at: expected after the wave's start 2026-02-28T16:00:00.000Z, found 2026-02-19T16:00:00.000Z",
    ],
    [
      "an expiry after the close",
      25,
      "      at: 2026-04-01T00:00:00.001+08:00",
      "c.yaml:25:11: offers[0].expires.at: expected the last expiry not after the close 2026-03-31T16:00:00.000Z, found 2026-03-31T16:00:00.001Z",
    ],
    [
      "a late claim's expiry after the close",
      35,
      "      after: 22d",
      "c.yaml:35:14: offers[1].expires.after: expected the last expiry not after the close 2026-03-31T16:00:00.000Z, found 2026-04-01T16:00:00.000Z",
    ],
    [
      "an expiry at once",
      35,
      "      after: 0d",
      "c.yaml:35:14: offers[1].expires.after: expected more than nothing, found 0",
    ],
    [
      "neither at nor after",
      25,
      "      {}",
      "c.yaml:25:7: offers[0].expires: expected exactly one of at and after, found neither",
    ],
    [
      "a cap's id twice",
      43,
      "  - id: per-user",
      "c.yaml:43:9: caps[1].id: expected an id of its own, found per-user again",
    ],
    [
      "a cap of an unknown wave",
      40,
      "    of: wave:tow",
      "c.yaml:40:9: caps[0].of: expected one of wave:one, wave:two, found wave:tow",
    ],
    [
      "a cap of an unknown offer",
      40,
      "    of: offer:crd",
      "c.yaml:40:9: caps[0].of: expected one of offer:card, offer:luck, found offer:crd",
    ],
    [
      "a count with decimals",
      47,
      "    limit: 3.5",
      'c.yaml:47:12: caps[1].limit: expected a whole number of grants, found "3.5"',
    ],
    [
      "a window that is none",
      46,
      "    per: weak",
      'c.yaml:46:10: caps[1].per: expected one of total, day, hour, minute, found "weak"',
    ],
    [
      "a word for another",
      45,
      "    counts: grant",
      'c.yaml:45:13: caps[1].counts: expected one of money, grants, found "grant" (did you mean grants?)',
    ],
    [
      "a share above 1",
      49,
      "  share: 2",
      "c.yaml:49:10: holdout.share: expected a share such as 0.02 or 2 %, found 2",
    ],
    [
      "a share above 100 %",
      49,
      "  share: 101 %",
      'c.yaml:49:10: holdout.share: expected a share from 0 to 1, or from 0 % to 100 %, found "101 %"',
    ],
    [
      "an attribute twice",
      37,
      "attributes: [device, device]",
      "c.yaml:37:22: attributes[1]: expected each attribute once, none named as a dimension, found device",
    ],
    [
      "an attribute named user",
      37,
      "attributes: [device, user]",
      "c.yaml:37:22: attributes[1]: expected each attribute once, none named as a dimension, found user",
    ],
    [
      "an attribute in capitals",
      37,
      "attributes: [device, Shop]",
      'c.yaml:37:22: attributes[1]: expected a name of the form [a-z][a-z0-9_]{0,31}, found "Shop"',
    ],
    [
      "shares that miss 1",
      9,
      "variants: [{ id: a, share: 0.5 }, { id: b, share: 0.4 }]",
      "c.yaml:9:11: variants: expected shares that add up to 1, found 0.9",
    ],
    [
      "a variant called holdout",
      9,
      "variants: [{ id: holdout, share: 1 }]",
      "c.yaml:9:18: variants[0].id: expected another id: arm 0 is called holdout, found holdout",
    ],
  ];
  test.each(cases)("%s", (_, line, text, problem) => {
    const check = parseCampaignFile(withLine(line, text), "c.yaml");
    expect(check.definition).toBeNull();
    expect(check.problems.map(formatProblem)).toContain(problem);
  });
});

test("both of fixed and table, and both of at and after, are refused", () => {
  const text = BASE.replace("fixed: 25.00", "fixed: 25.00\n      table: [{ amount: 1, odds: 1 }]");
  expect(problemsOf(text)[0]).toContain(
    "exactly one of fixed, table and pot, found fixed and table",
  );
  const other = BASE.replace("after: 7d", "after: 7d\n      at: 2026-03-20T00:00:00+08:00");
  expect(problemsOf(other)[0]).toContain("expected exactly one of at and after, found both");
});

test("several problems are reported at once, in the order of the file", () => {
  const text = BASE.replace("currency: CNY", "currency: yuan")
    .replace("settlingLag: 24h", "setlingLag: 24h")
    .replace("per: hour", "per: hours");
  const places = parseCampaignFile(text, "c.yaml").problems.map(({ line, column }) => [
    line,
    column,
  ]);
  expect(places).toEqual([
    [3, 11],
    [9, 1],
    [46, 10],
  ]);
});

test("a hundred problems are shown, the rest is counted", () => {
  const offers = Array.from({ length: 150 }, (_, i) => `  - { id: A${i} }`).join("\n");
  const { problems } = parseCampaignFile(`offers:\n${offers}\n`);
  expect(problems).toHaveLength(101);
  expect(problems[100]?.found).toMatch(/^\d+ more$/);
});

test("a definition is what the file says, with defaults", () => {
  const definition = requireCampaign(parseCampaignFile(BASE));
  expect(definition).toMatchObject({ id: "spring", decimals: 2, budgetMinor: 100_000 });
  expect(definition.offers[1]).toEqual({
    id: "luck",
    title: "luck",
    wave: 1,
    reward: {
      kind: "table",
      entries: [
        { amountMinor: 8800, odds: 1 },
        { amountMinor: 288, odds: 999 },
      ],
    },
    expiry: { kind: "after", afterMs: 7 * 86_400_000 },
    audience: 0,
  });
  expect(definition.caps.map((cap) => [cap.id, cap.dimension, cap.limit, cap.refund])).toEqual([
    ["per-user", "user", 10_000, true],
    ["per-device", "device", 3, false],
    ["wave-budget:one", "wave:one", 60_000, true],
    ["wave-budget:two", "wave:two", 40_000, true],
  ]);
  expect(definition.assignment).toMatchObject({
    source: "hash",
    holdoutShare: 0.02,
    variants: [{ id: "treated", share: 1 }],
    masked: false,
  });
  expect(definition.audiences[0]?.salt).not.toBe(definition.assignment.salt);
  expect(definition.planHash).toBeNull();
  expect(definition.dayStartsMs).toHaveLength(32);
  expect(definition.dayStartsMs[0]).toBe(definition.startsAtMs);
});

test("the same file gives the same definition, another campaign other salts", () => {
  const salt = (text: string) => requireCampaign(parseCampaignFile(text)).assignment.salt;
  expect(salt(BASE)).toBe(salt(BASE));
  expect(salt(BASE.replace("spring", "summer"))).not.toBe(salt(BASE));
});

test("the hash of the plan does not depend on the order of its keys", () => {
  const hash = (measure: string) =>
    requireCampaign(parseCampaignFile(`${BASE}measure: ${measure}\n`)).planHash;
  expect(hash("{ a: 1, b: [x, null] }")).toBe(hash("{ b: [x, null], a: 1 }"));
  expect(hash("{ a: 1 }")).not.toBe(hash("{ a: 2 }"));
  expect(hash("{ a: 1 }")).toMatch(/^[0-9a-f]{64}$/);
});

test("an invalid campaign is one error that lists all problems", () => {
  const check = parseCampaignFile(withLine(3, "currency: yuan"), "c.yaml");
  expect(() => requireCampaign(check)).toThrow("c.yaml:3:11: currency: expected a currency code");
});

test("amounts are exact: ten cents and twenty cents are thirty cents", () => {
  const text = BASE.replace("budget: 600.00", "budget: 0.10")
    .replace("budget: 400.00", "budget: 0.20")
    .replace("budget: 1000.00", "budget: 0.30");
  expect(problemsOf(text).filter((problem) => problem.includes("add up"))).toEqual([]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 53 - 1 }), (minor) => {
      const digits = String(minor).padStart(3, "0");
      const major = `${digits.slice(0, -2)}.${digits.slice(-2)}`;
      const { definition, problems } = parseCampaignFile(
        BASE.replace("limit: 100.00", `limit: ${major}`),
      );
      expect(definition?.caps[0]?.limit, problems.map(formatProblem).join()).toBe(minor);
    }),
    { numRuns: 100 },
  );
});
