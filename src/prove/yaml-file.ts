// A YAML file checked by a Zod schema.
import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { HongbaoError } from "../base/error.ts";
import { type YamlSource, yamlSource } from "../contract/yaml-source.ts";

/** Reads and checks `file`; unknown keys are refused when the schema is strict. */
export async function readYamlFile<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  return (await readYamlSource(file, schema)).value;
}

/** The same, for checks that need the whole. */
export async function readYamlSource<T>(
  file: string,
  schema: z.ZodType<T>,
): Promise<YamlSource<T>> {
  return yamlSource(file, await textOf(file), schema);
}

async function textOf(file: string): Promise<string> {
  return await readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
    const isMissing = cause.code === "ENOENT";
    const found = FOUND[cause.code ?? ""] ?? `the error ${cause.code}`;
    throw new HongbaoError({
      code: isMissing ? "file_not_found" : "file_unreadable",
      message: `${file}: expected a file, found ${found}`,
      cause,
      details: { file },
    });
  });
}

const FOUND: Readonly<Record<string, string>> = {
  ENOENT: "none",
  EISDIR: "a directory",
  EACCES: "one that this user may not read",
};
