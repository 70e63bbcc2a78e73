// A revised campaign file lined up with the campaign that it changes: what was there keeps its
// ordinal, whatever the order of the new file, and what is new comes after it. Events name
// ordinals, so that nothing that was granted may change its place.
import type {
  CampaignDefinition,
  CapDefinition,
  FactDefinition,
  InviteDefinition,
  OfferDefinition,
  WaveDefinition,
} from "../../core/definition.ts";
import type { FilePath, Finding } from "./problems.ts";

/** Lists of a definition whose members have ids. */
type Listed = "waves" | "offers" | "caps" | "audiences" | "lists" | "invites";

export interface LinedUp {
  definition: CampaignDefinition;
  /** By list: where a member of the definition stands in the asked one. */
  places: Readonly<Record<Listed, readonly number[]>>;
  findings: Finding[];
}

const NAMES: Readonly<Record<Listed, string>> = {
  waves: "wave",
  offers: "offer",
  caps: "cap",
  audiences: "audience",
  lists: "list",
  invites: "invite",
};

/** What is missing of the campaign in `asked` is a finding each; nothing can be taken away. */
export function lineUp(before: CampaignDefinition, asked: CampaignDefinition): LinedUp {
  const findings: Finding[] = [];
  const line = <T extends { id: string }>(list: Listed, old: readonly T[], given: readonly T[]) => {
    const known = new Set(old.map(({ id }) => id));
    const fresh = given.filter(({ id }) => !known.has(id));
    const members = [...old, ...fresh].map(({ id }) => id);
    const places = members.map((id) => given.findIndex((one) => one.id === id));
    for (const [i, place] of places.entries()) {
      if (place >= 0) continue;
      const was = `${NAMES[list]} ${members[i]}`;
      const expected = `${was}, which the campaign has; nothing can be removed`;
      findings.push({ severity: "error", path: [list], expected, found: "none" });
    }
    return { places, members: places.map((place, i) => given[place] ?? old[i]!) };
  };
  const waves = line<WaveDefinition>("waves", before.waves, asked.waves);
  const offers = line<OfferDefinition>("offers", before.offers, asked.offers);
  const caps = line<CapDefinition>("caps", before.caps, asked.caps);
  const audiences = line("audiences", before.audiences, asked.audiences);
  const lists = line("lists", before.lists ?? [], asked.lists ?? []);
  const invites = line<InviteDefinition>("invites", before.invites ?? [], asked.invites ?? []);
  const facts = [
    ...(before.facts ?? []).map((fact) => askedFact(asked, fact)),
    ...(asked.facts ?? []).filter(({ name }) => !before.facts?.some((one) => one.name === name)),
  ];
  const attributes = [
    ...before.attributes,
    ...asked.attributes.filter((name) => !before.attributes.includes(name)),
  ];
  const ordinalIn = (members: readonly { id: string }[], id: string | undefined): number =>
    members.findIndex((one) => one.id === id);
  const ofOffers = (invite: InviteDefinition, i: number): InviteDefinition => {
    if (invites.places[i]! < 0) return invite; // as it was, with a finding
    const ordinalOf = (offer: number) => ordinalIn(offers.members, asked.offers[offer]?.id);
    const { inviterOffer, invitedOffer } = invite;
    return {
      ...invite,
      ...{ inviterOffer: ordinalOf(inviterOffer), invitedOffer: ordinalOf(invitedOffer) },
    };
  };
  const definition: CampaignDefinition = {
    ...asked,
    waves: waves.members,
    offers: offers.members.map((offer, i) => {
      if (offers.places[i]! < 0) return offer; // as it was, with a finding
      const audience = offer.audience === null ? null : asked.audiences[offer.audience]?.id;
      return {
        ...offer,
        wave: ordinalIn(waves.members, asked.waves[offer.wave]?.id),
        audience: audience === null ? null : ordinalIn(audiences.members, audience),
      };
    }),
    caps: caps.members,
    audiences: audiences.members,
    attributes,
    dayStartsMs: daysOf(before, asked),
    ...(facts.length === 0 ? {} : { facts }),
    ...(lists.members.length === 0 ? {} : { lists: lists.members }),
    ...(invites.members.length === 0 ? {} : { invites: invites.members.map(ofOffers) }),
  };
  const places = {
    waves: waves.places,
    offers: offers.places,
    caps: caps.places,
    audiences: audiences.places,
    lists: lists.places,
    invites: invites.places,
  };
  return { definition, places, findings };
}

/** A retry may still carry a fact: it stays declared, though no condition asks for it any more. */
function askedFact({ facts }: CampaignDefinition, fact: FactDefinition): FactDefinition {
  return facts?.find(({ name }) => name === fact.name) ?? fact;
}

/** Days that were resolved once stay as they are, whatever a newer list of time zones says. */
function daysOf(before: CampaignDefinition, asked: CampaignDefinition): number[] {
  const last = before.dayStartsMs.at(-1)!;
  return [...before.dayStartsMs, ...asked.dayStartsMs.filter((day) => day > last)];
}

/** A path of the lined up definition as a path of the asked one. */
export function askedPath(path: FilePath, { places }: LinedUp): FilePath {
  const [list, ordinal, ...rest] = path;
  if (typeof list !== "string" || !(list in places) || typeof ordinal !== "number") return path;
  const place = places[list as Listed][ordinal]!;
  return place < 0 ? [list] : [list, place, ...rest];
}
