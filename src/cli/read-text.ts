// Text files that somebody named: what is wrong with one is told with its name.
import { readFile } from "node:fs/promises";
import { HongbaoError } from "../base/error.ts";

/** Throws HongbaoError `file_not_found` or `file_unreadable`. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw unreadableFile(file, cause);
  }
}

/** What kept a file from being read, in words. */
export function unreadableFile(file: string, cause: unknown): HongbaoError {
  const { code = "unknown" } = cause as NodeJS.ErrnoException;
  const found = FOUND[code] ?? `the error ${code}`;
  return new HongbaoError({
    code: code === "ENOENT" ? "file_not_found" : "file_unreadable",
    message: `${file}: expected a file, found ${found}`,
    cause,
  });
}

const FOUND: Readonly<Record<string, string>> = {
  ENOENT: "none",
  EISDIR: "a directory",
  EACCES: "one that this user may not read",
};
