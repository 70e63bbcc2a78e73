// The shape of a campaign file against its schema: every issue becomes a problem with its place.
import { z } from "zod";
import { expectedText, valueAt } from "../parse.ts";
import { type CampaignFile, campaignFileSchema } from "./file-schema.ts";
import { EXPECTED } from "./file-values.ts";
import { type CampaignProblem, type FilePath, nearestOf, pathText, shown } from "./problems.ts";
import type { SourceTree } from "./source-tree.ts";

export interface ShapeCheck {
  /** Null when the shape is so wrong that nothing can be said of how its parts fit together. */
  file: CampaignFile | null;
  /** Paths of values that are wrong in themselves; what follows from them is not worth telling. */
  wrong: FilePath[];
}

/** What is wrong in itself goes to `problems`. */
export function checkShape(
  source: SourceTree,
  file: string,
  problems: CampaignProblem[],
): ShapeCheck {
  const result = campaignFileSchema.safeParse(source.value);
  if (result.success) return { file: result.data, wrong: [] };
  const wrong: FilePath[] = [];
  let isReadable = true;
  for (const issue of result.error.issues.flatMap((one) => issuesWithin(source.value, one))) {
    const path = issue.path as (string | number)[];
    wrong.push(path);
    if (issue.code === "unrecognized_keys") {
      const unknown = issue.keys.map((key) => unknownKey(source, file, path, key));
      problems.push(...unknown);
      // Whoever misspelt a key of the whole meant one that others refer to.
      if (path.length === 0 && unknown.some((one) => one.nearest !== undefined)) isReadable = false;
    } else {
      problems.push(wrongValue(source, file, path, issue));
      if (!isScalarText(source.value, path)) isReadable = false;
    }
  }
  // Every value has its kind, if not its form: the resolver reads such values as unreadable.
  return { file: isReadable ? (source.value as CampaignFile) : null, wrong };
}

/** Of a group where a word could stand too, what is wrong within the group. */
function issuesWithin(root: unknown, issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union") return [issue];
  const value = valueAt(root, issue.path as FilePath);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [issue];
  const within = issue.errors.at(-1) ?? [];
  return within.map((one) => ({ ...one, path: [...issue.path, ...one.path] }));
}

/** Whether text stands where text or a number belongs, so that only its form is wrong. */
function isScalarText(root: unknown, path: FilePath): boolean {
  const schema = schemaAt(path);
  const isGroup = schema instanceof z.ZodObject || schema instanceof z.ZodArray;
  return schema !== null && !isGroup && typeof valueAt(root, path) === "string";
}

function unknownKey(
  source: SourceTree,
  file: string,
  path: FilePath,
  key: string,
): CampaignProblem {
  const valid = keysAt(path);
  const nearest = nearestOf(key, valid);
  return {
    severity: "error",
    file,
    ...source.keyPlaceOf([...path, key]),
    path: pathText([...path, key]),
    expected: `one of the keys ${valid.join(", ")}`,
    found: `the unknown key ${shown(key)}`,
    ...(nearest === undefined ? {} : { nearest }),
  };
}

function wrongValue(
  source: SourceTree,
  file: string,
  path: FilePath,
  issue: z.core.$ZodIssue,
): CampaignProblem {
  const value = valueAt(source.value, path);
  const schema = schemaAt(path);
  const form =
    (schema === null ? undefined : EXPECTED.get(schema)?.expected) ?? expectedText(issue);
  const isQuoted = typeof value === "string" && NUMERAL.test(value) && takesNumbers(schema);
  const expected = isQuoted ? `${form}, without quotes` : form;
  const key = path.at(-1);
  const isMissing = value === undefined && typeof key === "string";
  const nearest = typeof value === "string" ? nearestOf(value, wordsOf(schema)) : undefined;
  return {
    severity: "error",
    file,
    ...source.placeOf(path),
    path: pathText(path),
    expected: isMissing ? `the key ${key}: ${expected}` : expected,
    found: shown(value),
    ...(nearest === undefined ? {} : { nearest }),
  };
}

const NUMERAL = /^[+-]?\d+(\.\d+)?$/;

function takesNumbers(schema: z.ZodType | null): boolean {
  return schema !== null && (schema.safeParse(1).success || schema.safeParse(0.5).success);
}

function wordsOf(schema: z.ZodType | null): string[] {
  return schema instanceof z.ZodEnum ? schema.options.map(String) : [];
}

/** The keys that the schema knows at a path. */
function keysAt(path: FilePath): string[] {
  const schema = schemaAt(path);
  const groups = schema instanceof z.ZodUnion ? schema.options : [schema];
  const group = groups.find((one) => one instanceof z.ZodObject);
  return group === undefined ? [] : Object.keys(group.shape);
}

function schemaAt(path: FilePath): z.ZodType | null {
  let schema: unknown = campaignFileSchema;
  for (const part of path) {
    if (schema instanceof z.ZodUnion) {
      schema = schema.options.find((option) => option instanceof z.ZodObject) ?? schema;
    }
    if (schema instanceof z.ZodObject) schema = (schema.shape as Record<string, unknown>)[part];
    else if (schema instanceof z.ZodArray) schema = schema.element;
    else return null;
    if (schema instanceof z.ZodExactOptional) schema = schema.unwrap();
  }
  return schema instanceof z.ZodType ? schema : null;
}
