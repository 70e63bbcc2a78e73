// Where demo and run leave their files: a folder of its own each time, never one that is in use.
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { contractError } from "../contract/errors.ts";
import { makeDirectory } from "../journal/files/make-directory.ts";

const FOLDERS_MAX = 9_999;

/** Makes data/demo-001, data/demo-002 … (for `demo`), or the named folder, which must be empty. */
export async function makeFolder(verb: string, named: string | undefined): Promise<string> {
  if (named !== undefined) {
    await makeDirectory(named);
    if ((await readdir(named)).length === 0) return named;
    const message = `--data: expected a new or empty folder, found files in ${named}`;
    throw contractError("invalid_usage", message);
  }
  await makeDirectory("data");
  for (let i = 1; i <= FOLDERS_MAX; i++) {
    const folder = join("data", `${verb}-${String(i).padStart(3, "0")}`);
    try {
      await mkdir(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  throw contractError("invalid_usage", `data/ holds 9,999 of ${verb}; remove some, or name --data`);
}
