// Over-issue from the campaign file to the journal: more is out than the budget holds, never more
// is spent, the chance of a refused holder is what a simulation says, verify finds who cheats.
import { describe, expect, it } from "vitest";
import { randomStream } from "../src/base/keystream.ts";
import { refusalChance } from "../src/contract/campaign-file/refusal-chance.ts";
import { explainCampaign, formatProblem, parseCampaignFile } from "../src/contract/index.ts";
import type { CampaignDefinition, OverissueDefinition } from "../src/core/definition.ts";
import { ceilingOf } from "../src/core/definition.ts";
import { REDEEMED } from "../src/core/event.ts";
import { boundMinor } from "../src/core/money/exposure.ts";
import { reviseChecked } from "../src/host/revise-campaign.ts";
import { campaignBooks } from "../src/host/views.ts";
import { gammaDraw } from "../src/stats/gamma-draw.ts";
import { Drill } from "./drill.fixture.ts";
import { DAY_MS, HOUR_MS, plainCampaign } from "./simulation/plain-campaign.ts";
import { potCaps } from "./simulation/some-pot.ts";

const LOOSE: OverissueDefinition = {
  factor: 1.5,
  redeemedShare: 0.3,
  deviation: 0.05,
  atMost: 0.5,
};

/** Cards of 10 on a budget of 100, of which 150 may be out. */
function beyond(more: Partial<CampaignDefinition> = {}): CampaignDefinition {
  return plainCampaign({ settlingLagMs: 0, overissue: LOOSE, ...more });
}

class BeyondDrill extends Drill {
  /** So many grants, or fewer where money runs out. */
  async grants(count: number, offer = "card"): Promise<string[]> {
    const found: string[] = [];
    for (let i = 0; i < count; i++) {
      const { grant } = await this.claim(this.freshId("u"), offer);
      if (grant !== undefined) found.push(grant);
    }
    return found;
  }

  revise(definition: CampaignDefinition) {
    const { version } = this.campaign;
    const check = {
      definition,
      problems: [],
      place: () => ({ file: "", line: 0, column: 0, path: "" }),
    };
    const input = { version: version + 1, why: "a test" };
    return reviseChecked(this.engine, "drill", check, input, "ann");
  }
}

describe("a campaign that gives out more than it has", () => {
  it("grants up to the factor, spends up to the budget, then refuses holders", async () => {
    const drill = await new BeyondDrill().open(beyond());
    const grants = await drill.grants(20);
    expect(grants).toHaveLength(15);
    expect(await drill.claim("late")).toMatchObject({ status: "budget_exhausted" });
    for (const grant of grants.slice(0, 9)) await drill.redeem(grant);
    expect(await drill.redeem(grants[9]!, 4)).toMatchObject({ status: "redeemed" });
    expect(await drill.redeem(grants[10]!)).toMatchObject({ status: "budget_spent", leftMinor: 6 });
    expect(await drill.redeem(grants[10]!, 6)).toMatchObject({ status: "redeemed", restMinor: 4 });
    expect(await drill.redeem(grants[11]!)).toMatchObject({ status: "budget_spent", leftMinor: 0 });
    expect(drill.campaign.books.spentMinor).toBe(100);
    const books = campaignBooks(drill.campaign, drill.clock.wallMs());
    const overissue = { factor: 1.5, ceilingMinor: 150, beyondMinor: 50, grantableMinor: 0 };
    expect(books).toMatchObject({ freeMinor: 0, overissue });
  });

  it("lets a refused holder redeem once a redemption is reversed", async () => {
    const drill = await new BeyondDrill().open(beyond());
    const grants = await drill.grants(15);
    await drill.redeem(grants[0]!, 10, "first");
    for (const grant of grants.slice(1, 10)) await drill.redeem(grant);
    expect(await drill.redeem(grants[12]!)).toMatchObject({ status: "budget_spent" });
    expect(await drill.reverse("first")).toMatchObject({ redeemableAgain: true });
    expect(await drill.redeem(grants[12]!)).toMatchObject({ status: "redeemed" });
    expect(drill.campaign.books.spentMinor).toBe(100);
  });

  it("counts on breakage once: after it, only what the budget covers is granted", async () => {
    const drill = await new BeyondDrill().open(beyond());
    await drill.grants(15);
    await drill.wait(DAY_MS);
    await drill.wait(60_000);
    expect(drill.campaign.books.lapsedMinor).toBe(150);
    expect(await drill.grants(20)).toHaveLength(10);
    expect(boundMinor(drill.campaign)).toBe(100);
  });

  it("never refuses holders of what the budget covered once the rest lapsed", async () => {
    const drill = await new BeyondDrill().open(beyond());
    await drill.grants(15);
    await drill.wait(DAY_MS + 60_000);
    await drill.wait(60_000);
    const grants = await drill.grants(20);
    for (const grant of grants) {
      expect(await drill.redeem(grant)).toMatchObject({ status: "redeemed" });
    }
  });

  it("keeps the money of packets, in the pot and out of it, for their holders", async () => {
    const card = plainCampaign().offers[0]!;
    const reward = { kind: "pot", totalMinor: 60, packets: 6, minMinor: 10, maxMinor: 10 } as const;
    const offers = [card, { ...card, id: "packet", reward }];
    const drill = await new BeyondDrill().open(beyond({ offers, caps: potCaps(offers) }));
    const packets = await drill.grants(3, "packet");
    const cards = await drill.grants(20);
    expect(cards).toHaveLength(9);
    for (const grant of cards.slice(0, 4)) {
      expect(await drill.redeem(grant)).toMatchObject({ status: "redeemed" });
    }
    expect(await drill.redeem(cards[4]!)).toMatchObject({ status: "budget_spent", leftMinor: 0 });
    packets.push(...(await drill.grants(3, "packet")));
    for (const grant of packets) {
      expect(await drill.redeem(grant)).toMatchObject({ status: "redeemed" });
    }
    expect(drill.campaign.books).toMatchObject({ spentMinor: 100, securedMinor: 0 });
  });

  it("is revised only as far as what is out and spent allows", async () => {
    const drill = await new BeyondDrill().open(beyond());
    const grants = await drill.grants(14);
    for (const grant of grants.slice(0, 8)) await drill.redeem(grant);
    const { definition } = drill.campaign;
    const other = (budgetMinor: number, factor: number) =>
      drill.revise({ ...definition, budgetMinor, overissue: { ...LOOSE, factor } });
    await expect(other(100, 1.3999)).rejects.toThrow("at least 1.40 CNY");
    await expect(other(79, 2)).rejects.toThrow("at least 0.80 CNY, which is spent");
    expect(await other(80, 1.75)).toMatchObject({ status: "revised", after: { freeMinor: 0 } });
    const { overissue: _, ...plain } = definition;
    await expect(drill.revise({ ...plain, budgetMinor: 139 })).rejects.toThrow("at least 1.40");
    expect(await drill.revise({ ...plain, budgetMinor: 140 })).toMatchObject({ status: "revised" });
    expect(await drill.redeem(grants[13]!)).toMatchObject({ status: "redeemed" });
  });

  it("verifies, and verify names what is granted or spent beyond", async () => {
    const drill = await new BeyondDrill().open(beyond());
    const grants = await drill.grants(15);
    for (const grant of grants.slice(0, 10)) await drill.redeem(grant);
    await drill.wait(HOUR_MS);
    expect((await drill.verified()).campaigns[0]).toMatchObject({ beyondMinor: 50, freeMinor: 0 });
    // The same events under a smaller factor, and under a smaller budget.
    const smaller = await failing(drill, beyond({ overissue: { ...LOOSE, factor: 1.4 } }));
    expect(smaller).toContain("limits");
    expect(smaller).toContain("money");
    const less = beyond({ budgetMinor: 90, overissue: { ...LOOSE, factor: 2 } });
    expect(await failing(drill, less)).toEqual(["money"]);
  });

  it("control: an amount that is spent twice over is found", async () => {
    const drill = await new BeyondDrill().open(beyond());
    const [grant] = await drill.grants(1);
    await drill.redeem(grant!, 5);
    await drill.expectFound("transitions", (forgery) => {
      forgery.event("redeemed")[REDEEMED.amount] = 50;
    });
  });
});

/** Which checks fail of a journal whose opening says something else. */
async function failing(drill: Drill, definition: CampaignDefinition): Promise<string[]> {
  const problems = await drill.problems((forgery) => {
    forgery.reopen((opening) => {
      opening.definition = definition;
    });
  });
  return [...new Set(problems.map(({ check }) => check))];
}

describe("the chance that a holder is refused", () => {
  it("is what crowds with such a chance of redemption meet", () => {
    const overissue = { factor: 1.5, redeemedShare: 0.55, deviation: 0.08, atMost: 0.9 };
    const definition = plainCampaign({ budgetMinor: 1000, overissue });
    const stated = refusalChance(definition)!;
    expect(stated).toMatchObject({ grants: 150, issuedMinor: 1500, coveredMinor: 1000 });
    const stream = randomStream(7, "overissue");
    const size = (0.55 * 0.45) / 0.08 ** 2 - 1;
    const rounds = 20_000;
    let refused = 0;
    for (let i = 0; i < rounds; i++) {
      const yes = gammaDraw(0.55 * size, stream);
      const share = yes / (yes + gammaDraw(0.45 * size, stream));
      let redeemed = 0;
      for (let grant = 0; grant < 150; grant++) if (stream.nextFloat() < share) redeemed += 1;
      if (redeemed * 10 > 1000) refused += 1;
    }
    expect(Math.abs(refused / rounds - stated.chance)).toBeLessThan(
      4 * Math.sqrt((stated.chance * (1 - stated.chance)) / rounds),
    );
  });

  it("knows that rare large amounts spread more than their mean", () => {
    const entries = [
      { amountMinor: 1, odds: 9 },
      { amountMinor: 91, odds: 1 },
    ];
    const card = plainCampaign().offers[0]!;
    const offers = [{ ...card, reward: { kind: "table" as const, entries } }];
    const overissue = { factor: 1.5, redeemedShare: 0.6, deviation: 0, atMost: 0.9 };
    const definition = plainCampaign({ budgetMinor: 10_000, overissue, offers });
    const { chance } = refusalChance(definition)!;
    const stream = randomStream(8, "overissue");
    let refused = 0;
    const rounds = 10_000;
    for (let i = 0; i < rounds; i++) {
      let [issued, redeemed] = [0, 0];
      for (;;) {
        const amount = stream.nextFloat() < 0.1 ? 91 : 1;
        if (issued + amount > 15_000) break;
        issued += amount;
        if (stream.nextFloat() < 0.6) redeemed += amount;
      }
      if (redeemed > 10_000) refused += 1;
    }
    expect(Math.abs(chance - refused / rounds)).toBeLessThan(0.01);
    // Control: as many grants of their mean would never do that.
    const even = plainCampaign({ budgetMinor: 10_000, overissue });
    expect(refused / rounds).toBeGreaterThan(0.02);
    expect(refusalChance(even)!.chance).toBeLessThan(0.001);
  });

  const FILE = `campaign: spring
title: Spring
currency: CNY
timeZone: Asia/Shanghai
budget: 100000.00
starts: 2026-03-01T00:00:00+08:00
ends: 2026-03-11T00:00:00+08:00
closes: 2026-04-01T00:00:00+08:00
offers:
  - id: card
    reward: { fixed: 25.00 }
    expires: { after: 7d }
`;
  const withOverissue = (text: string): string => `${FILE}overissue: { ${text} }\n`;

  it("is told when the campaign is checked", () => {
    const text = withOverissue("factor: 1.25, redeemed: 60 %, uncertainty: 5 %, atMost: 1 %");
    const { definition, problems } = parseCampaignFile(text);
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    const line = explainCampaign(definition!).find((one) => one.startsWith("Over-issue"))!;
    expect(line).toContain("up to 125,000.00 CNY is out at once, 25,000.00 CNY more");
    expect(line).toMatch(
      /chance that any holder is refused is 0\.000\d+ % \(at most 1 % was asked\)/,
    );
  });

  it("refuses a factor with which it is larger than asked, and names the largest", () => {
    const text = withOverissue("factor: 1.6, redeemed: 60 %, uncertainty: 5 %, atMost: 1 %");
    const { definition, problems } = parseCampaignFile(text, "c.yaml");
    expect(definition).toBeNull();
    const said = problems.map(formatProblem).join("\n");
    const [, least] = /overissue\.factor: expected at most ([\d.]+), so that/.exec(said)!;
    const better = parseCampaignFile(text.replace("1.6", least!));
    expect(better.definition).not.toBeNull();
    const more = text.replace("1.6", String(Number(least) + 0.002));
    expect(parseCampaignFile(more).definition).toBeNull();
  });

  it.each([
    ["factor: 0.9, redeemed: 0.6, uncertainty: 0.05, atMost: 0.01", "a factor from 1 to 10"],
    ["factor: 1.23456, redeemed: 0.6, uncertainty: 0.05, atMost: 0.01", "at most four decimals"],
    ["factor: 1.2, redeemed: 1, uncertainty: 0.05, atMost: 0.01", "less than 100 %"],
    ["factor: 1.2, redeemed: 0.6, uncertainty: 0.6, atMost: 0.01", "as far as 60 % can be off"],
    ["factor: 1.2, redeemed: 0.6, uncertainty: 0.05, atMost: 0", "more than 0 %"],
    ["factor: 1.2, redeemed: 0.6, atMost: 0.1", "uncertainty"],
  ])("refuses %s", (text, expected) => {
    const { definition, problems } = parseCampaignFile(withOverissue(text));
    expect(definition).toBeNull();
    expect(problems.map(formatProblem).join("\n")).toContain(expected);
  });

  it("has a ceiling to the minor unit", () => {
    const of = (budgetMinor: number, factor: number): number =>
      ceilingOf(plainCampaign({ budgetMinor, overissue: { ...LOOSE, factor } }));
    expect(of(100, 1.15)).toBe(115);
    expect(of(9_007_199_254_740, 1.0001)).toBe(9_008_099_974_665);
  });
});
