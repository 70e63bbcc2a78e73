// The shape of a campaign file against its schema: every issue becomes a problem with its place.
import { z } from "zod";
import { expectedText, valueAt } from "../parse.ts";
import { type CampaignFile, campaignFileSchema, EXPECTED } from "./file-schema.ts";
import { type CampaignProblem, type FilePath, nearestOf, pathText, shown } from "./problems.ts";
import type { SourceTree } from "./source-tree.ts";

/** The file when its shape is right; else null, and at least one problem in `problems`. */
export function checkShape(
  source: SourceTree,
  file: string,
  problems: CampaignProblem[],
): CampaignFile | null {
  const result = campaignFileSchema.safeParse(source.value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const path = issue.path as (string | number)[];
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) problems.push(unknownKey(source, file, path, key));
    } else problems.push(wrongValue(source, file, path, issue));
  }
  return null;
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
  const expected =
    (schema === null ? undefined : EXPECTED.get(schema)?.expected) ?? expectedText(issue);
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

function wordsOf(schema: z.ZodType | null): string[] {
  return schema instanceof z.ZodEnum ? schema.options.map(String) : [];
}

/** The keys that the schema knows at a path. */
function keysAt(path: FilePath): string[] {
  const schema = schemaAt(path);
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function schemaAt(path: FilePath): z.ZodType | null {
  let schema: unknown = campaignFileSchema;
  for (const part of path) {
    if (schema instanceof z.ZodObject) schema = (schema.shape as Record<string, unknown>)[part];
    else if (schema instanceof z.ZodArray) schema = schema.element;
    else return null;
    if (schema instanceof z.ZodExactOptional) schema = schema.unwrap();
  }
  return schema instanceof z.ZodType ? schema : null;
}
