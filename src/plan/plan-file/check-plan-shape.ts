// The shape of plan.yaml against its schema: every issue becomes a problem with its line.
import { z } from "zod";
import { shown } from "../../contract/campaign-file/problems.ts";
import { expectedText, valueAt } from "../../contract/parse.ts";
import { PARAMETERS } from "./parameters.ts";
import type { FilePath, PlanProblems } from "./plan-problems.ts";
import { EXPECTED, planSchema } from "./plan-schema.ts";
import type { RawPlan } from "./raw-plan.ts";

/** Null when something is wrong, which goes to `problems`. */
export function checkPlanShape(value: unknown, problems: PlanProblems): RawPlan | null {
  const result = planSchema.safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues.map(deepest)) {
    const path = issue.path as FilePath;
    if (issue.code === "unrecognized_keys") {
      const known = keysAt(path);
      for (const key of issue.keys) {
        const expected = `one of the keys ${known.join(", ")}`;
        problems.unknownKey([...path, key], expected, known);
      }
      continue;
    }
    problems.error(path, wordsOf(issue, path, value), shown(valueAt(value, path)));
  }
  return null;
}

type Issue = z.core.$ZodIssue;

/** Of a value that fits none of several shapes, the complaint of the one that got furthest. */
function deepest(issue: Issue): Issue {
  if (issue.code !== "invalid_union") return issue;
  const inner = issue.errors.flatMap((each) => each.slice(0, 1)).map(deepest);
  const best = inner.sort((a, b) => b.path.length - a.path.length)[0];
  if (best === undefined || best.path.length === 0) return issue;
  return { ...best, path: [...issue.path, ...best.path] };
}

function wordsOf(issue: Issue, path: FilePath, value: unknown): string {
  if (valueAt(value, path) === undefined) {
    const row = PARAMETERS.find(({ id }) => isAt(id.split("."), path));
    if (row !== undefined) return `the key ${path.at(-1)}: ${row.meaning.replace(/\.$/, "")}`;
    if (typeof path.at(-1) === "string") return `the key ${path.at(-1)}`;
  }
  const schema = schemaAt(path);
  const form = schema instanceof z.ZodType ? EXPECTED.get(schema)?.expected : undefined;
  if (form !== undefined) return form;
  if (issue.code === "invalid_key") return "ids of a-z, 0-9 and -";
  const text = expectedText(issue);
  return text === "an object" && isAssumption(path) ? "an assumption: its value and source" : text;
}

function isAt(pattern: readonly string[], path: FilePath): boolean {
  return (
    pattern.length === path.length &&
    pattern.every((part, i) => part.startsWith("{") || part === path[i])
  );
}

function isAssumption(path: FilePath): boolean {
  return PARAMETERS.some(({ id }) => isAt(id.split("."), path));
}

function keysAt(path: FilePath): string[] {
  const schema = schemaAt(path);
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function schemaAt(path: FilePath): unknown {
  let schema: unknown = planSchema;
  for (const part of path) {
    schema = unwrapped(schema);
    if (schema instanceof z.ZodObject) schema = (schema.shape as Record<string, unknown>)[part];
    else if (schema instanceof z.ZodArray) schema = schema.element;
    else if (schema instanceof z.ZodRecord) schema = schema.valueType;
  }
  return unwrapped(schema);
}

function unwrapped(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ? schema.unwrap() : schema;
}
