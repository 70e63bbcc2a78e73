// The text of a YAML file checked by a Zod schema; a problem is named by file, line and column, in
// words that say what to write instead.
import type { z } from "zod";
import type { HongbaoError } from "../base/error.ts";
import { SourceTree } from "./campaign-file/source-tree.ts";
import { fileProblem } from "./file-problem.ts";
import { shapeProblem } from "./shape-words.ts";

/** A file of the right shape; what is wrong beyond its shape can still be named by its place. */
export interface YamlSource<T> {
  readonly file: string;
  readonly value: T;
  /** The file's content as it was written, before any default was filled in. */
  readonly raw: unknown;
  /** The error of what stands at `path`. */
  problem(path: readonly PropertyKey[], message: string): HongbaoError;
}

/** Unknown keys are refused when the schema is strict. Throws HongbaoError `invalid_file`. */
export function yamlSource<T>(file: string, text: string, schema: z.ZodType<T>): YamlSource<T> {
  const tree = new SourceTree(text, { kind: "YAML", anyKeys: true });
  const [broken] = tree.problems;
  if (broken !== undefined) {
    const { line, column, path, expected, found } = broken;
    const named = path.length === 0 ? "" : `${path.join(".")}: `;
    const words = found === EMPTY ? `expected keys and values, found ${found}` : null;
    const message = words ?? `expected ${expected}, found ${found}`;
    throw fileProblem(file, `line ${line}, column ${column}`, named + message);
  }
  const raw = tree.value;
  const at = (path: readonly PropertyKey[], isKey: boolean, message: string): HongbaoError => {
    const place = path as (string | number)[];
    const { line, column } = isKey ? tree.keyPlaceOf(place) : tree.placeOf(place);
    const keys = path.map(String);
    const named = keys.length === 0 ? "" : `${keys.join(".")}: `;
    return fileProblem(file, `line ${line}, column ${column}`, named + message, { path: keys });
  };
  const result = schema.safeParse(raw);
  if (result.success) {
    return { file, value: result.data, raw, problem: (path, text) => at(path, false, text) };
  }
  const { path, isKey, expected, found, nearest } = shapeProblem(schema, result.error.issues, raw);
  const meant = nearest === undefined ? "" : ` (did you mean ${nearest}?)`;
  throw at(path, isKey, `expected ${expected}, found ${found}${meant}`);
}

const EMPTY = "an empty file";
