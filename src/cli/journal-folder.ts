// Where the journal lies in what somebody named: a data directory, or its journal folder.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { contractError } from "../contract/errors.ts";

/** Throws HongbaoError `journal_missing`, naming what was looked for. */
export async function journalFolder(directory: string): Promise<string> {
  if (await hasSegments(directory)) return directory;
  const inside = join(directory, "journal");
  if (await hasSegments(inside)) return inside;
  throw contractError(
    "journal_missing",
    `${directory}: expected a data directory or its journal folder, found no *.journal file ` +
      `there or in ${inside}. Name the directory that \`hongbao serve --data\` was given.`,
  );
}

async function hasSegments(directory: string): Promise<boolean> {
  try {
    return (await readdir(directory)).some((name) => name.endsWith(".journal"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return false;
    throw error;
  }
}
