// A YAML file checked by a Zod schema; a problem is named by file, line and column.
import { readFile } from "node:fs/promises";
import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { HongbaoError } from "../base/error.ts";
import { fileProblem } from "./source-file.ts";

/** Reads and checks `file`; unknown keys are refused when the schema is strict. */
export async function readYamlFile<T>(file: string, schema: z.ZodType<T>): Promise<T> {
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
  const result = schema.safeParse(document.toJS());
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const path = issue.path.map(String);
  const where = place(lines, offsetOf(document, issue.path));
  const named = path.length === 0 ? "" : `${path.join(".")}: `;
  throw fileProblem(file, where, named + issue.message, { path });
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
