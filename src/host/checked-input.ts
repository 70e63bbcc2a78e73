// The last look at a request before it becomes a command. Servers have validated it by the
// contract's schemas; a caller in our own process may pass anything, and what must not be decided
// upon is refused here: an amount below zero would be spent backwards, and text that is no Unicode
// would share its hash with other text.
import type { HongbaoError } from "../base/error.ts";
import { invalidRequest } from "../contract/errors.ts";
import { isText, MAX_INSTANT_MS } from "../contract/schema/text.ts";

/** A line of a batch: an object, whatever is in it. */
export function checkedLine<T>(input: T): T {
  if (typeof input === "object" && input !== null) return input;
  throw invalid("$", "an object", input);
}

/** Well-formed Unicode of 1 to `bytes` bytes. */
export function checkedText(field: string, value: string, bytes: number): string {
  if (typeof value === "string" && isText(value, bytes)) return value;
  throw invalid(`$.${field}`, `a string of 1 to ${bytes} bytes of well-formed Unicode`, value);
}

/** A positive amount in minor units; 0 stands for none given. */
export function checkedAmount(field: string, value: number | undefined): number {
  if (value === undefined) return 0;
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw invalid(`$.${field}`, "a whole number of minor units, at least 1", value);
}

/** Ms since 1970; 0 stands for none given. */
export function checkedInstant(field: string, value: number | undefined): number {
  if (value === undefined) return 0;
  if (Number.isSafeInteger(value) && value >= 1 && value <= MAX_INSTANT_MS) return value;
  throw invalid(`$.${field}`, "whole milliseconds since 1970", value);
}

function invalid(path: string, expected: string, value: unknown): HongbaoError {
  return invalidRequest(path, expected, foundIn(value));
}

/** What came, in words that give nothing personal away. */
function foundIn(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "string") return `a text of ${value.length} characters`;
  return typeof value === "number" ? String(value) : typeof value;
}
