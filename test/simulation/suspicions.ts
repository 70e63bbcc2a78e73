// Suspicion by seed: in some campaigns grants are held, released and clawed back in every state,
// and money comes in for what was spent.
import type { CampaignDefinition, OfferDefinition } from "../../src/core/definition.ts";
import type { SuspectAsk } from "./asks.ts";
import type { Auditor } from "./auditor.ts";
import type { Chance } from "./chance.ts";

const WHYS = ["forty accounts on one device", "转卖"];

/** A number that is the campaign's own, so that other draws of a seed stay what they were. */
function ownNumber({ assignment }: Pick<CampaignDefinition, "assignment">, of: number): number {
  return Number.parseInt(assignment.salt.slice(0, 6), 16) % of;
}

/** How often suspicion is what happens next: in most campaigns never. */
export function suspicionWeight(definition: CampaignDefinition): number {
  return [0, 0, 0, 12, 30][ownNumber(definition, 5)]!;
}

/** How long a released grant lives at least; undefined: what holds when the file says nothing. */
export function someGraceMs(assignment: CampaignDefinition["assignment"]): number | undefined {
  return [undefined, 0, 1, 60_000, 3_600_000, 90_000_000][ownNumber({ assignment }, 6)];
}

/** In some campaigns an offer can be redeemed only some time after the grant. */
export function ripening(
  definition: CampaignDefinition,
  offer: OfferDefinition,
  i: number,
): OfferDefinition {
  const maturesMs = [0, 0, 0, 0, 0, 0, 0, 1, 60_000, 3_600_000][
    (ownNumber(definition, 70) + i) % 10
  ]!;
  return maturesMs === 0 ? offer : { ...offer, maturesMs };
}

export function someSuspicion(
  chance: Chance,
  auditor: Auditor,
  campaign: string,
  mint: { id: () => string; grant: () => string; amount: () => number },
): SuspectAsk {
  const { books } = auditor;
  const nameOf = (wanted: (grant: (typeof books.grants)[number]) => boolean): string => {
    const ordinals = books.grants.flatMap((grant, ordinal) => (wanted(grant) ? [ordinal] : []));
    if (ordinals.length === 0 || chance.yes(0.1)) return mint.grant();
    return auditor.nameOf(chance.pick(ordinals));
  };
  const isHeld = books.grants.some(({ state }) => state === "held");
  const isOwed = books.grants.some(({ owedMinor }) => owedMinor > 0);
  const step = chance.weighted({
    hold: 5,
    release: isHeld ? 5 : 0.5,
    extend: 0,
    clawback: 3,
    repay: isOwed ? 4 : 0.3,
    cover: 0,
    uncover: 0,
  });
  const body = {
    id: mint.id(),
    why: chance.pick(WHYS),
    ...(chance.yes(0.3) ? { evidence: "case 7" } : {}),
  };
  switch (step) {
    case "hold":
      return {
        op: "suspect",
        step,
        campaign,
        grant: nameOf(({ state }) => state === "live"),
        body,
      };
    case "release":
      return {
        op: "suspect",
        step,
        campaign,
        grant: nameOf(({ state }) => state === "held"),
        body,
      };
    case "clawback": {
      const grant = nameOf(({ state, spentMinor }) => state === "held" || spentMinor > 0);
      return { op: "suspect", step, campaign, grant, body };
    }
    case "extend":
    case "cover":
    case "uncover":
    case "repay": {
      const grant = nameOf(({ owedMinor }) => owedMinor > 0);
      const amountMinor = Math.abs(Math.trunc(mint.amount())) || 1;
      const isWhole = Number.isSafeInteger(amountMinor);
      return {
        ...{ op: "suspect", step, campaign, grant },
        body: { ...body, amountMinor: isWhole ? amountMinor : 1 },
      };
    }
  }
}
