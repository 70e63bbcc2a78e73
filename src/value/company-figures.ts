// The company's own figures as draws, each over its range, and what of them moves the campaign's
// worth.
import type { InputDraws } from "../plan/campaign-draws.ts";
import { certain, combine, type Uncertain } from "../stats/draws.ts";
import { type Figure, figureDraws } from "./figure.ts";
import type { ValueQuestion } from "./value-question.ts";
import { MULTIPLE_ID } from "./worth-drivers.ts";

export interface CompanyFigures {
  readonly tax: Uncertain;
  readonly shares: Uncertain;
  /** Whole months that a kept user counts; Infinity: for ever. */
  readonly lifetime: Uncertain;
  /** Of a year's margin after tax; null: not found. */
  readonly multiple: Uncertain | null;
  /** Null: none was given, or not all of it was found. */
  readonly listing: {
    readonly rate: Uncertain;
    readonly price: Uncertain;
    readonly move: Uncertain;
  } | null;
}

export function companyFigures(question: ValueQuestion, count: number): CompanyFigures {
  const drawn = (figure: Figure): Uncertain | null => figureDraws(figure, question.seed, count);
  const tax = drawn(question.tax)!;
  return {
    tax,
    shares: drawn(question.shares)!,
    lifetime: lifetimeOf(question, count),
    multiple: multipleOf(question, tax, drawn),
    listing: listingOf(question, drawn),
  };
}

function lifetimeOf({ lifetime, seed }: ValueQuestion, count: number): Uncertain {
  if (lifetime === null) return certain(Number.POSITIVE_INFINITY, count);
  const { point, draws } = figureDraws(lifetime, seed, count)!;
  return { point, draws: draws.map(Math.round) };
}

/**
 * One line has one multiple: where the users' has a range of its own it is high and low together
 * with that of the line in which they are counted.
 */
function multipleOf(
  { usersMultiple, usersLine, parts }: ValueQuestion,
  tax: Uncertain,
  drawn: (figure: Figure) => Uncertain | null,
): Uncertain | null {
  const line = parts.find(({ id }) => id === usersLine);
  if (usersMultiple !== OF_THE_LINE) {
    const isTogether = line !== undefined && line.multiple.range !== null;
    return drawn(isTogether ? { ...usersMultiple, path: line.multiple.path } : usersMultiple);
  }
  const own = line === undefined ? null : drawn(line.multiple);
  if (own === null || line!.basis === "after tax") return own;
  // The line's multiple is of a profit before tax: of one after tax it is so much higher.
  return combine((times, rate) => times / (1 - rate), own, tax);
}

export const OF_THE_LINE = "of the line";

function listingOf(
  { listing }: ValueQuestion,
  drawn: (figure: Figure) => Uncertain | null,
): CompanyFigures["listing"] {
  if (listing === null) return null;
  const [rate, price, move] = [drawn(listing.rate), drawn(listing.price), drawn(listing.move)];
  return rate === null || price === null || move === null ? null : { rate, price, move };
}

/** What of the company's own moves the campaign's worth a share. */
export function companyInputs(
  { tax, shares, lifetime, multiple }: CompanyFigures,
  isMultipleOwn: boolean,
): InputDraws[] {
  const own = (id: string, title: string, each: Uncertain | null): InputDraws[] =>
    each === null ? [] : [{ id, title, source: "value.yaml", draws: each.draws }];
  return [
    ...(isMultipleOwn ? own(MULTIPLE_ID, "multiple of a year's margin", multiple) : []),
    ...own("tax", "tax rate", tax),
    ...own("shares", "ordinary shares", shares),
    ...own("lifetime", "months that users count", lifetime),
  ];
}
