// A plan's campaign as a file: valid, with every number that the plan sets explained, the source's
// comments kept, and nothing overwritten unasked.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openPlan } from "../src/cli/plan/open-plan.ts";
import { campaignRequest } from "../src/cli/plan/write-campaign.ts";
import type { VerbCall } from "../src/cli/verb.ts";
import { parseCampaignFile } from "../src/contract/index.ts";
import type { CampaignDefinition } from "../src/core/definition.ts";
import type { PlanFile, ScenarioChange } from "../src/plan/plan-file/index.ts";
import { demandByHour } from "../src/plan/study/demand-hours.ts";
import { jobOf } from "../src/plan/study/plan-study.ts";
import type { NamedChanges } from "../src/plan/update/campaign-numbers.ts";
import { campaignText } from "../src/plan/update/campaign-text.ts";
import { CAMPAIGN, check, PLAN } from "./plan-file.fixture.ts";

const plan = check(PLAN).plan!;
const folder = mkdtempSync(join(tmpdir(), "hongbao-write-campaign-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(
  changes: NamedChanges,
  isReal = false,
  of: { plan: PlanFile; text: string } = { plan, text: CAMPAIGN },
): { text: string; notes: readonly string[]; definition: CampaignDefinition } {
  const source = { file: "announced.yaml", text: of.text };
  const made = campaignText({ source, plan: of.plan, changes, isReal, expected: [], pacing: null });
  const { definition, problems } = parseCampaignFile(made.text, "out.yaml");
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  return { ...made, definition: definition! };
}

const scenario = (id: string): NamedChanges => ({
  name: `scenario ${id}`,
  changes: plan.scenarios.find((one) => one.id === id)!.changes,
});

const split = (cards: number, amount: number): NamedChanges => {
  const to = (value: number) => ({ kind: "to", value }) as const;
  const changes: ScenarioChange[] = [
    { kind: "waveBudget", wave: "cards", change: to(cards * 3e9) },
    { kind: "waveBudget", wave: "envelopes", change: to((1 - cards) * 3e9) },
    { kind: "amount", offer: "card", change: to(amount) },
  ];
  return { name: "the best split", changes };
};

describe("a plan's campaign as a file", () => {
  test("without changes is the source, with its comments and where each number comes from", () => {
    const { text, definition } = written({ name: null, changes: [] });
    const source = parseCampaignFile(CAMPAIGN, "announced.yaml").definition!;
    // A salt is made where the file has none.
    const { assignment: _, audiences: __, ...rest } = definition;
    const { assignment: ___, audiences: ____, ...wanted } = source;
    expect(rest).toEqual(wanted);
    expect(text).toContain("budget: 3000000.00 # published: 3 billion; as in announced.yaml");
    expect(text.startsWith("# yaml-language-server: ")).toBe(true);
    for (const comment of CAMPAIGN.match(/# .*/g)!) expect(text).toContain(comment);
  });

  test("with a scenario has its numbers, and what they were", () => {
    const { text, definition } = written(scenario("half"));
    expect(definition.budgetMinor).toBe(150_000_000);
    expect(definition.waves.map(({ budgetMinor }) => budgetMinor)).toEqual([
      135_000_000, 15_000_000,
    ]);
    expect(text).toContain("scenario half: was 3000000.00");
    expect(text).toContain(
      "budget: 1350000.00 # scenario half: was 2700000.00; 90.0 % of the budget",
    );
  });

  test("with a split adds up to the last minor unit, also where shares are not whole", () => {
    const { text, definition } = written(split(2 / 3, 17.5));
    const [cards, envelopes] = definition.waves.map(({ budgetMinor }) => budgetMinor!);
    expect(cards! + envelopes!).toBe(definition.budgetMinor);
    expect(cards).toBe(200_000_000);
    expect(definition.offers[0]!.reward).toEqual({ kind: "fixed", amountMinor: 1750 });
    expect(text).toContain("reward: { fixed: 17.50 } # published; the best split: was worth 25.00");
  });

  test("at the real size has a thousand times the money, and the same for each person", () => {
    const { text, definition } = written({ name: null, changes: [] }, true);
    expect(definition.budgetMinor).toBe(300_000_000_000);
    expect(definition.offers[0]!.reward).toEqual({ kind: "fixed", amountMinor: 2500 });
    const limits = (of: CampaignDefinition): number[] =>
      of.caps.filter(({ id }) => !id.startsWith("wave-budget:")).map(({ limit }) => limit);
    expect(limits(definition)).toEqual(limits(plan.campaign));
    expect(text).toContain("1000 times announced.yaml");
  });

  test("paces the waves evenly, or as the plan expects demand", () => {
    const even = written(scenario("even"));
    expect(even.text.match(/pacing: even/g)).toHaveLength(2);
    const demand = demandByHour(jobOf(plan, []));
    const source = { file: "announced.yaml", text: CAMPAIGN };
    const changes = { name: null, changes: [] };
    const of = { source, plan, changes, isReal: false, expected: [] };
    const made = campaignText({ ...of, pacing: demand });
    const { definition } = parseCampaignFile(made.text, "out.yaml");
    const { fromMs, toMs, budgetMinor } = definition!.waves[0]!;
    const paced = definition!.caps.find(({ id }) => id === "wave-pacing:cards")!;
    expect(paced.limit).toBe(budgetMinor);
    const points = paced.curve!.points;
    expect(points).toHaveLength((toMs - fromMs) / 3_600_000 + 1);
    const first = demand.subarray(0, points.length - 1);
    const sum = first.reduce((total, each) => total + each, 0);
    expect(points[10]!.share).toBeCloseTo(
      first.subarray(0, 10).reduce((total, each) => total + each, 0) / sum,
      2,
    );
  });

  test("says what a campaign file cannot hold", () => {
    expect(written(scenario("no-invites")).notes[0]).toContain("invites.perClaimer to be 0");
  });

  test("names the caps on a person's money that another amount makes mean something else", () => {
    const note = "cap user-money counts money and stays as it is, although amounts changed";
    expect(written(scenario("card-15")).notes).toContain(note);
    expect(written(scenario("half")).notes).not.toContain(note);
  });

  test("scales a table's amounts, and a person's grants", () => {
    const to = (value: number) => ({ kind: "to", value }) as const;
    const changes: ScenarioChange[] = [
      { kind: "amount", offer: "envelope", change: { kind: "times", factor: 0.5 } },
      { kind: "userGrants", change: to(5) },
    ];
    const { definition, text } = written({ name: "a test", changes });
    const { reward } = definition.offers[1]!;
    expect(reward.kind === "table" && reward.entries[0]!.amountMinor).toBe(144_400);
    expect(definition.caps.find(({ id }) => id === "user-rewards")!.limit).toBe(5);
    expect(text).toContain("limit: 5 } # a test: was 21");
    const bare = CAMPAIGN.replace(/^ {2}- \{ id: user-rewards.*\n/m, "");
    const capless = check(PLAN, bare).plan!;
    const made = written({ name: "a test", changes: [changes[1]!] }, false, {
      plan: capless,
      text: bare,
    });
    const cap = made.definition.caps.find(({ id }) => id === "plan-user-grants")!;
    expect(cap.limit).toBe(5);
  });

  test("is refused where the changes make no campaign", () => {
    const changes: ScenarioChange[] = [
      { kind: "amount", offer: "card", change: { kind: "to", value: 5e6 } },
    ];
    const of = {
      source: { file: "announced.yaml", text: CAMPAIGN },
      plan,
      pacing: null,
      expected: [],
    };
    expect(() =>
      campaignText({ ...of, changes: { name: "scenario x", changes }, isReal: false }),
    ).toThrow("scenario x makes a campaign that is refused");
  });
});

describe("the flags", () => {
  const example = new URL("../examples/qwen-2026/", import.meta.url).pathname;
  const asked = async (flags: Record<string, unknown>) => {
    const call = { flags, args: [], env: {}, json: false } as unknown as VerbCall;
    return await campaignRequest(call, await openPlan(example));
  };

  test("never overwrite without being told, never what is read", async () => {
    const there = join(folder, "there.yaml");
    writeFileSync(there, "mine\n");
    await expect(asked({ writeCampaign: there })).rejects.toThrow("add --overwrite");
    expect(readFileSync(there, "utf8")).toBe("mine\n");
    expect(await asked({ writeCampaign: there, overwrite: true })).toMatchObject({ file: there });
    const input = join(example, "announced.yaml");
    await expect(asked({ writeCampaign: input, overwrite: true })).rejects.toThrow("which is read");
  });

  test("go together or are refused", async () => {
    const out = join(folder, "new.yaml");
    expect(await asked({})).toBeNull();
    await expect(asked({ split: true })).rejects.toThrow("--write-campaign");
    await expect(asked({ writeCampaign: out, scenario: "haf" })).rejects.toThrow("found haf");
    const both = { writeCampaign: out, scenario: "half", split: true };
    await expect(asked(both)).rejects.toThrow("found both");
  });
});
