// What a file's shape is refused for, in plain words: of everything that Zod has to say about a
// value, the one thing that whoever wrote the file can mend.
import { z } from "zod";
import { nearestOf, shown } from "./campaign-file/problems.ts";
import { expectedText, valueAt } from "./parse.ts";

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

export interface ShapeProblem {
  readonly path: Path;
  readonly expected: string;
  readonly found: string;
  /** Whether the key at the end of `path` is wrong, not its value. */
  readonly isKey: boolean;
  /** The word that was meant, perhaps. */
  readonly nearest?: string;
}

/** What is wrong with a value that `schema` refused: a slip of a key before all others. */
export function shapeProblem(
  schema: z.ZodType,
  issues: readonly Issue[],
  value: unknown,
): ShapeProblem {
  const problems = issues.map(furthest).map((issue) => problemOf(schema, issue, value));
  const slip = problems.find(({ isKey, nearest }) => isKey && nearest !== undefined);
  return slip ?? problems.find(({ isKey }) => !isKey) ?? problems[0]!;
}

function problemOf(schema: z.ZodType, issue: Issue, value: unknown): ShapeProblem {
  const { path } = issue;
  if (issue.code === "unrecognized_keys") {
    const [key] = issue.keys as [string];
    const known = keysAt(schema, path, value);
    const nearest = nearestOf(key, known);
    return {
      ...{ path: [...path, key], isKey: true, found: `the unknown key ${shown(key)}` },
      expected: known.length === 0 ? "no such key" : `one of the keys ${known.join(", ")}`,
      ...(nearest === undefined ? {} : { nearest }),
    };
  }
  if (issue.code === "invalid_key") {
    const expected = issue.issues.map(wordsOf)[0] ?? "another key";
    return { path, isKey: true, expected, found: `the key ${shown(path.at(-1))}` };
  }
  const own = valueAt(value, path);
  const words = issue.code === "invalid_union" ? choicesAt(schema, path, value) : [];
  const all = words.length > 0 ? words : issue.code === "invalid_value" ? issue.values : [];
  const nearest = typeof own === "string" ? nearestOf(own, all.map(String)) : undefined;
  return {
    ...{ path, isKey: false, found: shown(own) },
    expected: words.length > 0 ? orText(words) : wordsOf(issue),
    ...(nearest === undefined ? {} : { nearest }),
  };
}

/** Of a value that fits none of several shapes, the complaint of the shape that got furthest. */
function furthest(issue: Issue): Issue {
  if (issue.code !== "invalid_union") return issue;
  const inner = issue.errors.flatMap((each) => each.slice(0, 1)).map(furthest);
  const [best] = inner.sort((a, b) => b.path.length - a.path.length);
  if (best === undefined || best.path.length === 0) return issue;
  return { ...best, path: [...issue.path, ...best.path] };
}

const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  object: "a group of keys",
  record: "a group of keys",
  array: "a list",
  tuple: "a list",
};

/** What was expected. Words that stand in the schema are better than any made of its rules. */
function wordsOf(issue: Issue): string {
  const { message } = issue;
  if (message.startsWith("expected ")) return message.slice("expected ".length);
  switch (issue.code) {
    case "invalid_type":
      return KINDS[issue.expected] ?? expectedText(issue);
    case "invalid_union":
      return orText([...new Set(issue.errors.flatMap((each) => each.slice(0, 1)).map(wordsOf))]);
    case "invalid_value":
      return orText(issue.values.map(String));
    case "too_small":
      return issue.minimum === 1 && issue.origin !== "number" && issue.origin !== "int"
        ? `at least one ${issue.origin === "string" ? "character" : "entry"}`
        : expectedText(issue);
    case "custom":
      return "another value";
    default:
      return expectedText(issue);
  }
}

function orText(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? "another value";
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** The keys that the schema knows at a path. */
function keysAt(schema: z.ZodType, path: Path, value: unknown): string[] {
  const keys = schemasAt(schema, path, value).flatMap((each) =>
    each instanceof z.ZodObject ? Object.keys(each.shape as object) : [],
  );
  return [...new Set(keys)];
}

/** The words between which a group has to choose by the key at the end of a path. */
function choicesAt(schema: z.ZodType, path: Path, value: unknown): string[] {
  const key = path.at(-1);
  const groups = schemasAt(schema, path.slice(0, -1), value, false);
  return groups.flatMap((each) => {
    const own = each instanceof z.ZodObject ? shapeOf(each)[String(key)] : undefined;
    return own instanceof z.ZodLiteral ? [...own.values].map(String) : [];
  });
}

/**
 * All that the schema allows at a path; of several shapes those whose words the value has.
 * @param isChosen false: every shape
 */
function schemasAt(schema: z.ZodType, path: Path, value: unknown, isChosen = true): z.ZodType[] {
  const [key, ...rest] = path;
  const here = shapesOf(schema).filter((each) => !isChosen || isMeant(each, value));
  if (key === undefined) return here;
  return here.flatMap((each) => {
    const inner = innerOf(each, key);
    return inner === null ? [] : schemasAt(inner, rest, valueAt(value, [key]), isChosen);
  });
}

function innerOf(schema: z.ZodType, key: PropertyKey): z.ZodType | null {
  let inner: unknown = null;
  if (schema instanceof z.ZodObject) {
    const shape = shapeOf(schema);
    if (Object.hasOwn(shape, key)) inner = shape[String(key)];
  } else if (schema instanceof z.ZodArray) inner = schema.element;
  else if (schema instanceof z.ZodRecord) inner = schema.valueType;
  else if (schema instanceof z.ZodTuple) inner = schema.def.items[Number(key)];
  return inner instanceof z.ZodType ? inner : null;
}

/** A schema without what only says that it may be missing; a union's parts. */
function shapesOf(schema: unknown): z.ZodType[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(shapesOf);
  const isWrapped =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodNullable;
  if (isWrapped) return shapesOf(schema.unwrap());
  return schema instanceof z.ZodType ? [schema] : [];
}

/** Whether the words that tell this shape from others are those of the value. */
function isMeant(schema: z.ZodType, value: unknown): boolean {
  if (!(schema instanceof z.ZodObject)) return true;
  return Object.entries(shapeOf(schema)).every(([key, own]) => {
    const said = valueAt(value, [key]);
    return !(own instanceof z.ZodLiteral) || said === undefined || own.safeParse(said).success;
  });
}

function shapeOf(schema: z.ZodObject): Record<string, unknown> {
  return schema.shape as Record<string, unknown>;
}
