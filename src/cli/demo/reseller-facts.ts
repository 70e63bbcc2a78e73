// What came of the hunt for resellers, counted from the journal, with the truth beside it that only
// the crowd knows: which accounts were a reseller's.
import { exactShareInterval } from "../../stats/index.ts";
import type { SuspicionReading } from "./ledger-reading.ts";
import type { ResellerDeeds } from "./resellers.ts";

/** How many, and how many of them were truly resellers'. */
export interface Found {
  readonly grants: number;
  readonly ofResellers: number;
}

export interface ResellerFacts extends Omit<ResellerDeeds, "audited"> {
  readonly held: Found & { readonly minor: number };
  /** Honest ones in the sample: share and 95 % interval of what was held. */
  readonly audit: {
    readonly audited: number;
    readonly honest: number;
    readonly lower: number;
    readonly upper: number;
  };
  readonly released: Found;
  readonly clawedBack: Found & { readonly returnedMinor: number };
}

export interface ResellerInputs {
  readonly deeds: ResellerDeeds;
  readonly suspicion: SuspicionReading;
  readonly ownerOf: ReadonlyMap<number, string>;
  /** A grant's ordinal in the journal, from its id. */
  readonly ordinalOf: (grant: string) => number;
  /** Whether a pseudonym is that of a reseller's account. */
  readonly isReseller: (user: string) => boolean;
}

export function resellerFacts(inputs: ResellerInputs): ResellerFacts {
  const { deeds, suspicion, ownerOf, ordinalOf, isReseller } = inputs;
  const { audited, ...done } = deeds;
  const isTheirs = (grant: number): boolean => isReseller(ownerOf.get(grant)!);
  const found = (grants: readonly number[]): Found => ({
    grants: grants.length,
    ofResellers: grants.filter(isTheirs).length,
  });
  const honest = audited.filter(({ grant }) => !isTheirs(ordinalOf(grant))).length;
  const { lower, upper } = exactShareInterval({ successes: honest, n: audited.length });
  return {
    ...done,
    held: { ...found(suspicion.held), minor: suspicion.heldMinor },
    audit: { audited: audited.length, honest, lower, upper },
    released: found(suspicion.released),
    clawedBack: { ...found(suspicion.clawedBack), returnedMinor: suspicion.returnedMinor },
  };
}
