// What must fit together in a campaign, across its fields: for files and JSON alike. Findings name
// paths of the definition; parse-campaign.ts turns them into the words and places of the file.
// Guards are written so that NaN (a value that could not be read) raises no second finding.

import { LIMITS } from "../../base/limits.ts";
import { type CampaignDefinition, ceilingOf } from "../../core/definition.ts";
import { checkBeacon } from "./check-beacon.ts";
import { checkCaps } from "./check-caps.ts";
import { checkCompensation } from "./check-compensation.ts";
import { checkConditions } from "./check-conditions.ts";
import { checkDraws } from "./check-draws.ts";
import { checkGrey } from "./check-grey.ts";
import { checkInvites } from "./check-invites.ts";
import { checkOffers } from "./check-offers.ts";
import { checkOverissue } from "./check-overissue.ts";
import { checkShadowedCaps } from "./check-shadowed-caps.ts";
import { setAsideMinor } from "./claims-only.ts";
import { checkContingency } from "./contingency-file.ts";
import { DefinitionCheck } from "./definition-check.ts";
import type { Finding } from "./problems.ts";
import { checkSurfaces } from "./surfaces.ts";

const DAY_MS = 86_400_000;

export function checkDefinition(definition: CampaignDefinition): Finding[] {
  const check = new DefinitionCheck(definition);
  checkTimes(check);
  checkWaves(check);
  checkOffers(check);
  checkDraws(check);
  checkCaps(check);
  checkInvites(check);
  checkShadowedCaps(check);
  checkAssignment(check);
  checkBeacon(check);
  checkConditions(check);
  checkCompensation(check);
  checkSurfaces(check);
  checkGrey(check);
  checkOverissue(check);
  checkContingency(check);
  return check.findings;
}

function checkTimes(check: DefinitionCheck): void {
  const { startsAtMs, endsAtMs, closesAtMs, budgetMinor, currency } = check.definition;
  if (endsAtMs <= startsAtMs) {
    check.error(["endsAtMs"], `after the start ${check.time(startsAtMs)}`, check.time(endsAtMs));
  }
  if (closesAtMs < endsAtMs) {
    check.error(
      ["closesAtMs"],
      `not before the end ${check.time(endsAtMs)}`,
      check.time(closesAtMs),
    );
  }
  const days = (closesAtMs - startsAtMs) / DAY_MS;
  if (days >= LIMITS.campaignDays - 1) {
    const found = `${Math.ceil(days)} days`;
    check.error(["closesAtMs"], `fewer than ${LIMITS.campaignDays} days after the start`, found);
  }
  if (budgetMinor <= 0) check.error(["budgetMinor"], "more than nothing", check.money(budgetMinor));
  if (!Intl.supportedValuesOf("currency").includes(currency)) {
    check.warn(["currency"], "a currency of ISO 4217 such as CNY, USD or EUR", currency);
  }
}

function checkWaves(check: DefinitionCheck): void {
  const { waves, budgetMinor } = check.definition;
  const mostMinor = ceilingOf(check.definition);
  check.unique(
    ["waves"],
    waves.map((wave) => wave.id),
  );
  const asideMinor = setAsideMinor(check.definition);
  let sum = asideMinor;
  for (const [i, wave] of waves.entries()) {
    const at = ["waves", i];
    if (wave.toMs <= wave.fromMs) {
      check.error(
        [...at, "toMs"],
        `after its start ${check.time(wave.fromMs)}`,
        check.time(wave.toMs),
      );
    }
    check.notBeforeStart([...at, "fromMs"], wave.fromMs);
    check.notAfterEnd([...at, "toMs"], wave.toMs);
    const before = waves[i - 1];
    if (before !== undefined && wave.fromMs < before.fromMs) {
      const expected = `waves in order: not before ${check.time(before.fromMs)}`;
      check.error([...at, "fromMs"], expected, check.time(wave.fromMs));
    }
    sum += wave.budgetMinor ?? 0;
    if (sum > mostMinor && wave.budgetMinor !== null) {
      const expected = `wave budgets that add up to at most ${check.money(mostMinor)}`;
      check.error([...at, "budgetMinor"], expected, check.money(sum));
    }
  }
  if (waves.every((wave) => wave.budgetMinor !== null) && sum < budgetMinor) {
    const what = asideMinor === 0 ? "" : " and of what is set aside";
    const expected = `the sum of the wave budgets${what}, ${check.money(sum)}`;
    check.warn(["budgetMinor"], expected, `${check.money(budgetMinor - sum)} in no wave`);
  }
}

function checkAssignment(check: DefinitionCheck): void {
  const { assignment, audiences, attributes } = check.definition;
  const { variants } = assignment;
  if (!(assignment.holdoutShare < 1) && !Number.isNaN(assignment.holdoutShare)) {
    const found = "nobody would get anything";
    check.warn(["assignment", "holdoutShare"], "less than 1", found);
  }
  check.unique(
    ["assignment", "variants"],
    variants.map((variant) => variant.id),
  );
  for (const [i, variant] of variants.entries()) {
    if (variant.id === "holdout") {
      const path = ["assignment", "variants", i, "id"];
      check.error(path, "another id: arm 0 is called holdout", variant.id);
    }
  }
  const sum = variants.reduce((total, variant) => total + variant.share, 0);
  if (Math.abs(sum - 1) > 1e-6) {
    check.error(["assignment", "variants"], "shares that add up to 1", String(sum));
  }
  check.unique(
    ["audiences"],
    audiences.map((audience) => audience.id),
  );
  const seen = new Set<string>(["campaign", "wave", "offer", "user"]);
  for (const [i, name] of attributes.entries()) {
    if (seen.has(name)) {
      check.error(["attributes", i], "each attribute once, none named as a dimension", name);
    }
    seen.add(name);
  }
  if (attributes.length > LIMITS.attributes) {
    const found = String(attributes.length);
    check.error(["attributes"], `at most ${LIMITS.attributes}, those of caps included`, found);
  }
}
