// Offers against their wave, the budget, and the end of the campaign.
import type { OfferDefinition, RewardDefinition } from "../../core/definition.ts";
import { checkPot, checkPotsTogether } from "./check-pots.ts";
import type { DefinitionCheck } from "./definition-check.ts";

const MAX_ODDS = 2 ** 32;

export function checkOffers(check: DefinitionCheck): void {
  const { offers } = check.definition;
  check.unique(
    ["offers"],
    offers.map((offer) => offer.id),
  );
  for (const [i, offer] of offers.entries()) {
    if (offer.reward.kind === "compensation") continue;
    checkReward(check, offer, i);
    if (offer.draw === undefined) checkExpiry(check, offer, i);
    checkMaturity(check, offer, i);
  }
  checkPotsTogether(check);
  for (const [i, wave] of check.definition.waves.entries()) {
    if (!offers.some((offer) => isOf(offer, i) || offer.wave < 0)) {
      check.warn(["waves", i], "a wave that some offer belongs to", `no offer in ${wave.id}`);
    }
  }
}

/** Whether an offer counts in a wave: compensation does in none. */
function isOf({ reward, wave }: OfferDefinition, ordinal: number): boolean {
  return wave === ordinal && reward.kind !== "compensation";
}

/** Largest amount first, with the path of each within the reward. */
export function amountsOf(
  reward: RewardDefinition,
): { minor: number; path: (string | number)[] }[] {
  if (reward.kind === "fixed") return [{ minor: reward.amountMinor, path: ["amountMinor"] }];
  if (reward.kind === "compensation") return [{ minor: reward.maxMinor, path: ["maxMinor"] }];
  if (reward.kind === "pot") return [{ minor: reward.maxMinor, path: ["maxMinor"] }];
  return reward.entries
    .map((entry, j) => ({ minor: entry.amountMinor, path: ["entries", j, "amountMinor"] }))
    .sort((a, b) => b.minor - a.minor);
}

function checkReward(check: DefinitionCheck, offer: OfferDefinition, i: number): void {
  const { budgetMinor, waves } = check.definition;
  const at = ["offers", i, "reward"];
  const waveBudget = waves[offer.wave]?.budgetMinor ?? null;
  for (const { minor, path } of amountsOf(offer.reward)) {
    if (minor <= 0) check.error([...at, ...path], "more than nothing", check.money(minor));
    else if (minor > budgetMinor) {
      const expected = `at most the budget ${check.money(budgetMinor)}`;
      check.error([...at, ...path], expected, check.money(minor));
    } else if (waveBudget !== null && minor > waveBudget && offer.draw === undefined) {
      const expected = `at most the wave's budget ${check.money(waveBudget)}`;
      check.warn([...at, ...path], expected, `${check.money(minor)}, which is never granted`);
    }
  }
  if (offer.reward.kind === "pot") checkPot(check, offer.reward, i);
  if (offer.reward.kind !== "table") return;
  const odds = offer.reward.entries.reduce((sum, entry) => sum + entry.odds, 0);
  if (odds > MAX_ODDS) {
    check.error([...at, "entries"], `odds that add up to at most ${MAX_ODDS}`, String(odds));
  }
}

/** What matures only when it expires could never be spent. */
function checkMaturity(check: DefinitionCheck, offer: OfferDefinition, i: number): void {
  const { maturesMs = 0, expiry } = offer;
  const wave = check.definition.waves[offer.wave];
  if (maturesMs === 0 || wave === undefined) return;
  const at = ["offers", i, "maturesMs"];
  const hours = (ms: number): string => `${ms / 3_600_000} h`;
  if (expiry.kind === "after" && maturesMs >= expiry.afterMs) {
    check.error(at, `less than the ${hours(expiry.afterMs)} until expiry`, hours(maturesMs));
  } else if (expiry.kind === "at" && wave.fromMs + maturesMs >= expiry.atMs) {
    const found = `${check.time(wave.fromMs + maturesMs)} at the earliest`;
    check.error(at, `before the expiry ${check.time(expiry.atMs)}`, found);
  } else if (expiry.kind === "at" && wave.toMs + maturesMs >= expiry.atMs) {
    const found = `${check.time(wave.toMs + maturesMs)} for the last claims, which are lost`;
    check.warn(at, `before the expiry ${check.time(expiry.atMs)} for all claims`, found);
  }
}

function checkExpiry(check: DefinitionCheck, offer: OfferDefinition, i: number): void {
  const { closesAtMs, settlingLagMs, waves } = check.definition;
  const wave = waves[offer.wave];
  if (wave === undefined) return;
  const at = ["offers", i, "expiry"];
  const lastMs = offer.expiry.kind === "at" ? offer.expiry.atMs : wave.toMs + offer.expiry.afterMs;
  const path = [...at, offer.expiry.kind === "at" ? "atMs" : "afterMs"];
  if (offer.expiry.kind === "at" && lastMs <= wave.fromMs) {
    check.error(path, `after the wave's start ${check.time(wave.fromMs)}`, check.time(lastMs));
  } else if (offer.expiry.kind === "at" && lastMs < wave.toMs) {
    const found = `${check.time(lastMs)}: claims after it would be expired at once`;
    check.warn(path, `not before the wave's end ${check.time(wave.toMs)}`, found);
  }
  if (offer.expiry.kind === "after" && offer.expiry.afterMs <= 0) {
    check.error(path, "more than nothing", "0");
  }
  if (lastMs > closesAtMs) {
    const expected = `the last expiry not after the close ${check.time(closesAtMs)}`;
    check.error(path, expected, check.time(lastMs));
  } else if (lastMs + settlingLagMs > closesAtMs) {
    const expected = `the settling lag over by the close ${check.time(closesAtMs)}`;
    check.warn(path, expected, `${check.time(lastMs + settlingLagMs)}, so that money is left over`);
  }
}
