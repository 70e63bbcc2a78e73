// What somebody fills in, as the text of a campaign file. The form knows the common campaign; all
// that it does not know is written into the text behind it.
import { Scalar, stringify } from "yaml";
import { currencyDecimals } from "../../../base/money.ts";
import { instantOf } from "../../parts/local-time.ts";
import { readNumber } from "../../parts/typed-number.ts";

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

/** What stands in a field. */
export function textAt(place: FieldPlace, fields: CampaignFields): string {
  const [, at, name] = /^offers\.(\d+)\.(\w+)$/.exec(place) ?? [];
  if (at === undefined) return fields[place as FieldName];
  return fields.offers[Number(at)]?.[name as keyof OfferFields] ?? "";
}

/** Every field has one, an offer's such as `offers.0.amount`. */
export type FieldPlace = FieldName | `offers.${number}.${keyof OfferFields}`;

export const NEW_OFFER: OfferFields = { id: "", title: "", amount: "", days: "7" };

export function newCampaign(timeZone: string): CampaignFields {
  return {
    ...{ id: "", title: "", currency: "CNY", timeZone, budget: "" },
    ...{ starts: "", ends: "", closes: "" },
    offers: [{ ...NEW_OFFER, id: "reward" }],
    ...{ perUser: "1", perDay: "", perDevice: "", holdout: "10" },
  };
}

/** Until a currency is named. */
const ANY_DECIMALS = 2;
/** Of a share in percent. */
const SHARE_DECIMALS = 9;

/** The most decimals of a number in that field; null: it holds none. */
export function decimalsOf(place: FieldPlace, { currency }: CampaignFields): number | null {
  const name = place.replace(/^offers\.\d+\./, "offer.");
  if (name === "budget" || name === "offer.amount") {
    return currencyDecimals(currency) ?? ANY_DECIMALS;
  }
  if (name === "holdout") return SHARE_DECIMALS;
  return ["perUser", "perDay", "perDevice", "offer.days"].includes(name) ? 0 : null;
}

/** @param mark before decimals, in the language of whoever fills it in */
export function campaignText(fields: CampaignFields, mark: string): string {
  const { id, title, currency, timeZone, offers, perDevice } = fields;
  const typed = (place: FieldPlace, text: string): Scalar<number> | string => {
    return plain(text, decimalsOf(place, fields) ?? 0, mark);
  };
  const budget = typed("budget", fields.budget);
  const holdout = plainText(fields.holdout, SHARE_DECIMALS, mark);
  const file = {
    ...{ campaign: id, title, currency, timeZone, budget },
    ...instants(fields),
    offers: offers.map((offer, at) => ({
      id: offer.id,
      ...(offer.title === "" ? {} : { title: offer.title }),
      reward: { fixed: typed(`offers.${at}.amount`, offer.amount) },
      expires: { after: `${plainText(offer.days, 0, mark)}d` },
    })),
    ...(perDevice === "" ? {} : { attributes: ["device"] }),
    ...capsOf(fields, mark),
    ...(fields.holdout === "" ? {} : { holdout: { share: `${holdout} %` } }),
  };
  return stringify(file, { lineWidth: 0 });
}

interface CapField {
  readonly field: "perUser" | "perDay" | "perDevice";
  readonly cap: object;
}

/** In the order in which the file has them. */
const CAPS: readonly CapField[] = [
  { field: "perUser", cap: { id: "user-total", of: "user", counts: "grants" } },
  { field: "perDay", cap: { id: "user-day", of: "user", counts: "grants", per: "day" } },
  {
    field: "perDevice",
    cap: { id: "device-total", of: "device", counts: "grants", missing: "skip" },
  },
];

function filledCaps(fields: CampaignFields): CapField[] {
  return CAPS.filter(({ field }) => fields[field] !== "");
}

function capsOf(fields: CampaignFields, mark: string): object {
  const caps = filledCaps(fields).map(({ field, cap }) => {
    return { ...cap, limit: plain(fields[field], 0, mark) };
  });
  return caps.length === 0 ? {} : { caps };
}

function instants({ timeZone, starts, ends, closes }: CampaignFields): object {
  // With its offset; what is no time is left to the check.
  const instant = (local: string): string =>
    instantOf(local, timeZone)?.toISOString().replace(".000", "") ?? local;
  return { starts: instant(starts), ends: instant(ends), closes: instant(closes) };
}

/** More digits a file's number would not keep. */
const MOST_DIGITS = 15;

/** A number with its last zeros; what is none, or could be two, is left to the check as a text. */
function plain(typed: string, decimals: number, mark: string): Scalar<number> | string {
  const read = readNumber(typed, decimals, mark);
  if (read.kind !== "number" || read.plain.replace(".", "").length > MOST_DIGITS) return typed;
  const scalar = new Scalar(Number(read.plain));
  scalar.minFractionDigits = read.plain.split(".")[1]?.length ?? 0;
  return scalar;
}

function plainText(typed: string, decimals: number, mark: string): string {
  const read = readNumber(typed, decimals, mark);
  return read.kind === "number" ? read.plain : typed;
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

const OF_OFFER: readonly (readonly [path: RegExp, field: keyof OfferFields])[] = [
  [/^reward/, "amount"],
  [/^expires/, "days"],
  [/^title/, "title"],
];

const NAMES = ["title", "currency", "timeZone", "budget", "starts", "ends", "closes"] as const;

/** The field that a problem's place in the written file belongs to; null: none. */
export function fieldAt(path: string, fields: CampaignFields): FieldPlace | null {
  const [, offer, rest] = /^offers\[(\d+)\]\.?(.*)/.exec(path) ?? [];
  if (offer !== undefined) {
    const field = OF_OFFER.find(([pattern]) => pattern.test(rest!))?.[1] ?? "id";
    return `offers.${Number(offer)}.${field}`;
  }
  const cap = /^caps\[(\d+)\]/.exec(path)?.[1];
  if (cap !== undefined) return filledCaps(fields)[Number(cap)]?.field ?? null;
  if (path === "campaign") return "id";
  if (path.startsWith("holdout")) return "holdout";
  return NAMES.find((name) => path === name) ?? null;
}
