// Caps: ids, dimensions, windows, and whether any of them makes an offer impossible to get.
import { LIMITS } from "../../base/limits.ts";
import { INVITER } from "../../core/caps/caps.ts";
import type { CapDefinition, OfferDefinition } from "../../core/definition.ts";
import { checkInviterCap } from "./check-invites.ts";
import { amountsOf } from "./check-offers.ts";
import { checkPacing, isOfWave } from "./check-pacing.ts";
import { checkPotCaps } from "./check-pots.ts";
import type { DefinitionCheck } from "./definition-check.ts";

export function checkCaps(check: DefinitionCheck): void {
  const { caps } = check.definition;
  check.unique(
    ["caps"],
    caps.map((cap) => cap.id),
  );
  if (caps.length > LIMITS.caps) {
    const expected = `at most ${LIMITS.caps} caps, one for each wave budget and each pot included`;
    check.error(["caps"], expected, String(caps.length));
  }
  for (const [i, cap] of caps.entries()) {
    if (!checkDimension(check, cap, i)) continue;
    checkRules(check, cap, i);
    if (cap.dimension.startsWith(INVITER)) checkInviterCap(check, i);
    if (!isOfWave(cap.id)) checkReach(check, cap, i);
  }
  checkPotCaps(check);
  checkPacing(check);
}

/** False when the dimension does not exist. */
function checkDimension(check: DefinitionCheck, cap: CapDefinition, i: number): boolean {
  const { waves, offers, attributes } = check.definition;
  const path = ["caps", i, "dimension"];
  const [kind, id] = cap.dimension.split(":", 2) as [string, string | undefined];
  const { invites = [] } = check.definition;
  const names = kind === "wave" ? waves : kind === "inviter" ? invites : offers;
  if (id !== undefined) {
    const isKind = kind === "wave" || kind === "offer" || kind === "inviter";
    if (isKind && names.some((one) => one.id === id)) return true;
    const known = names.map((one) => `${kind}:${one.id}`).join(", ");
    check.error(path, `one of ${known}`, cap.dimension);
    return false;
  }
  const isKnown = isBuiltIn(kind) || attributes.includes(kind);
  if (!isKnown) check.error(path, "a dimension or a declared attribute", cap.dimension);
  return isKnown;
}

function isBuiltIn(name: string): boolean {
  return name === "campaign" || name === "wave" || name === "offer" || name === "user";
}

function checkRules(check: DefinitionCheck, cap: CapDefinition, i: number): void {
  const at = ["caps", i];
  if (cap.limit < 0) check.error([...at, "limit"], "at least 0", String(cap.limit));
  if (cap.limit === 0) check.warn([...at, "limit"], "more than nothing", "0, which refuses all");
  if (cap.refund && (cap.per === "minute" || cap.per === "hour")) {
    const found = "yes: claiming and cancelling in a loop defeats it";
    check.warn([...at, "refund"], `no for a cap per ${cap.per}`, found);
  }
  const isAttribute = !isBuiltIn(cap.dimension) && !cap.dimension.includes(":");
  if (cap.missing !== "refuse" && !isAttribute) {
    check.warn([...at, "missing"], "missing only where an attribute is counted", cap.missing);
  }
  if (cap.blockMs !== undefined) checkBlocking(check, cap, i);
  if (cap.id.startsWith("wave-budget:") && cap.dimension !== `wave:${cap.id.slice(12)}`) {
    check.error([...at, "id"], "an id that does not begin with wave-budget:", cap.id);
  }
  // In a definition in JSON this cap alone enforces the wave's budget.
  const budget = cap.counts === "money" && cap.per === "total" && cap.on === "claim";
  if (cap.id.startsWith("wave-budget:") && !budget) {
    const found = `${cap.counts} per ${cap.per} on ${cap.on}`;
    check.error(at, "money per total on claim, since it enforces a wave's budget", found);
  }
}

/** A cap that blocks must say whom. */
function checkBlocking(check: DefinitionCheck, cap: CapDefinition, i: number): void {
  const { attributes } = check.definition;
  const isWho = cap.dimension === "user" || attributes.includes(cap.dimension);
  if (cap.blockMs === 0) check.error(["caps", i, "blockMs"], "more than nothing", "0");
  if (isWho && cap.on === "claim") return;
  const expected = "blockFor only of a cap at the claim, by user or by an attribute";
  check.error(["caps", i, "blockMs"], expected, `${cap.dimension} at the ${cap.on}`);
}

/** Warns where a money cap on claims is below an amount: that amount can never be granted. */
function checkReach(check: DefinitionCheck, cap: CapDefinition, i: number): void {
  if (cap.counts !== "money" || cap.on !== "claim" || cap.limit === 0) return;
  for (const offer of check.definition.offers) {
    const top = amountsOf(offer.reward)[0];
    if (top === undefined || !applies(check, cap, offer) || !(top.minor > cap.limit)) continue;
    const expected = `at least ${check.money(top.minor)}, which ${offer.id} can grant`;
    check.warn(["caps", i, "limit"], expected, check.money(cap.limit));
  }
}

function applies(check: DefinitionCheck, cap: CapDefinition, offer: OfferDefinition): boolean {
  if (offer.draw !== undefined) return false; // a draw has limits of its own
  const [kind, id] = cap.dimension.split(":", 2);
  if (offer.reward.kind === "compensation") return false; // its own cap is checked elsewhere
  if (id === undefined) return true;
  return kind === "offer" ? offer.id === id : check.definition.waves[offer.wave]?.id === id;
}
