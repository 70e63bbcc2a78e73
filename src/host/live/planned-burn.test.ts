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
const DAY_MS = 86_400_000;
const FROM_MS = Date.parse("2026-02-06T00:00:00Z");

function definition(pace = ""): CampaignDefinition {
  const yaml = FILE.replace("budget: 600.00 }", `budget: 600.00${pace} }`);
  return requireCampaign(parseCampaignFile(yaml, "campaign.yaml"));
}

describe("what a campaign means to have granted", () => {
  it("is an even burn until claims end where no wave has a curve", () => {
    expect(plannedBurn(definition())).toEqual({
      plan: [
        { atMs: FROM_MS, minor: 0 },
        { atMs: FROM_MS + 2 * DAY_MS, minor: 100_000 },
      ],
      isCurve: false,
    });
  });

  it("follows the curves of its waves, and burns the others evenly", () => {
    const { plan, isCurve } = plannedBurn(definition(", pacing: even"));
    expect(isCurve).toBe(true);
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
