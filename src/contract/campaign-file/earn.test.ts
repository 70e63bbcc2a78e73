// Entries that invites earn, in a campaign file: what is read, what is refused, what is explained.
import { describe, expect, it } from "vitest";
import { explainCampaign } from "./explain.ts";
import { parseCampaignFile } from "./parse-campaign.ts";

const INVITES = `invites:
  - { id: tea, inviter: thanks, invited: thanks, perInviter: { day: 5, total: 21 } }
`;

function file(draw: string, invites: string = INVITES): string {
  return `campaign: friends
title: Tea with friends
currency: CNY
timeZone: Asia/Shanghai
budget: 5000.00
starts: 2026-01-01T00:00:00+08:00
ends: 2026-02-01T00:00:00+08:00
closes: 2026-03-01T00:00:00+08:00
offers:
  - { id: thanks, reward: { fixed: 25.00 }, expires: { after: 14d } }
${invites}draws:
  - id: sunday
    closes: 2026-01-31T20:00:00+08:00
    takeUp: 48h
    prizes: [{ id: grand, amount: 1000.00, stock: 1 }]
${draw}`;
}

const problemsOf = (draw: string, invites?: string): string[] =>
  parseCampaignFile(file(draw, invites), "c.yaml").problems.map(
    ({ severity, path, expected, found }) =>
      `${severity} ${path}: expected ${expected}, got ${found}`,
  );

describe("a draw's earn", () => {
  it("is read, and told in plain words", () => {
    const { definition } = parseCampaignFile(
      file("    earn: { invites: 3, per: day }\n    by: invite\n"),
      "c.yaml",
    );
    expect(definition?.draws?.[0]).toMatchObject({
      ...{ earn: { invites: 3, per: "day" }, by: "invite", entriesPerUser: 1 },
    });
    expect(explainCampaign(definition!).join("\n")).toContain(
      "Whoever brings 3 users by invites within one calendar day earns an entry of draw sunday, " +
        "at most one a day; nobody can ask for an entry.",
    );
  });

  it("control: without it nothing is said of it", () => {
    const { definition } = parseCampaignFile(file(""), "c.yaml");
    expect(definition?.draws?.[0]).not.toHaveProperty("earn");
    expect(explainCampaign(definition!).join("\n")).not.toContain("earns an entry");
  });

  it("needs invites, a number and a day", () => {
    const earn = "    earn: { invites: 3, per: day }\n";
    expect(problemsOf(earn, "").join("\n")).toContain("expected invites in the campaign");
    expect(problemsOf("    earn: { invites: 0, per: day }\n").join()).toContain("error");
    expect(problemsOf("    earn: { invites: 3, per: week }\n").join()).toContain("error");
    expect(problemsOf("    earn: { invites: 3 }\n").join()).toContain("error");
    expect(problemsOf(earn).filter((line) => line.includes("earn"))).toEqual([]);
  });

  it("warns of a number that no user can reach in a day", () => {
    expect(problemsOf("    earn: { invites: 6, per: day }\n").join("\n")).toContain(
      "warning draws[0].earn.invites: expected at most 5, all that perInviter lets one user " +
        "bring in a day, got 6",
    );
  });

  it("must be there where entries cannot be asked for", () => {
    expect(problemsOf("    by: invite\n").join("\n")).toContain(
      "error draws[0].by: expected earn, since entries cannot be asked for",
    );
  });
});
