// What came of published odds: how often each amount of a table was granted, by the odds that were
// in force, and how likely counts as far off as these are by chance alone.
import { sameJson } from "../../base/canonical-json.ts";
import type { CampaignDefinition, TableEntry } from "../../core/definition.ts";
import { binomialTwoSidedP } from "../../stats/binomial.ts";
import { sampleRatio } from "../../stats/sample-ratio.ts";

export interface OddsRow {
  amountMinor: number;
  odds: number;
  granted: number;
  expected: number;
  /** Exact, two-sided, of this amount alone; null without grants. */
  p: number | null;
}

/** One offer's odds as they were from a version of the campaign on. */
export interface OddsReport {
  offer: string;
  version: number;
  grants: number;
  rows: OddsRow[];
  /**
   * How often the least likely of the rows would be as unlikely as here, or more, if the odds held:
   * exact for each row, times the rows (Bonferroni). Null without grants, or with one amount only.
   */
  p: number | null;
}

/** Counts by amount, of one offer's odds from a version on. */
export interface CountedOdds {
  offer: string;
  version: number;
  entries: readonly TableEntry[];
  /** Grants, by amount. */
  counts: ReadonlyMap<number, number>;
}

export function oddsReport({ offer, version, entries, counts }: CountedOdds): OddsReport {
  const odds = new Map<number, number>();
  for (const entry of entries) {
    odds.set(entry.amountMinor, (odds.get(entry.amountMinor) ?? 0) + entry.odds);
  }
  const sum = [...odds.values()].reduce((total, one) => total + one, 0);
  const granted = [...odds.keys()].map((amountMinor) => counts.get(amountMinor) ?? 0);
  const grants = granted.reduce((total, one) => total + one, 0);
  const isTestable = grants > 0 && odds.size > 1;
  const rows = [...odds].map(([amountMinor, own], i): OddsRow => {
    const share = own / sum;
    const p = isTestable ? binomialTwoSidedP(granted[i]!, grants, share) : null;
    return { amountMinor, odds: own, granted: granted[i]!, expected: grants * share, p };
  });
  const p = isTestable ? sampleRatio(granted, [...odds.values()], { exact: true }).p : null;
  return { offer, version, grants, rows, p };
}

/** Of odds whose entries say how often each was granted, as a server tells them. */
export function toldOdds({
  offer,
  version,
  entries,
}: {
  offer: string;
  version: number;
  entries: readonly (TableEntry & { granted: number })[];
}): OddsReport {
  const counts = new Map<number, number>();
  for (const { amountMinor, granted } of entries) {
    counts.set(amountMinor, (counts.get(amountMinor) ?? 0) + granted);
  }
  return oddsReport({ offer, version, entries, counts });
}

/** The counts of a campaign, kept from its grants. */
export class OddsBook {
  private readonly tables: (CountedOdds & { counts: Map<number, number> })[][] = [];

  /** Other odds, or new offers, from a version on. */
  take({ offers }: CampaignDefinition, version: number): void {
    offers.forEach(({ id, reward }, i) => {
      this.tables[i] ??= [];
      if (reward.kind !== "table") return;
      const { entries } = reward;
      const last = this.tables[i].at(-1);
      if (last !== undefined && sameJson(last.entries, entries)) return;
      this.tables[i].push({ offer: id, version, entries, counts: new Map() });
    });
  }

  add(offer: number, amountMinor: number): void {
    const counts = this.tables[offer]?.at(-1)?.counts;
    counts?.set(amountMinor, (counts.get(amountMinor) ?? 0) + 1);
  }

  get reports(): OddsReport[] {
    return this.tables.flat().map(oddsReport);
  }
}
