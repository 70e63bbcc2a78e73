// What a verified journal does not show, in plain words. A proof that does not say where it ends
// invites belief in more than it proves.
import { dueAtMs } from "./beacon.ts";
import type { VerifiedCampaign } from "./campaign.ts";
import { notesOnConditions } from "./conditions.ts";

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

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function notesOnCampaign(campaign: VerifiedCampaign): string[] {
  const { definition, luck } = campaign;
  const { id, offers, assignment, waves, caps } = definition;
  const notes: string[] = [];
  if (definition.rehearsal === true) notes.push(`${id}: a REHEARSAL; nothing in it was money.`);
  if (offers.some(({ reward }) => reward.kind === "table" || reward.kind === "pot"))
    notes.push(...notesOnLuck(campaign));
  if (luck.waiting > 0) {
    const amounts = plural(luck.waiting, "lucky amount");
    notes.push(`${id}: ${amounts} cannot be drawn again until the seed is revealed at the close.`);
  }
  if (campaign.packetsWaiting > 0) {
    const packets = plural(campaign.packetsWaiting, "packet");
    notes.push(`${id}: ${packets} cannot be drawn again until the seed is revealed at the close.`);
  }
  if (campaign.placesWaiting > 0) {
    const places = plural(campaign.placesWaiting, "place");
    notes.push(`${id}: ${places} of draws cannot be drawn again until the seed is revealed.`);
  }
  campaign.lots.forEach(({ isClosed, round, entries }, draw) => {
    if (!isClosed || round > 0 || entries === 0) return;
    const name = definition.draws![draw]!.id;
    notes.push(
      `${id}: no public round was mixed into draw ${name} after entries closed, so whoever knew ` +
        "the seed could have chosen the winner by one more entry.",
    );
  });
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
  notes.push(...notesOnConditions(campaign));
  return notes;
}

function notesOnLuck({ definition, luck, revisedOdds }: VerifiedCampaign): string[] {
  const { id, beacon } = definition;
  const notes: string[] = [];
  if (beacon === undefined) {
    notes.push(`${id}: no public beacon took part, so the operator could have chosen the seed.`);
  } else {
    const due = new Date(dueAtMs(beacon)).toISOString();
    notes.push(
      `${id}: that the seed was committed to before round ${beacon.round} was public, ${due}: ` +
        "so the journal says by the operator's clock; a chain value published before proves it.",
      `${id}: that nobody with the secrets made accounts that the drawn numbers favour.`,
    );
  }
  if (beacon !== undefined && !luck.beaconKnown) {
    notes.push(`${id}: the value of round ${beacon.round} is not in the journal, and no luck yet.`);
  }
  if (revisedOdds > 0) {
    const times = revisedOdds === 1 ? "once" : `${revisedOdds} times`;
    notes.push(`${id}: odds were set ${times} when the operator could have known what they draw.`);
  }
  return notes;
}
