import { describe, expect, test } from "vitest";
import { parse } from "../parse.ts";
import { definitionSchema } from "../schema/definition.ts";
import { BASE, withLine } from "./base-campaign.fixture.ts";
import { checkCampaignDefinition, parseCampaignFile, requireCampaign } from "./parse-campaign.ts";
import { formatProblem } from "./problems.ts";

describe("a warning does not prevent opening:", () => {
  const cases: [string, number, string, string][] = [
    [
      "a cap on an undeclared attribute",
      44,
      "    of: devcie",
      '44:9: warning: caps[1].of: expected an attribute that is declared in attributes, found "devcie" (did you mean device?)',
    ],
    [
      "a money cap below an amount",
      42,
      "    limit: 80.00",
      "42:12: warning: caps[0].limit: expected at least 88.00 CNY, which luck can grant, found 80.00 CNY",
    ],
    [
      "a table amount above the wave's budget",
      30,
      "        - amount: 400.01",
      "30:19: warning: offers[1].reward.table[0].amount: expected at most the wave's budget 400.00 CNY, found 400.01 CNY, which is never granted",
    ],
    [
      "a cap that refuses all",
      47,
      "    limit: 0",
      "47:12: warning: caps[1].limit: expected more than nothing, found 0, which refuses all",
    ],
    [
      "a refund into a short window",
      47,
      "    limit: 3\n    refund: yes",
      "48:13: warning: caps[1].refund: expected no for a cap per hour, found yes: claiming and cancelling in a loop defeats it",
    ],
    [
      "missing without an attribute",
      42,
      "    limit: 100\n    missing: skip",
      "43:14: warning: caps[0].missing: expected missing only where an attribute is counted, found skip",
    ],
    [
      "a budget that no wave spends",
      5,
      "budget: 1000.01",
      "5:9: warning: budget: expected the sum of the wave budgets, 1000.00 CNY, found 0.01 CNY in no wave",
    ],
    [
      "an expiry within the wave",
      25,
      "      at: 2026-03-05T00:00:00+08:00",
      "25:11: warning: offers[0].expires.at: expected not before the wave's end 2026-03-05T16:00:00.000Z, found 2026-03-04T16:00:00.000Z: claims after it would be expired at once",
    ],
    [
      "a settling lag beyond the close",
      9,
      "settlingLag: 20d",
      "25:11: warning: offers[0].expires.at: expected the settling lag over by the close 2026-03-31T16:00:00.000Z, found 2026-04-08T16:00:00.000Z, so that money is left over",
    ],
    [
      "a wave without offers",
      27,
      "    wave: one",
      "15:5: warning: waves[1]: expected a wave that some offer belongs to, found no offer in two",
    ],
    [
      "a currency that is none",
      3,
      "currency: RMB",
      "3:11: warning: currency: expected a currency of ISO 4217 such as CNY, USD or EUR, found RMB",
    ],
    [
      "a holdout of everybody",
      49,
      "  share: 1",
      "49:10: warning: holdout.share: expected less than 1, found nobody would get anything",
    ],
  ];
  test.each(cases)("%s", (_, line, text, problem) => {
    const check = parseCampaignFile(withLine(line, text), "c.yaml");
    expect(check.problems.map(formatProblem)).toContain(`c.yaml:${problem}`);
    expect(check.definition).not.toBeNull();
  });
});

test("what a file gives, the schema of JSON accepts, and the check of JSON agrees", () => {
  const definition = requireCampaign(parseCampaignFile(BASE));
  const sent: unknown = JSON.parse(JSON.stringify(definition));
  expect(parse(sent, definitionSchema)).toEqual(definition);
  expect(checkCampaignDefinition(definition)).toMatchObject({ definition, problems: [] });
});

describe("a definition in JSON is refused", () => {
  const good = requireCampaign(parseCampaignFile(BASE));
  const cases: [string, object, string][] = [
    ["with a missing day", { dayStartsMs: good.dayStartsMs.slice(1) }, "dayStartsMs"],
    ["with a shifted day", { dayStartsMs: good.dayStartsMs.map((day) => day + 1) }, "dayStartsMs"],
    ["with other decimals", { decimals: 3 }, "decimals"],
    ["with an unknown zone", { timeZone: "Mars/Base" }, "timeZone"],
    ["without the cap of a wave's budget", { caps: good.caps.slice(0, 3) }, "waves[1].budgetMinor"],
    ["with an offer in no wave", { waves: good.waves.slice(0, 1) }, "offers[1].wave"],
    ["with an offer for no audience", { audiences: [] }, "offers[1].audience"],
    ["with an end before its start", { endsAtMs: good.startsAtMs }, "endsAtMs"],
  ];
  test.each(cases)("%s", (_, change, path) => {
    const check = checkCampaignDefinition({ ...good, ...change });
    expect(check.definition).toBeNull();
    expect(check.problems.map((problem) => problem.path)).toContain(path);
  });
});

describe("what is set aside beside the waves", () => {
  const DRAW = `draws:
  - id: sunday
    closes: 2026-03-08T00:00:00+08:00
    takeUp: 24h
    prizes: [{ id: grand, amount: 200.00, stock: 1 }]
compensation: { budget: 50.00, amount: 5.00, expires: { after: 7d } }
`;
  const warnings = (budget: string): string[] => {
    const file = withLine(5, budget) + DRAW;
    return parseCampaignFile(file).problems.map((one) => formatProblem(one));
  };

  test("counts as spent, and is not held to caps on claims", () => {
    expect(warnings("budget: 1250.00")).toEqual([]);
  });

  test("leaves what is in no wave to be warned of", () => {
    expect(warnings("budget: 1260.00")).toEqual([
      "campaign.yaml:5:9: warning: budget: expected the sum of the wave budgets and of what is set aside, 1250.00 CNY, found 10.00 CNY in no wave",
    ]);
  });
});
