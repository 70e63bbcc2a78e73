// What a campaign file fixes, read from a text that the server found valid.
import { parse } from "yaml";
import { currencyDecimals } from "../../../base/money.ts";
import type { CampaignFile } from "../../../contract/campaign-file/file-schema.ts";
import { readInstant } from "../../../contract/campaign-file/scalars.ts";

export interface CampaignTerms {
  readonly campaign: string;
  readonly title: string;
  readonly currency: string;
  readonly decimals: number;
  readonly timeZone: string;
  readonly budgetMinor: number;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly closesAtMs: number;
  readonly offers: number;
  /** As the file has it; null: nobody is held out. */
  readonly holdout: string | null;
  readonly hasBeacon: boolean;
  readonly isFourEyes: boolean;
  readonly isRehearsal: boolean;
}

export function campaignTerms(yaml: string): CampaignTerms {
  const file = parse(yaml) as CampaignFile;
  const { campaign, title, currency, timeZone, budget, starts, ends, closes, holdout } = file;
  const decimals = currencyDecimals(currency) ?? 2;
  const atMs = (text: string): number => readInstant(text) ?? Number.NaN;
  return {
    ...{ campaign, title, currency, decimals, timeZone },
    budgetMinor: Math.round(budget * 10 ** decimals),
    ...{ startsAtMs: atMs(starts), endsAtMs: atMs(ends), closesAtMs: atMs(closes) },
    offers: file.offers.length,
    holdout: holdout === undefined ? null : shareText(holdout.share),
    hasBeacon: file.beacon !== undefined,
    isFourEyes: file.fourEyes === true,
    isRehearsal: file.rehearsal === true,
  };
}

/** 0.1 and "10 %" are the same. */
function shareText(share: string | number): string {
  return typeof share === "string" ? share : `${Number((100 * share).toPrecision(12))} %`;
}
