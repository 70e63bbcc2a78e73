// Split pots: whether so many packets between minimum and maximum can add up to the total, whether
// the budget holds all that is set aside.
import { sameJson } from "../../base/canonical-json.ts";
import type { CampaignDefinition, PotReward } from "../../core/definition.ts";
import type { DefinitionCheck } from "./definition-check.ts";
import { potCaps } from "./pot-file.ts";

export function checkPot(check: DefinitionCheck, pot: PotReward, offer: number): void {
  const at = ["offers", offer, "reward"];
  const { totalMinor, packets, minMinor, maxMinor } = pot;
  if (minMinor <= 0) check.error([...at, "minMinor"], "more than nothing", check.money(minMinor));
  if (maxMinor < minMinor) {
    const expected = `at least the minimum ${check.money(minMinor)}`;
    check.error([...at, "maxMinor"], expected, check.money(maxMinor));
    return;
  }
  if (totalMinor < packets * minMinor) {
    const least = `at least ${packets} packets of ${check.money(minMinor)}`;
    const expected = `${least}, ${check.money(packets * minMinor)}`;
    check.error([...at, "totalMinor"], expected, check.money(totalMinor));
  }
  if (totalMinor > packets * maxMinor) {
    const most = `at most ${packets} packets of ${check.money(maxMinor)}`;
    const expected = `${most}, ${check.money(packets * maxMinor)}`;
    check.error([...at, "totalMinor"], expected, check.money(totalMinor));
  }
}

/** What is set aside must be there: of the budget, and of the budgets of waves. */
export function checkPotsTogether(check: DefinitionCheck): void {
  const { offers, waves, budgetMinor } = check.definition;
  let sum = 0;
  const ofWave = waves.map(() => 0);
  for (const [i, { reward, wave, draw }] of offers.entries()) {
    if (reward.kind !== "pot") continue;
    sum += reward.totalMinor;
    const isOfWave = draw === undefined;
    if (isOfWave) ofWave[wave] = (ofWave[wave] ?? 0) + reward.totalMinor;
    const path = ["offers", i, "reward", "totalMinor"];
    const waveBudget = isOfWave ? (waves[wave]?.budgetMinor ?? null) : null;
    if (sum > budgetMinor) {
      const most = `at most the budget ${check.money(budgetMinor)}`;
      const expected = `pots and prizes that add up to ${most}`;
      check.error(path, expected, check.money(sum));
    } else if (waveBudget !== null && ofWave[wave]! > waveBudget) {
      const expected = `pots that add up to at most the wave's budget ${check.money(waveBudget)}`;
      check.warn(path, expected, `${check.money(ofWave[wave]!)}, so that packets are left over`);
    } else if (waveBudget !== null && hasOthers(check.definition, wave)) {
      const expected = "a wave with a budget of pots alone, or a wave without one";
      const found = "other offers of the wave, which can use its budget up before the pot is empty";
      check.warn(path, expected, found);
    }
  }
}

function hasOthers({ offers }: CampaignDefinition, wave: number): boolean {
  const others = offers.filter((offer) => offer.wave === wave && offer.reward.kind !== "pot");
  return others.some(({ reward }) => reward.kind !== "compensation");
}

/** In a definition in JSON this cap alone says when a pot is empty. */
export function checkPotCaps(check: DefinitionCheck): void {
  const { caps, offers } = check.definition;
  const due = new Map(potCaps(offers).map((cap) => [cap.id, cap]));
  for (const [i, cap] of caps.entries()) {
    if (!cap.id.startsWith("pot:")) continue;
    const expected = due.get(cap.id);
    due.delete(cap.id);
    if (expected === undefined) {
      check.error(["caps", i, "id"], "an id that does not begin with pot:", cap.id);
    } else if (!sameJson(expected, cap)) {
      const limit = `${expected.limit} grants of ${expected.dimension} in total`;
      check.error(["caps", i], `${limit}, on claim, refund: yes`, `another cap ${cap.id}`);
    }
  }
  for (const id of due.keys()) check.error(["caps"], `the cap ${id} of the pot`, "none");
}
