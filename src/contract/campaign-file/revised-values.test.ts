// What whoever approves a revision reads of it: each change once, money as money.
import { describe, expect, it } from "vitest";
import type { CampaignDefinition } from "../../core/definition.ts";
import { BASE } from "./base-campaign.fixture.ts";
import { parseCampaignFile, requireCampaign } from "./parse-campaign.ts";
import { revisedValues } from "./revised-values.ts";

const PACED = BASE.replace("    budget: 600.00\n", "    budget: 600.00\n    pacing: even\n");

function definitionOf(yaml: string): CampaignDefinition {
  return requireCampaign(parseCampaignFile(yaml));
}

/** What a replacement in the file is told as. */
function told(from: string, to: string) {
  const [before, after] = [PACED, PACED.replace(from, to)].map(definitionOf);
  // Salts are drawn anew by each reading of a file; a revision keeps them.
  const { assignment, audiences } = before!;
  return revisedValues(before!, { ...after!, assignment, audiences });
}

describe("the values of a revision", () => {
  it("name a wave's budget once, not the caps that follow from it, too", () => {
    expect(told("budget: 600.00", "budget: 500.00")).toEqual([
      {
        ...{ path: "waves one budget", from: "600.00 CNY", to: "500.00 CNY" },
        ...{ fromMinor: 60_000, toMinor: 50_000 },
      },
    ]);
  });

  it("say a cap's limit in money where it counts money, and as a number where it does not", () => {
    expect(told("limit: 100.00", "limit: 50.00")).toEqual([
      {
        ...{ path: "caps per-user limit", from: "100.00 CNY", to: "50.00 CNY" },
        ...{ fromMinor: 10_000, toMinor: 5_000 },
      },
    ]);
    expect(told("limit: 3", "limit: 5")).toEqual([
      { path: "caps per-device limit", from: "3", to: "5" },
    ]);
  });

  it("name another curve of a wave, which stands nowhere else", () => {
    const paths = told("pacing: even", "pacing: front-loaded").map(({ path }) => path);
    expect(paths[0]).toBe("caps wave-pacing:one curve points 2 at");
    expect(paths.some((path) => path.endsWith("limit"))).toBe(false);
  });
});
