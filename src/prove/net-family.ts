// Which arm pays, where several might: the nets of all arms and studies of a verdict are one
// family, and an arm pays or loses only if its net is clear of zero among them (Holm). Of many arms
// that just break even some seem to pay, and those are the ones that somebody would pick.

import type { PaybackBasis } from "../verdict/payback-basis.ts";
import type { ArmPayback } from "../verdict/payback-reading.ts";
import type { StudyReading } from "../verdict/verdict.ts";
import { holmOver } from "./effects.ts";

/**
 * What was watched and what is carried on are a family each: they are two readings of one net, and
 * of the 5 % of a two-sided question an arm that is wrongly said to pay takes half in either.
 */
export function withNetFamilies(studies: readonly StudyReading[]): StudyReading[] {
  const paybacks = studies.flatMap(({ payback }) => payback?.arms ?? []);
  const pOf = ({ p }: { readonly p: number }): number => p;
  const ofWorth = holmOver(
    studies.flatMap(({ worth }) => worth),
    pOf,
  );
  const ofWatched = holmOver(
    paybacks.map(({ watched }) => watched),
    pOf,
  );
  const ofCarried = holmOver(
    paybacks.flatMap(({ extrapolated }) => extrapolated ?? []),
    pOf,
  );
  return studies.map((study) => {
    const { payback } = study;
    const worth = study.worth.map((each) => amongOthers(each, ofWorth(each), each.level));
    if (payback === null) return { ...study, worth };
    const read = (basis: PaybackBasis, of: (basis: PaybackBasis) => number | null): PaybackBasis =>
      amongOthers(basis, of(basis), payback.level);
    const arms = payback.arms.map((arm): ArmPayback => {
      const { watched, extrapolated } = arm;
      const carried = extrapolated === null ? null : read(extrapolated, ofCarried);
      return { ...arm, watched: read(watched, ofWatched), extrapolated: carried };
    });
    return { ...study, worth, payback: { ...payback, arms } };
  });
}

function amongOthers<Net extends { readonly finding: string }>(
  net: Net,
  holmP: number | null,
  level: number,
): Net {
  const isOpen = holmP !== null && holmP >= 1 - level && net.finding !== "not_known";
  return { ...net, holmP, ...(isOpen ? { finding: "unclear" } : {}) };
}
