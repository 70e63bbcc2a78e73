// A YAML file checked by a Zod schema; a problem is named by file, line and column.
import { readFile } from "node:fs/promises";
import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { HongbaoError } from "../base/error.ts";
import { fileProblem } from "./source-file.ts";

/** A file of the right shape; what is wrong beyond its shape can still be named by its place. */
export interface YamlSource<T> {
  readonly file: string;
  readonly value: T;
  /** The file's content as it was written, before any default was filled in. */
  readonly raw: unknown;
  /** The error of what stands at `path`. */
  problem(path: readonly PropertyKey[], message: string): HongbaoError;
}

/** Reads and checks `file`; unknown keys are refused when the schema is strict. */
export async function readYamlFile<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  return (await readYamlSource(file, schema)).value;
}

/** The same, for checks that need the whole. */
export async function readYamlSource<T>(
  file: string,
  schema: z.ZodType<T>,
): Promise<YamlSource<T>> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new HongbaoError({
      code: "file_not_found",
      message: `${file}: cannot be read`,
      cause,
      details: { file },
    });
  });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken !== undefined) throw fileProblem(file, place(lines, broken.pos[0]), broken.message);
  const raw = contentOf(file, document);
  const problem = (path: readonly PropertyKey[], message: string): HongbaoError => {
    const where = place(lines, offsetOf(document, path));
    const keys = path.map(String);
    const named = keys.length === 0 ? "" : `${keys.join(".")}: `;
    return fileProblem(file, where, named + message, { path: keys });
  };
  const result = schema.safeParse(raw);
  if (result.success) return { file, value: result.data, raw, problem };
  const issue = deepest(result.error.issues[0]!);
  throw problem(issue.path, issue.message);
}

/** Aliases are followed only here; a few lines of them may stand for more than any memory. */
function contentOf(file: string, document: Document): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause;
    const message = cause.message.startsWith("Excessive alias count")
      ? "its aliases (*name) stand for too much: write the values out where they are meant"
      : `expected aliases (*name) of anchors that are there: ${cause.message}`;
    throw fileProblem(file, "", message);
  }
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly code?: string | undefined;
  readonly errors?: readonly (readonly Issue[])[];
}

/** Of a value that fits none of several shapes, the complaint of the shape that got furthest. */
function deepest(issue: Issue): Issue {
  const choices = (issue.errors ?? []).flatMap((each) => each.slice(0, 1)).map(deepest);
  const [best] = choices.sort((a, b) => b.path.length - a.path.length);
  if (best === undefined || best.path.length === 0) return issue;
  return { ...best, path: [...issue.path, ...best.path] };
}

function place(lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `line ${line}, column ${col}`;
}

/** Where the path begins in the text; a missing key is shown at what should hold it. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const keys = path.slice(0, length);
    const node = length === 0 ? document.contents : document.getIn(keys, true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
