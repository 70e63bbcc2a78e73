// What somebody fills in, as the text of a campaign file. The form knows the common campaign; all
// that it does not know is written into the text behind it.
import { Scalar, stringify } from "yaml";
import { instantOf } from "../../parts/local-time.ts";

export interface OfferFields {
  readonly id: string;
  readonly title: string;
  readonly amount: string;
  readonly days: string;
}

export interface CampaignFields {
  readonly id: string;
  readonly title: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly budget: string;
  /** Local times of the zone, such as 2026-02-06T08:00. */
  readonly starts: string;
  readonly ends: string;
  readonly closes: string;
  readonly offers: readonly OfferFields[];
  /** Grants a user, a user and day, a device; empty: without limit. */
  readonly perUser: string;
  readonly perDay: string;
  readonly perDevice: string;
  /** Percent; empty: nobody is held out. */
  readonly holdout: string;
}

export type FieldName = Exclude<keyof CampaignFields, "offers">;

export const NEW_OFFER: OfferFields = { id: "", title: "", amount: "", days: "7" };

export function newCampaign(timeZone: string): CampaignFields {
  return {
    ...{ id: "", title: "", currency: "CNY", timeZone, budget: "" },
    ...{ starts: "", ends: "", closes: "" },
    offers: [{ ...NEW_OFFER, id: "reward" }],
    ...{ perUser: "1", perDay: "", perDevice: "", holdout: "10" },
  };
}

export function campaignText(fields: CampaignFields): string {
  const { id, title, currency, timeZone, budget, holdout, offers, perDevice } = fields;
  const file = {
    ...{ campaign: id, title, currency, timeZone, budget: plain(budget) },
    ...instants(fields),
    offers: offers.map((offer) => ({
      id: offer.id,
      ...(offer.title === "" ? {} : { title: offer.title }),
      reward: { fixed: plain(offer.amount) },
      expires: { after: `${offer.days}d` },
    })),
    ...(perDevice === "" ? {} : { attributes: ["device"] }),
    ...capsOf(fields),
    ...(holdout === "" ? {} : { holdout: { share: `${holdout} %` } }),
  };
  return stringify(file, { lineWidth: 0 });
}

function capsOf({ perUser, perDay, perDevice }: CampaignFields): object {
  const of = (id: string, dimension: string, limit: string, more: object): object[] =>
    limit === "" ? [] : [{ id, of: dimension, counts: "grants", ...more, limit: plain(limit) }];
  const caps = [
    ...of("user-total", "user", perUser, {}),
    ...of("user-day", "user", perDay, { per: "day" }),
    ...of("device-total", "device", perDevice, { missing: "skip" }),
  ];
  return caps.length === 0 ? {} : { caps };
}

function instants({ timeZone, starts, ends, closes }: CampaignFields): object {
  // With its offset; what is no time is left to the check.
  const instant = (local: string): string =>
    instantOf(local, timeZone)?.toISOString().replace(".000", "") ?? local;
  return { starts: instant(starts), ends: instant(ends), closes: instant(closes) };
}

const NUMBER = /^\d{1,15}(?:\.(\d{1,9}))?$/;

/** A number as it was typed, with its last zeros; what is none is left to the check. */
function plain(text: string): Scalar<number> | string {
  const match = NUMBER.exec(text);
  if (match === null) return text;
  const scalar = new Scalar(Number(text));
  scalar.minFractionDigits = match[1]?.length ?? 0;
  return scalar;
}

/** A title as an id: lower case, digits and hyphens. */
export function idFrom(title: string): string {
  const plainText = title.normalize("NFKD").toLowerCase();
  return plainText
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
}

const PLACES: readonly (readonly [path: RegExp, field: FieldName])[] = [
  [/^campaign$/, "id"],
  [/^holdout/, "holdout"],
];

/** The field that a problem's place belongs to; an offer's by its number; null: none. */
export function fieldAt(path: string): FieldName | number | null {
  const offer = /^offers\[(\d+)\]/.exec(path);
  if (offer !== null) return Number(offer[1]);
  const known = PLACES.find(([pattern]) => pattern.test(path));
  if (known !== undefined) return known[1];
  const names = ["title", "currency", "timeZone", "budget", "starts", "ends", "closes"] as const;
  return names.find((name) => path === name) ?? null;
}
