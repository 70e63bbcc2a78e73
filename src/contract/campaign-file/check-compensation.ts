// The compensation line: its money must be there beside that of pots, and its cap alone holds it.
import { sameJson } from "../../base/canonical-json.ts";
import { type CampaignDefinition, COMPENSATION_CAP } from "../../core/definition.ts";
import { compensationCap } from "./compensation-file.ts";
import type { DefinitionCheck } from "./definition-check.ts";

export function checkCompensation(check: DefinitionCheck): void {
  const { offers, caps, budgetMinor, startsAtMs, closesAtMs } = check.definition;
  const lines = offers.filter(({ reward }) => reward.kind === "compensation");
  const [line] = lines;
  if (line === undefined) return;
  if (lines.length > 1) check.error(["compensation"], "one line", `${lines.length}`);
  if (line.reward.kind !== "compensation") return;
  const { amountMinor, maxMinor } = line.reward;
  const limit = compensationLimit(check.definition);
  if (!(amountMinor > 0)) {
    check.error(["compensation", "amount"], "more than nothing", check.money(amountMinor));
  }
  if (maxMinor < amountMinor) {
    const expected = `at least the amount ${check.money(amountMinor)}`;
    check.error(["compensation", "max"], expected, check.money(maxMinor));
  }
  if (maxMinor > limit) {
    const expected = `at least ${check.money(maxMinor)}, which a line may name`;
    check.error(["compensation", "budget"], expected, check.money(limit));
  }
  const due = compensationCap(line.id, limit);
  const held = caps.filter(({ id }) => id === COMPENSATION_CAP);
  if (held.length !== 1 || !sameJson(held[0], due)) {
    const expected = `the cap ${COMPENSATION_CAP}: money of offer:${line.id} in total, no refund`;
    check.error(["caps"], expected, held.length === 0 ? "none" : "another one");
  }
  let pots = 0;
  for (const { reward } of offers) if (reward.kind === "pot") pots += reward.totalMinor;
  if (pots + limit > budgetMinor) {
    const expected = `with all pots at most the budget ${check.money(budgetMinor)}`;
    check.error(["compensation", "budget"], expected, check.money(pots + limit));
  }
  const { expiry } = line;
  if (expiry.kind === "at" && (expiry.atMs <= startsAtMs || expiry.atMs > closesAtMs)) {
    const expected = `after the start, and not after the close ${check.time(closesAtMs)}`;
    check.error(["compensation", "expires"], expected, check.time(expiry.atMs));
  }
}

/** What a campaign may make good in all; 0 where it has no such line. */
export function compensationLimit({ offers, caps }: CampaignDefinition): number {
  if (!offers.some(({ reward }) => reward.kind === "compensation")) return 0;
  return caps.find(({ id }) => id === COMPENSATION_CAP)?.limit ?? 0;
}
