// What a claim may say of its user, so that conditions can be judged. Facts are read, judged and
// forgotten: they reach neither core nor journal.
import type { HongbaoError } from "../../base/error.ts";
import { LIMITS } from "../../base/limits.ts";
import { ownOf } from "../../base/record.ts";
import type { FactDefinition, FactType } from "../../core/definition.ts";
import { invalidRequest } from "../errors.ts";
import { type Facts, type FactValue, isFactText } from "../schema/facts.ts";

/** Words of a campaign file for the type of a fact, and what CEL calls it. */
export const FACT_TYPES: Readonly<Record<FactType, string>> = {
  int: "int",
  double: "double",
  string: "string",
  bool: "bool",
  "list of int": "list<int>",
  "list of string": "list<string>",
};

/** What every condition may use beside facts, with its type in CEL. */
export const BUILT_IN_FACTS: Readonly<Record<string, string>> = {
  now: "google.protobuf.Timestamp",
  hour: "int",
  weekday: "int",
  date: "string",
};

/** Values as CEL takes them: its int is a bigint. */
export type CelFacts = Record<string, unknown>;

const isText = (value: unknown): boolean => typeof value === "string" && isFactText(value);
const isList = (value: unknown, isItem: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.length <= LIMITS.factItems && value.every(isItem);

/** What a value must be. Sizes are part of it: the cost of conditions is bounded by them. */
const HOLDS: Readonly<Record<FactType, (value: unknown) => boolean>> = {
  int: Number.isSafeInteger,
  double: Number.isFinite,
  string: isText,
  bool: (value) => typeof value === "boolean",
  "list of int": (value) => isList(value, Number.isSafeInteger),
  "list of string": (value) => isList(value, isText),
};

const EXPECTED: Readonly<Record<FactType, string>> = {
  int: "a whole number",
  double: "a number",
  string: `text of at most ${LIMITS.factBytes} bytes of UTF-8`,
  bool: "true or false",
  "list of int": `a list of at most ${LIMITS.factItems} whole numbers`,
  "list of string": `a list of at most ${LIMITS.factItems} texts`,
};

/** Throws HongbaoError `invalid_request` for a fact that is not declared, or of another type. */
export function readFacts(facts: Facts, declared: ReadonlyMap<string, FactType>): CelFacts {
  const read: CelFacts = {};
  for (const name in facts) {
    const type = declared.get(name);
    if (type === undefined) throw undeclared(name, [...declared.keys()]);
    const value = ownOf(facts, name)!;
    if (!HOLDS[type](value)) throw invalidRequest(`$.facts.${name}`, EXPECTED[type], found(value));
    if (type === "int") read[name] = BigInt(value as number);
    else if (type === "list of int") read[name] = (value as number[]).map(BigInt);
    else read[name] = value;
  }
  return read;
}

export function factTypes(
  facts: readonly FactDefinition[] | undefined,
): ReadonlyMap<string, FactType> {
  return new Map((facts ?? []).map(({ name, type }) => [name, type]));
}

function undeclared(name: string, declared: readonly string[]): HongbaoError {
  const known = declared.join(", ") || "none";
  const expected = `a fact that the campaign declares (${known})`;
  return invalidRequest(`$.facts.${name}`, expected, "another name");
}

/** Never the value: facts are about people. */
function found(value: FactValue): string {
  return Array.isArray(value) ? `a list of ${value.length}` : `a ${typeof value}`;
}
