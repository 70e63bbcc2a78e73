import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CampaignDefinition } from "../../core/definition.ts";
import { BASE } from "./base-campaign.fixture.ts";
import { explainCampaign } from "./explain.ts";
import { parseCampaignFile, requireCampaign } from "./parse-campaign.ts";
import { formatProblem } from "./problems.ts";

const EXAMPLES = join(import.meta.dirname, "../../../examples");

function example(name: string, version = "campaign.yaml"): CampaignDefinition {
  const file = join(EXAMPLES, name, version);
  const check = parseCampaignFile(readFileSync(file, "utf8"), file);
  expect(check.problems.map(formatProblem)).toEqual([]);
  return requireCampaign(check);
}

function explain(text: string): string {
  return explainCampaign(requireCampaign(parseCampaignFile(text))).join("\n");
}

test("the explanation names budget, number of cards, luck, windows, holdouts and the end", () => {
  const text = explain(BASE);
  expect(text).toContain("spends at most 1,000.00 CNY, whatever happens");
  expect(text).toContain("from 2026-03-01 00:00 until 2026-03-11 00:00");
  expect(text).toContain("25.00 CNY each, at most 24 at a time within 600.00 CNY");
  expect(text).toContain("by luck from 2.88 CNY to 88.00 CNY, on average 2.97 CNY, so about 134");
  expect(text).toContain("88.00 CNY, comes about once in 1,000 claims");
  expect(text).toContain("Only members of the audience known can claim it");
  expect(text).toContain("for each device at most 3 grants an hour at the claim; nothing gives");
  expect(text).toContain("2 % of the users get nothing");
  expect(text).toContain("waits 1 day for late reports");
});

describe("the explanation says what is missing:", () => {
  const cases: [string, (text: string) => string, string][] = [
    ["a cap per user", (text) => text.replace("of: user", "of: offer"), "No cap per user"],
    ["a cap per device", (text) => text.replace("of: device", "of: merchant"), "No cap per device"],
    ["a velocity cap", (text) => text.replace("per: hour", "per: total"), "No cap per day, hour"],
    ["a holdout", (text) => text.replace("2 %", "0").replace("0.05", "0"), "No holdout"],
    ["a plan", (text) => text, "No measurement plan"],
  ];
  test.each(cases)("%s", (_, change, line) => {
    expect(explain(change(BASE))).toContain(`Missing. ${line}`);
  });

  test("and not what is there (control)", () => {
    expect(explain(BASE)).not.toMatch(/No cap per (user|device|day)|No holdout/);
  });
});

describe("the example", () => {
  test("qwen-2026 is the published campaign at 1 : 1000", () => {
    const definition = example("qwen-2026");
    expect(definition.budgetMinor).toBe(300_000_000);
    const waves = definition.waves.map((wave) => wave.budgetMinor ?? 0);
    const asideMinor = 2_000_000 + 1_000_000; // the draw's prizes, and compensation
    expect(waves.reduce((a, b) => a + b, asideMinor)).toBe(definition.budgetMinor);
    const [card, , envelope] = definition.offers;
    expect(card?.reward).toEqual({ kind: "fixed", amountMinor: 2500 });
    expect(card?.expiry).toEqual({ kind: "at", atMs: Date.parse("2026-02-23T16:00:00Z") });
    const entries = envelope?.reward.kind === "table" ? envelope.reward.entries : [];
    const odds = entries.reduce((sum, entry) => sum + entry.odds, 0);
    const mean = entries.reduce((sum, entry) => sum + entry.amountMinor * entry.odds, 0) / odds;
    expect(odds).toBe(1_000_000);
    expect(mean).toBeGreaterThan(800);
    expect(mean).toBeLessThan(1000);
    expect(Math.max(...entries.map((entry) => entry.amountMinor))).toBe(288_800);
  });

  test("qwen-2026 is extended by five days for all cards, and changed in nothing else", () => {
    const opened = example("qwen-2026");
    const extended = example("qwen-2026", "extended.yaml");
    const later = opened.offers.map((offer) =>
      offer.id.endsWith("card")
        ? { ...offer, expiry: { kind: "at", atMs: Date.parse("2026-02-28T16:00:00Z") } }
        : offer,
    );
    expect(extended).toEqual({ ...opened, offers: later });
  });

  test("qwen-2026 holds 21 cards a person, and still allows the largest envelope", () => {
    const { caps } = example("qwen-2026");
    const grants = caps.find((cap) => cap.id === "user-rewards");
    const money = caps.find((cap) => cap.id === "user-money");
    expect(grants).toMatchObject({ dimension: "user", counts: "grants", limit: 21, per: "total" });
    expect(21 * 2500).toBe(52_500);
    expect(money?.limit).toBe(52_500 + 288_800);
  });

  test("hillstrom takes its arms from the caller, and has one e-mail for each treated", () => {
    const definition = example("hillstrom");
    expect(definition.assignment.source).toBe("given");
    expect(definition.assignment.variants.map((variant) => variant.id)).toEqual(["mens", "womens"]);
    expect(definition.budgetMinor).toBe((21_307 + 21_387) * 100);
  });

  test("first-campaign stands on its own", () => {
    expect(explainCampaign(example("first-campaign")).join("\n")).toContain("My first campaign");
  });
});
