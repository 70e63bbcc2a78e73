// Reading reference pairs: a file of them, the inputs that refer to other pairs, and the data sets
// beside the folder. Whatever is wrong with one of them is a sentence about that pair or file.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type Fields, PairProblem, type Value } from "./family.ts";
import { isFields } from "./fields.ts";

/** Where the project's reference values lie: beside its checkout. */
export const VECTORS: string = resolve(import.meta.dirname, "../../../shared/vectors");

export interface Pair {
  readonly file: string;
  readonly id: string;
  readonly method: string;
  /** As written; `resolveInput` follows its references. */
  readonly input: unknown;
  readonly expected: Value;
  readonly tolerance: unknown;
}

/** The files of a folder's pairs in the order of their names, or the file itself. */
export function pairFiles(path: string): string[] {
  if (!existsSync(path)) throw new PairProblem("there is no such file or folder");
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => name.endsWith(".json"));
  if (names.length === 0) throw new PairProblem("the folder has no .json file");
  return names.sort().map((name) => join(path, name));
}

/** All pairs of a file. */
export function readPairs(file: string): Pair[] {
  const content = parse(file);
  const list = isFields(content) ? content.pairs : content;
  if (!Array.isArray(list)) throw new PairProblem('the file has no list "pairs"');
  return list.map((raw: unknown, at) => pairOf(raw, file, at));
}

/** The input with every `same_as` and "other.json#id" replaced by what it stands for. */
export function resolveInput(pair: Pair, seen: readonly string[] = []): Fields {
  const here = `${basename(pair.file)}#${pair.id}`;
  const trail = [...seen, here];
  if (seen.includes(here)) {
    throw new PairProblem(`same_as runs in a circle: ${trail.join(" -> ")}`);
  }
  const { input } = pair;
  if (typeof input === "string") {
    return input.includes(".json#") ? resolveInput(find(input, pair), trail) : { file: input };
  }
  if (Array.isArray(input)) return { values: input };
  if (!isFields(input)) throw new PairProblem("the pair has no input");
  const { same_as: reference, ...own } = input;
  if (reference === undefined) return own;
  if (typeof reference !== "string") throw new PairProblem("same_as names no pair");
  return { ...resolveInput(find(reference, pair), trail), ...own };
}

/** A reader of data sets: beside the pair's own folder first, then beside the project's. */
export function dataReader(pair: Pair): (name: string) => string {
  const folders = [join(dirname(pair.file), "..", "data"), join(VECTORS, "..", "data")];
  return (name) => {
    const found = folders.map((folder) => join(folder, name)).find(isFile);
    if (found === undefined) throw new PairProblem(`the data file ${name} is missing`);
    return readFileSync(found, "utf8");
  };
}

function pairOf(raw: unknown, file: string, at: number): Pair {
  if (!isFields(raw)) throw new PairProblem(`pair ${at + 1} is no object`);
  const { id, method, input, expected, tolerance } = raw;
  return {
    file,
    id: typeof id === "string" && id !== "" ? id : `pair ${at + 1}`,
    method: typeof method === "string" ? method : "",
    input,
    expected: (expected ?? null) as Value,
    tolerance,
  };
}

function find(reference: string, from: Pair): Pair {
  const [name, id] = reference.includes("#") ? reference.split("#") : ["", reference];
  const folders = [dirname(from.file), VECTORS];
  const files = name === "" ? [from.file] : folders.map((folder) => join(folder, name ?? ""));
  const file = files.find(isFile);
  if (file === undefined) throw new PairProblem(`same_as names ${name}, which is missing`);
  const found = readPairs(file).find((pair) => pair.id === id);
  if (found === undefined) throw new PairProblem(`${basename(file)} has no pair ${id}`);
  return found;
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new PairProblem(`the file cannot be read as JSON: ${(error as Error).message}`);
  }
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
