// Parse once, at the edge: an unknown value becomes a typed one or an invalid_request that names
// the first offending field, what was expected there and what was found. Strings are never
// repeated in the message: they may be secrets or persons.
import type { z } from "zod";
import type { HongbaoError } from "../base/error.ts";
import { invalidRequest } from "./errors.ts";

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

/** Throws HongbaoError `invalid_request` with details `path`, `expected`, `found`. */
export function parse<T>(input: unknown, schema: z.ZodType<T>): T {
  const hidden = pathOfProto(input, []);
  if (hidden !== null) throw invalidRequest(jsonPath(hidden), "no such key", "an unknown key");
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = firstIssue(result.error.issues);
  throw invalidRequest(jsonPath(issuePath(issue)), expectedText(issue), foundText(issue, input));
}

/** What a file held that could not be parsed. V8 would quote its text, which may be secret. */
export function foundIn(cause: SyntaxError | HongbaoError): string {
  return cause instanceof SyntaxError ? "what is no JSON" : cause.message;
}

/** JSON.parse makes `__proto__` an ordinary key, which Zod's records pass over in silence. */
function pathOfProto(value: unknown, path: Path): Path | null {
  if (typeof value !== "object" || value === null) return null;
  for (const key of Object.keys(value)) {
    const inner = [...path, key];
    if (key === "__proto__") return inner;
    if (inner.length > 16) return null; // Deeper than any schema: Zod refuses it higher up.
    const found = pathOfProto((value as Record<string, unknown>)[key], inner);
    if (found !== null) return found;
  }
  return null;
}

/** Missing and mistyped fields before unknown keys, which are often their misspelling. */
function firstIssue(issues: readonly Issue[]): Issue {
  return issues.find((issue) => issue.code !== "unrecognized_keys") ?? issues[0]!;
}

function issuePath(issue: Issue): Path {
  return issue.code === "unrecognized_keys" ? [...issue.path, issue.keys[0]!] : issue.path;
}

/** `$.attributes["x y"]`; a name longer than 40 characters is cut. */
export function jsonPath(path: Path): string {
  let text = "$";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else if (/^[A-Za-z_][A-Za-z0-9_]{0,39}$/.test(String(part))) text += `.${String(part)}`;
    else text += `[${JSON.stringify(cut(String(part)))}]`;
  }
  return text;
}

function cut(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 40)}…`;
}

const KIND_TEXTS: Record<string, string> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "an array",
  record: "an object",
};

/** What an issue of Zod says was expected, in plain words. */
export function expectedText(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return KIND_TEXTS[issue.expected] ?? issue.expected;
    case "too_small":
      return issue.origin === "array" || issue.origin === "string"
        ? `at least ${issue.minimum} ${issue.origin === "array" ? "items" : "characters"}`
        : `a number of at least ${issue.minimum}`;
    case "too_big":
      return issue.origin === "array" || issue.origin === "string"
        ? `at most ${issue.maximum} ${issue.origin === "array" ? "items" : "characters"}`
        : `a number of at most ${issue.maximum}`;
    case "invalid_format":
      return `text of the form ${issue.pattern ?? issue.format}`;
    case "invalid_value":
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "invalid_key":
      return "a key of the form [a-z][a-z0-9_]{0,31}";
    case "unrecognized_keys":
      return "no such key";
    default:
      return issue.message.replace(/^expected /, "");
  }
}

function foundText(issue: Issue, input: unknown): string {
  if (issue.code === "unrecognized_keys") return "an unknown key";
  if (issue.code === "invalid_key") return "another key";
  return describe(valueAt(input, issue.path));
}

export function valueAt(input: unknown, path: Path): unknown {
  let value = input;
  for (const part of path) {
    if (typeof value !== "object" || value === null) return undefined;
    // What every object answers to, such as "constructor", nobody wrote.
    if (!Object.hasOwn(value, part)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

/** Numbers as they are; of strings and collections only their kind and size. */
export function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null || typeof value === "boolean" || typeof value === "number") {
    return String(value);
  }
  if (typeof value === "string") return `a string of ${value.length} characters`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return `${typeof value === "object" ? "an object" : `a ${typeof value}`}`;
}
