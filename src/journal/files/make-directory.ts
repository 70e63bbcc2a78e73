// A directory with everything above it. On a read-only disk Node's own recursion says ENOENT, which
// would send people looking for a wrong path.
import { mkdir, stat } from "node:fs/promises";
import path from "node:path";
import { errorCode } from "./disk.ts";

/** As `mkdir -p`; rejects with what the system really said. */
export async function makeDirectory(directory: string, mode: number = 0o777): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode });
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
    await mkdir(await highestMissing(path.resolve(directory)), { mode });
    await mkdir(directory, { recursive: true, mode });
  }
}

/** The first directory of a path that is not there yet. */
async function highestMissing(directory: string): Promise<string> {
  const above = path.dirname(directory);
  if (above === directory || (await isThere(above))) return directory;
  return await highestMissing(above);
}

async function isThere(directory: string): Promise<boolean> {
  return await stat(directory).then(
    () => true,
    () => false,
  );
}
