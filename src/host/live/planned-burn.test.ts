import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseCampaignFile } from "../../contract/campaign-file/parse-campaign.ts";
import { requireCampaign } from "../../contract/index.ts";
import { Cap } from "../../core/caps/caps.ts";
import type { CampaignDefinition } from "../../core/definition.ts";
import { rulesOf } from "../../core/rules.ts";
import { valueAt } from "../../report/burn-chart.ts";
import { type PlannedBurn, plannedBurn } from "./planned-burn.ts";

const FILE = `
campaign: paced
title: Paced
currency: CNY
timeZone: UTC
budget: 1000.00
starts: 2026-02-06T00:00:00Z
ends: 2026-02-08T00:00:00Z
closes: 2026-02-10T00:00:00Z
settlingLag: 1h
waves:
  - { id: first, from: 2026-02-06T00:00:00Z, to: 2026-02-07T00:00:00Z, budget: 600.00 }
  - { id: second, from: 2026-02-07T00:00:00Z, to: 2026-02-08T00:00:00Z, budget: 400.00 }
offers:
  - { id: card, title: A card, wave: first, reward: { fixed: 25.00 }, expires: { after: 1d } }
  - { id: more, title: More, wave: second, reward: { fixed: 25.00 }, expires: { after: 1d } }
`;
const DEMO = "examples/qwen-2026/campaign.yaml";
const DAY_MS = 86_400_000;
const FROM_MS = Date.parse("2026-02-06T00:00:00Z");

function definition(pace = ""): CampaignDefinition {
  return of(FILE.replace("budget: 600.00 }", `budget: 600.00${pace} }`));
}

function of(yaml: string): CampaignDefinition {
  return requireCampaign(parseCampaignFile(yaml, "campaign.yaml"));
}

/** As it was opened. */
function planned(file: CampaignDefinition): PlannedBurn {
  return plannedBurn(campaignOf(file));
}

function campaignOf(definition: CampaignDefinition): Parameters<typeof plannedBurn>[0] {
  const caps = definition.caps.map((cap, i) => new Cap(i, cap, definition.attributes));
  return { definition, ...rulesOf(definition, caps) };
}

function minorAt({ plan }: PlannedBurn, atMs: number): number {
  return valueAt(
    plan.map((point) => [point.atMs, point.minor]),
    atMs,
  );
}

describe("what a campaign means to have granted", () => {
  it("is an even burn until claims end where no wave has a curve or a budget", () => {
    expect(planned(of(FILE.replaceAll(/, budget: \d+\.00/g, "")))).toEqual({
      plan: [
        { atMs: FROM_MS, minor: 0 },
        { atMs: FROM_MS + 2 * DAY_MS, minor: 100_000 },
      ],
      planBy: "even",
    });
  });

  it("burns the budget of each wave evenly over its time", () => {
    expect(planned(definition())).toEqual({
      plan: [
        { atMs: FROM_MS, minor: 0 },
        { atMs: FROM_MS + DAY_MS, minor: 60_000 },
        { atMs: FROM_MS + 2 * DAY_MS, minor: 100_000 },
      ],
      planBy: "waves",
    });
  });

  it("burns the rest evenly while waves without money of their own last", () => {
    // 400.00 are left for the second wave, which has none of its own.
    const second = FILE.replace(", budget: 400.00", "");
    expect(planned(of(second)).plan[1]).toEqual({ atMs: FROM_MS + DAY_MS, minor: 60_000 });
  });

  it("is never above the budget, whatever its waves have", () => {
    // With over-issue they may have more in all.
    const { plan } = planned({ ...definition(), budgetMinor: 80_000 });
    expect(plan.map(({ minor }) => minor)).toEqual([0, 60_000, 80_000]);
  });

  it("of the demo: its cards by 13 February, its envelopes after, prizes all along", () => {
    const { plan } = planned(of(readFileSync(DEMO, "utf8")));
    const by = (day: string): number =>
      plan.find(({ atMs }) => atMs === Date.parse(`2026-02-${day}T00:00:00+08:00`))!.minor;
    // 2,670,000.00, and 7 of 18 days of the 30,000.00 that no wave has.
    expect(by("13")).toBe(268_166_667);
    expect(by("24")).toBe(300_000_000);
  });

  it("follows the curves of its waves, and burns the others evenly", () => {
    const { plan, planBy } = planned(definition(", pacing: even"));
    expect(planBy).toBe("curves");
    expect(plan).toEqual([
      { atMs: FROM_MS, minor: 0 },
      { atMs: FROM_MS + DAY_MS, minor: 60_000 },
      { atMs: FROM_MS + 2 * DAY_MS, minor: 100_000 },
    ]);
    // Control: a curve that is not even is not drawn as one.
    const file = definition(", pacing: even");
    const caps = file.caps.map((cap) => {
      if (cap.curve === undefined) return cap;
      const [first, last] = [cap.curve.points[0]!, cap.curve.points.at(-1)!];
      const middle = { atMs: FROM_MS + DAY_MS / 4, share: 0.9 };
      return { ...cap, curve: { ...cap.curve, points: [first, middle, last] } };
    });
    const bent = planned({ ...file, caps });
    expect(bent.plan[1]).toEqual({ atMs: FROM_MS + DAY_MS / 4, minor: 54_000 });
  });

  it("leaves out what no offer can give", () => {
    const paced = FILE.replace("budget: 1000.00", "budget: 5000.00")
      .replace(/ {2}- \{ id: (second|more).*\n/g, "")
      .replace("600.00 }", "600.00, pacing: even }");
    expect(planned(of(paced)).plan).toEqual([
      { atMs: FROM_MS, minor: 0 },
      { atMs: FROM_MS + DAY_MS, minor: 60_000 },
      { atMs: FROM_MS + 2 * DAY_MS, minor: 60_000 },
    ]);
    // A wave without offers, and a stock of four of 25.00 each.
    const stock = `${FILE.replace(/ {2}- \{ id: more.*\n/, "")}
caps: [{ id: stock, of: "offer:card", counts: grants, limit: 4 }]`;
    expect(planned(of(stock)).plan).toEqual([
      { atMs: FROM_MS, minor: 0 },
      { atMs: FROM_MS + DAY_MS, minor: 10_000 },
      { atMs: FROM_MS + 2 * DAY_MS, minor: 10_000 },
    ]);
  });

  it("is what a revised curve lets out, and before it what was let out by then", () => {
    const opened = of(FILE.replace("600.00 }", "600.00, pacing: even }"));
    const campaign = campaignOf(opened);
    const cap = campaign.paces[0]!;
    const atMs = FROM_MS + DAY_MS / 4;
    const step = { entries: 0, backMinor: 0, ...cap.pace!.goesOn(240_000, atMs) };
    cap.pace!.goOn(step, atMs);
    cap.revise({ ...cap.definition, limit: 300_000 });
    const definition = { ...opened, budgetMinor: 340_000, caps: campaign.definition.caps };
    definition.waves[0]!.budgetMinor = 300_000;
    definition.caps[0]!.limit = 300_000;
    const revised = plannedBurn({ ...campaign, definition });
    for (const part of [1 / 8, 1 / 4]) {
      expect(minorAt(revised, FROM_MS + part * DAY_MS)).toBe(60_000 * part);
    }
    for (const part of [0.3, 0.5, 0.9, 1]) {
      const released = cap.pace!.releasedMinor(FROM_MS + part * DAY_MS);
      expect(minorAt(revised, FROM_MS + part * DAY_MS)).toBeCloseTo(released, -1);
    }
  });

  it("goes beyond the budget by what came back and goes out once more", () => {
    const campaign = campaignOf(of(FILE.replace("600.00 }", "600.00, pacing: even }")));
    const { pace } = campaign.paces[0]!;
    const atMs = FROM_MS + DAY_MS / 2;
    pace!.giveBack(10_000);
    pace!.goOn({ entries: 0, backMinor: 10_000, baseMinor: 30_000, restMinor: 40_000 }, atMs);
    const { plan } = plannedBurn(campaign);
    expect(plan.map(({ minor }) => minor)).toEqual([0, 30_000, 70_000, 110_000]);
  });
});
