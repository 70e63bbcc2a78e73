// What holds after every event, whatever happened. Tests check it after every step; verify checks
// more, over a whole journal, from the events alone.

import type { Cap } from "./caps/caps.ts";
import type { LedgerState } from "./ledger-state.ts";
import { claimableMinor, waitingMinor } from "./luck/packets.ts";
import { boundMinor, isSecured, spendableMinor } from "./money/exposure.ts";
import type { CampaignState } from "./state.ts";

/** Every invariant that does not hold, in words; empty when all is well. */
export function violations(state: LedgerState): string[] {
  return state.campaigns.flatMap((campaign) =>
    [...bookViolations(campaign), ...grantViolations(campaign)].map(
      (text) => `${campaign.definition.id}: ${text}`,
    ),
  );
}

function bookViolations(campaign: CampaignState): string[] {
  const { books } = campaign;
  const found: string[] = [];
  for (const [name, value] of Object.entries(books)) {
    if (!Number.isSafeInteger(value) || value < 0) found.push(`${name} is ${value}`);
  }
  if (!(books.contingencyMinor <= (campaign.definition.contingency?.limitMinor ?? 0))) {
    found.push(`the contingency line bears ${books.contingencyMinor}`);
  }
  const { amountMinor, head } = campaign.settling;
  let settling = amountMinor.slice(head).reduce((sum, amount) => sum + amount, 0);
  let setAside = 0;
  let secured = 0;
  for (const pot of campaign.pots) {
    if (pot === null) continue;
    settling += waitingMinor(campaign, pot);
    secured += waitingMinor(campaign, pot);
    setAside += claimableMinor(campaign, pot);
  }
  if (setAside !== books.setAsideMinor) {
    found.push(`pots hold ${setAside}, the books say ${books.setAsideMinor}`);
  }
  for (let grant = 0; grant < campaign.grantCount; grant++) {
    const secure = isSecured(campaign, campaign.grantOffer(grant));
    if (secure) secured += campaign.reservedMinor(grant);
  }
  if (secured !== books.securedMinor) {
    found.push(`what is secured keeps ${secured}, the books say ${books.securedMinor}`);
  }
  if (settling !== books.settlingMinor) {
    found.push(`${settling} waits to settle, the books say ${books.settlingMinor}`);
  }
  if (!(boundMinor(campaign) <= campaign.ceilingMinor)) {
    found.push(`${boundMinor(campaign)} is out and spent, above ${campaign.ceilingMinor}`);
  }
  if (!(spendableMinor(campaign) >= 0)) {
    found.push(`budget ${books.budgetMinor} is exceeded by ${-spendableMinor(campaign)}`);
  }
  return found;
}

function grantViolations(campaign: CampaignState): string[] {
  let spent = 0;
  let reserved = 0;
  let returned = 0;
  const found: string[] = [];
  for (let grant = 0; grant < campaign.grantCount; grant++) {
    spent += campaign.grantSpent.get(grant);
    returned += campaign.grantReturned.get(grant);
    reserved += campaign.reservedMinor(grant);
    if (!(campaign.unspentMinor(grant) >= 0)) found.push(`grant ${grant} is overspent`);
  }
  const { spentMinor, reservedMinor, returnedMinor } = campaign.books;
  if (spent !== spentMinor) found.push(`grants spent ${spent}, the books say ${spentMinor}`);
  if (reserved !== reservedMinor) {
    found.push(`grants reserve ${reserved}, the books say ${reservedMinor}`);
  }
  if (returned !== returnedMinor) {
    found.push(`grants returned ${returned}, the books say ${returnedMinor}`);
  }
  const paced = campaign.caps.flatMap(paceViolations);
  return [...found, ...paced, ...campaign.caps.flatMap((cap) => cap.violations())];
}

/** Parts of a curve are amounts. */
function paceViolations({ id, pace }: Cap): string[] {
  if (pace === null) return [];
  return Object.entries(pace.now).flatMap(([name, value]) =>
    name === "fromMs" || Array.isArray(value) || (Number.isSafeInteger(value) && value >= 0)
      ? []
      : [`cap ${id}: ${name} is ${value}`],
  );
}
