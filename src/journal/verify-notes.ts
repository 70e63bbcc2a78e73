// What a verified journal does not show, in plain words. A proof that does not say where it ends
// invites belief in more than it proves.
import type { VerifiedCampaign } from "./verify-campaign.ts";

const ALWAYS = [
  "Rewards given outside the journal: only merchants' settlement statements tie it to the world.",
  "Another journal shown to somebody else: only a published checkpoint, or a witness, excludes it.",
  "Who stands behind a pseudonym, and that two pseudonyms are two people.",
  "Claims that were refused or never answered: only what happened is in the journal.",
  "The clock: instants are those of the operator's machine, and days those of the opening event.",
];

export function notesOn(campaigns: readonly VerifiedCampaign[]): string[] {
  return [...ALWAYS, ...campaigns.flatMap(notesOnCampaign)];
}

function notesOnCampaign(campaign: VerifiedCampaign): string[] {
  const { definition, opening, luck } = campaign;
  const { id, offers, assignment, waves, caps } = definition;
  const notes: string[] = [];
  if (offers.some((offer) => offer.reward.kind === "table") && opening.beacon === null) {
    notes.push(`${id}: no public beacon took part, so the operator could have chosen the seed.`);
  }
  if (luck.waiting > 0) {
    const amounts = luck.waiting === 1 ? "1 lucky amount" : `${luck.waiting} lucky amounts`;
    notes.push(`${id}: ${amounts} cannot be drawn again until the seed is revealed at the close.`);
  }
  if (assignment.source === "given") {
    notes.push(`${id}: arms were given by the caller; that they are random is not shown.`);
  }
  const unlimited = waves.filter(
    (wave) =>
      wave.budgetMinor !== null &&
      !caps.some((cap) => cap.dimension === `wave:${wave.id}` && cap.limit <= wave.budgetMinor!),
  );
  for (const wave of unlimited) {
    notes.push(`${id}: the budget of wave ${wave.id} is stated, but no cap keeps it.`);
  }
  return notes;
}
