import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseCampaignFile } from "../../contract/campaign-file/parse-campaign.ts";
import { requireCampaign } from "../../contract/index.ts";
import type { CampaignDefinition } from "../../core/definition.ts";
import { plannedBurn } from "./planned-burn.ts";

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

describe("what a campaign means to have granted", () => {
  it("is an even burn until claims end where no wave has a curve or a budget", () => {
    expect(plannedBurn(of(FILE.replaceAll(/, budget: \d+\.00/g, "")))).toEqual({
      plan: [
        { atMs: FROM_MS, minor: 0 },
        { atMs: FROM_MS + 2 * DAY_MS, minor: 100_000 },
      ],
      planBy: "even",
    });
  });

  it("burns the budget of each wave evenly over its time", () => {
    expect(plannedBurn(definition())).toEqual({
      plan: [
        { atMs: FROM_MS, minor: 0 },
        { atMs: FROM_MS + DAY_MS, minor: 60_000 },
        { atMs: FROM_MS + 2 * DAY_MS, minor: 100_000 },
      ],
      planBy: "waves",
    });
  });

  it("burns the rest evenly: over all, or while waves without money of their own last", () => {
    // 300.00 of no wave, over two days; both waves have 350.00 each.
    const all = FILE.replace("600.00", "350.00").replace("400.00", "350.00");
    expect(plannedBurn(of(all)).plan).toEqual([
      { atMs: FROM_MS, minor: 0 },
      { atMs: FROM_MS + DAY_MS, minor: 50_000 },
      { atMs: FROM_MS + 2 * DAY_MS, minor: 100_000 },
    ]);
    // 400.00 are left for the second wave, which has none of its own.
    const second = FILE.replace(", budget: 400.00", "");
    expect(plannedBurn(of(second)).plan[1]).toEqual({ atMs: FROM_MS + DAY_MS, minor: 60_000 });
  });

  it("is never above the budget, whatever its waves have", () => {
    // With over-issue they may have more in all.
    const { plan } = plannedBurn({ ...definition(), budgetMinor: 80_000 });
    expect(plan.map(({ minor }) => minor)).toEqual([0, 60_000, 80_000]);
  });

  it("of the demo: its cards by 13 February, its envelopes after, prizes all along", () => {
    const { plan } = plannedBurn(of(readFileSync(DEMO, "utf8")));
    const by = (day: string): number =>
      plan.find(({ atMs }) => atMs === Date.parse(`2026-02-${day}T00:00:00+08:00`))!.minor;
    // 2,670,000.00, and 7 of 18 days of the 30,000.00 that no wave has.
    expect(by("13")).toBe(268_166_667);
    expect(by("24")).toBe(300_000_000);
  });

  it("follows the curves of its waves, and burns the others evenly", () => {
    const { plan, planBy } = plannedBurn(definition(", pacing: even"));
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
    const bent = plannedBurn({ ...file, caps });
    expect(bent.plan[1]).toEqual({ atMs: FROM_MS + DAY_MS / 4, minor: 54_000 });
  });
});
