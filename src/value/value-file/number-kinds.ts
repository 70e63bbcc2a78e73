// What a number of value.yaml may be, by its kind: an amount is no per cent, a growth of 35 was
// meant as 35 %, a price is above 0. A slip of the unit is told here, where it stands.
import { currencyDecimals } from "../../base/money.ts";
import { plainNumber } from "../figure-text.ts";
import type { Problem } from "./problem.ts";
import { readNumber } from "./read-number.ts";
import type { RawFigure, RawNumber } from "./value-shape.ts";

/** Beyond it no company has an amount in any currency. */
const AMOUNT_MOST = 1e18;
/** More than ten times what any company has. */
const SHARES_MOST = 1e13;
/** Of the bridge: sums and differences of a few must stay whole minor units. */
const MINOR_MOST = Number.MAX_SAFE_INTEGER / 8;

export interface NumberKind {
  /** Written as a part such as 0.35 or "35 %", else as a plain number. */
  readonly isPart: boolean;
  readonly isRight: (value: number) => boolean;
  /** What was expected, with an example. */
  readonly expected: string;
}

const plain = (isRight: NumberKind["isRight"], expected: string): NumberKind => ({
  ...{ isPart: false, isRight, expected },
});
/** A bare 1 or more was meant as a per cent, or cannot be told from one; of a share 1 is all. */
const part = (isRight: NumberKind["isRight"], expected: string): NumberKind => ({
  ...{ isPart: true, isRight, expected },
});

type KindName =
  | "price"
  | "rate"
  | "margin"
  | "multiple"
  | "growth"
  | "move"
  | "discount"
  | "survival";

export const KINDS: Readonly<Record<KindName, NumberKind>> = {
  price: plain((value) => value > 0 && value < 1e10, "a price above 0"),
  rate: plain((value) => value > 1e-8 && value < 1e8, "an exchange rate above 0"),
  margin: plain((value) => value >= 0 && value < 1e10, "an amount of 0 or more"),
  multiple: plain((value) => value >= 0 && value <= 1000, "a multiple of 0 to 1000"),
  growth: part((value) => value > -1 && value <= 100, 'a growth such as "35 %", above -100 %'),
  move: part((value) => value > -1 && value <= 10, 'a move such as "-2.9 %", above -100 %'),
  discount: part((value) => value >= 0 && value < 1, 'a discount such as "10 %", below 100 %'),
  survival: part((value) => value >= 0 && value <= 1, 'a share such as "95 %", of 0 to 100 %'),
};

export interface AmountUnits {
  readonly currency: string;
  /** Such as million. */
  readonly name: string;
  /** Of one of it, in major units. */
  readonly factor: number;
}

/** An amount in the file's unit. @param least the lowest that it can be; above it where `isOpen` */
export function amountKind(
  units: AmountUnits,
  least: number = Number.NEGATIVE_INFINITY,
  isOpen = false,
): NumberKind {
  const { currency, name, factor } = units;
  const isLow = (value: number): boolean => value < least || (isOpen && value === least);
  const above = isOpen ? `above ${least}` : `of ${least} or more`;
  const sign = least === Number.NEGATIVE_INFINITY ? "" : ` ${above}`;
  const most = `below ${plainNumber(AMOUNT_MOST / factor)}`;
  return plain(
    (value) => !isLow(value) && Math.abs(value) * factor < AMOUNT_MOST,
    `an amount in ${name} ${currency}${sign}, ${most}`,
  );
}

/** An amount of the bridge, which is kept in whole minor units. */
export function bridgedKind({ currency, name, factor }: AmountUnits): NumberKind {
  const most = MINOR_MOST / 10 ** (currencyDecimals(currency) ?? 2) / factor;
  const shown = plainNumber(Number(most.toPrecision(3)));
  return plain(
    (value) => Math.abs(value) < most,
    `an amount in ${name} ${currency}, below ${shown}, so that the bridge is exact`,
  );
}

export function sharesKind({ name, factor }: AmountUnits): NumberKind {
  return plain(
    (value) => value > 0 && value * factor <= SHARES_MOST,
    `shares above 0, in ${name}, at most ${plainNumber(SHARES_MOST / factor)}`,
  );
}

/** Refuses a figure that is not of its kind; what is blank passes. */
export function requireKind(
  raw: RawFigure,
  path: readonly PropertyKey[],
  kind: NumberKind,
  problem: Problem,
): void {
  const look = (number: RawNumber | undefined, ...at: PropertyKey[]): void => {
    if (number === undefined || number === null) return;
    const value = readNumber(number);
    if (value === null || value === "unreadable" || isOf(kind, number, value)) return;
    const meant = meaning(kind, number, value);
    throw problem([...path, ...at], `expected ${kind.expected}, found ${number}${meant}`);
  };
  look(raw.value, "value");
  look(raw.range?.[0], "range", 0);
  look(raw.range?.[1], "range", 1);
  if (!kind.isPart) look(raw.yearBefore, "yearBefore");
}

function isOf(kind: NumberKind, raw: number | string, value: number): boolean {
  if (!kind.isRight(value)) return false;
  if (kind.isPart) return typeof raw === "string" || Math.abs(value) < 1 || !kind.isRight(2);
  return typeof raw === "number";
}

function meaning({ isPart, isRight }: NumberKind, raw: number | string, value: number): string {
  if (!isPart) return typeof raw === "string" ? ", which is a per cent" : "";
  const isMeant = typeof raw === "number" && isRight(value / 100);
  return isMeant ? ` (did you mean ${raw} %?)` : "";
}
