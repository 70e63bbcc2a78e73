// What value.yaml says of the market: the listing with its currency, and the event study.
import { dayNumber } from "../calendar-days.ts";
import type { Figure } from "../figure.ts";
import type { ValueQuestion } from "../value-question.ts";
import { KINDS, type NumberKind, requireKind } from "./number-kinds.ts";
import type { Problem } from "./problem.ts";
import type { RawFigure, RawValue } from "./value-shape.ts";

/** A day further from the quarter than this was mistyped. */
const DAYS_AWAY = 550;

export type ReadPlain = (
  at: RawFigure,
  title: string,
  unit: string,
  ...path: PropertyKey[]
) => Figure;

export function listingOf(
  raw: RawValue,
  plain: ReadPlain,
  problem: Problem,
): ValueQuestion["listing"] {
  const { listing, currency } = raw;
  if (listing === undefined) return null;
  const kinds: readonly (readonly ["rate" | "price" | "move", NumberKind])[] = [
    ["rate", KINDS.rate],
    ["price", KINDS.price],
    ["move", KINDS.move],
  ];
  for (const [key, kind] of kinds) requireKind(listing[key], ["listing", key], kind, problem);
  if (listing.currency === currency && listing.rate.value !== 1) {
    const found = `${listing.rate.value} (is listing.currency right?)`;
    throw problem(
      ["listing", "rate", "value"],
      `expected 1 from ${currency} to itself, found ${found}`,
    );
  }
  requireNear(raw, listing.day, ["listing", "day"], problem);
  const money = `${listing.currency} for 1 ${currency}`;
  return {
    ...{ currency: listing.currency, day: listing.day, priceTaken: listing.priceTaken },
    per: perOf(raw, problem),
    rate: plain(listing.rate, "exchange rate", money, "listing", "rate"),
    price: plain(listing.price, "share price", listing.currency, "listing", "price"),
    move: plain(listing.move, "move of the day", "share", "listing", "move"),
  };
}

/** A price of an ADS read as one of a share is wrong by their ratio: nobody is left to guess. */
function perOf({ listing, perAds }: RawValue, problem: Problem): "share" | "ADS" {
  const per = listing?.per;
  const path = ["listing", "per"];
  if (per === undefined && perAds !== undefined) {
    throw problem(
      ["listing", "price"],
      `expected listing.per beside perAds: whether the price is of a share or of an ADS of ` +
        `${perAds}, found neither`,
    );
  }
  if (per === "ADS" && perAds === undefined) {
    throw problem(path, "expected perAds, the ordinary shares an ADS, found none");
  }
  return per ?? "share";
}

/** Refuses an event whose columns or splits contradict each other. */
export function requireEvent(raw: RawValue, problem: Problem): void {
  const { event } = raw;
  if (event === undefined) return;
  const { date, security, market, kind, splits, day } = event;
  if (market === security) {
    const found = `"${market}" for both`;
    throw problem(["event", "market"], `expected another column than the share's, found ${found}`);
  }
  for (const key of ["security", "market"] as const) {
    if (event[key] !== date) continue;
    throw problem(["event", key], `expected another column than the day's, found "${date}"`);
  }
  requireNear(raw, day, ["event", "day"], problem);
  if (kind === "returns" && splits.length > 0) {
    const found = "splits, which only prices need";
    throw problem(
      ["event", "splits"],
      `expected nothing of the kind beside returns, found ${found}`,
    );
  }
  const seen = new Set<string>();
  for (const [i, { day: at, of = "security" }] of splits.entries()) {
    if (seen.has(`${of} ${at}`)) {
      const next = "give their product as one factor";
      throw problem(
        ["event", "splits", i, "day"],
        `expected one split a day, found ${at} twice: ${next}`,
      );
    }
    seen.add(`${of} ${at}`);
  }
}

function requireNear(
  { quarter }: RawValue,
  day: string,
  path: readonly PropertyKey[],
  problem: Problem,
): void {
  const [at, from, to] = [dayNumber(day)!, dayNumber(quarter.from)!, dayNumber(quarter.to)!];
  if (at >= from - DAYS_AWAY && at <= to + DAYS_AWAY) return;
  const near = `a day within ${DAYS_AWAY} days of the quarter, ${quarter.from} to ${quarter.to}`;
  throw problem(path, `expected ${near}, found ${day}`);
}
