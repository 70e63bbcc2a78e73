// A claim tried out says what the claim is then answered, in campaigns of every kind: the dry run
// is the decision itself, and where it were not, this would find it.
import { expect, it } from "vitest";
import { emptyCommand } from "../src/core/command.ts";
import { tryClaim } from "../src/core/dry-run.ts";
import { someCampaign } from "./simulation/campaigns.ts";
import { Chance } from "./simulation/chance.ts";
import { CoreRun } from "./simulation/core-run.ts";
import { Workload } from "./simulation/workload.ts";

const CAMPAIGNS = 150;
const STEPS = 40;
const COMMAND = emptyCommand();

it("tells the status of the claim that follows, and which limit is in the way", () => {
  const seen = new Map<string, number>();
  for (let seed = 1; seed <= CAMPAIGNS; seed++) {
    const chance = new Chance(seed);
    const drill = someCampaign(chance);
    // The bare core takes no rounds in: its luck never waits for one.
    if (drill.definition.beacon !== undefined) continue;
    const run = new CoreRun(drill.definition);
    const workload = new Workload(chance, drill, new Chance(seed));
    let atMs = drill.definition.startsAtMs;
    for (let step = 0; step < STEPS; step++) {
      atMs += chance.pick([0, 0, 1, 60_000, 3_600_000]);
      const ask = workload.next(run.auditor, atMs);
      if (ask.op !== "claim" || ask.campaign !== drill.definition.id) continue;
      const campaign = run.state.campaigns[0]!;
      const told = toldOf(run, ask.input, atMs);
      if (told === null) continue;
      const { answer } = run.ask(ask, atMs);
      seen.set(told.outcome.status, (seen.get(told.outcome.status) ?? 0) + 1);
      if (told.byLuck) continue;
      expect([seed, step, told.outcome.status]).toEqual([seed, step, answer.status]);
      expect(campaign.definition.caps[told.outcome.cap]?.id).toBe(answer.cap);
    }
  }
  for (const status of ["granted", "cap_reached", "not_eligible", "budget_exhausted", "not_open"]) {
    expect(seen.get(status) ?? 0, status).toBeGreaterThan(5);
  }
});

/** Null where the input is refused before anything is decided. */
function toldOf(run: CoreRun, input: Parameters<typeof run.names.fillClaim>[1], atMs: number) {
  const campaign = run.state.campaigns[0]!;
  try {
    run.names.fillClaim(COMMAND, input);
    const reason = run.names.eligibility.failure(campaign, COMMAND, input.facts, atMs);
    COMMAND.eligible = reason === null;
  } catch {
    return null;
  }
  return COMMAND.offer < 0 ? null : tryClaim(campaign, COMMAND, atMs);
}
