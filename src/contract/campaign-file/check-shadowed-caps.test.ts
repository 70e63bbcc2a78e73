import { describe, expect, it } from "vitest";
import { parseCampaignFile } from "./parse-campaign.ts";
import { formatProblem } from "./problems.ts";

function file(caps: readonly string[], perInviter: string): string {
  return `campaign: friends
title: Friends
currency: CNY
timeZone: UTC
budget: 5000.00
starts: 2026-01-01T00:00:00Z
ends: 2026-03-01T00:00:00Z
closes: 2026-04-01T00:00:00Z
waves:
  - { id: all, from: 2026-01-01T00:00:00Z, to: 2026-03-01T00:00:00Z, budget: 5000.00 }
offers:
  - { id: thanks, wave: all, by: invite, reward: { fixed: 25.00 }, expires: { after: 14d } }
  - { id: welcome, wave: all, reward: { fixed: 25.00 }, expires: { after: 14d } }
invites:
  - { id: tea, inviter: thanks, invited: welcome, uses: 21, perInviter: ${perInviter} }
attributes: [device]
${caps.length === 0 ? "" : `caps:\n${caps.map((cap) => `  - ${cap}\n`).join("")}`}`;
}

function problemsOf(caps: readonly string[], perInviter = "{ day: 5, total: 21 }"): string[] {
  return parseCampaignFile(file(caps, perInviter)).problems.map((problem) => {
    return formatProblem(problem).replace(/^campaign.yaml:\d+:\d+: /, "");
  });
}

const DAY = "expected room for the 5 invites of tea that perInviter allows in a day";
const TOTAL = "expected room for the 21 invites of tea that perInviter allows in all";

describe("what perInviter promises", () => {
  it("is warned of where another cap stops an inviter before", () => {
    const short: [string, string, string][] = [
      [
        "{ id: c, of: user, counts: grants, limit: 20 }",
        TOTAL,
        "20, which stops an inviter before",
      ],
      ["{ id: c, of: user, counts: grants, per: day, limit: 4 }", DAY, "4, which stops an"],
      ["{ id: c, of: user, counts: money, limit: 524.99 }", TOTAL, "524.99 CNY, which stops an"],
      ['{ id: c, of: "offer:thanks", counts: grants, limit: 20 }', TOTAL, "20, which stops an"],
      ["{ id: c, of: wave, counts: grants, per: day, limit: 4 }", DAY, "4, which stops an"],
      [
        "{ id: c, of: device, counts: grants, limit: 20 }",
        TOTAL,
        "20, which stops whoever makes his codes with one device",
      ],
    ];
    for (const [cap, expected, found] of short) {
      const problems = problemsOf([cap]);
      expect(problems, cap).toHaveLength(1);
      expect(problems[0]).toContain(`warning: caps[0].limit: ${expected}, found ${found}`);
    }
  });

  it("is warned of once where a cap stops both the day and the whole", () => {
    const problems = problemsOf(["{ id: c, of: user, counts: grants, limit: 4 }"]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(DAY);
  });

  it("is warned of where a day of it is more than the whole of it", () => {
    expect(problemsOf([], "{ day: 5, total: 3 }")).toEqual([
      "warning: invites[0].perInviter.day: expected at most 3, its total, " +
        "found 5: nobody gets there",
    ]);
  });

  it("control: is left alone where a cap has room, counts others, or may be reached", () => {
    const enough = [
      "{ id: c, of: user, counts: grants, limit: 21 }",
      "{ id: c, of: user, counts: money, limit: 525.00 }",
      "{ id: c, of: user, counts: grants, per: day, limit: 5 }",
      // In the hours of a day it lets through enough.
      "{ id: c, of: user, counts: grants, per: hour, limit: 1 }",
      '{ id: c, of: "offer:welcome", counts: grants, limit: 1 }',
      "{ id: c, of: user, counts: grants, limit: 1, on: redemption }",
      "{ id: c, of: device, counts: grants, limit: 1, missing: skip }",
    ];
    for (const cap of enough) expect(problemsOf([cap]), cap).toEqual([]);
  });
});

describe("a cap on the cells of another one", () => {
  const other = (more = ""): string => `{ id: b, of: user, counts: grants, limit: 25${more} }`;

  it("is warned of where nobody can reach it", () => {
    const cap = "{ id: a, of: user, counts: grants, per: day, limit: 30 }";
    expect(problemsOf([cap, other()])).toEqual([
      "warning: caps[0].limit: expected at most 25, the limit of b, found 30: nobody gets there",
    ]);
  });

  it("control: but not where somebody can", () => {
    const reached: [string, string][] = [
      ["{ id: a, of: user, counts: grants, per: day, limit: 25 }", other()],
      ["{ id: a, of: user, counts: grants, limit: 30 }", other(", per: day")],
      ["{ id: a, of: user, counts: grants, per: day, limit: 30, on: redemption }", other()],
      ["{ id: a, of: offer, counts: grants, per: day, limit: 30 }", other()],
      // Claiming and cancelling: only the other one forgets.
      ["{ id: a, of: user, counts: grants, per: hour, limit: 30 }", other()],
      [
        "{ id: a, of: device, counts: grants, limit: 30, missing: shared }",
        "{ id: b, of: device, counts: grants, limit: 25, missing: skip }",
      ],
    ];
    for (const caps of reached) expect(problemsOf(caps), caps[0]).toEqual([]);
  });
});
