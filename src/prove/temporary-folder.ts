// Folders for as long as a command runs: they go with it, also when it is interrupted.
import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { temporaryFolderFailure } from "./warehouse-failure.ts";

const folders = new Set<string>();
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Makes a folder below the system's temporary one, until `removeTemporaryFolder` or the end. Throws
 * `disk_full` or `file_unreadable` naming the folder.
 */
export async function makeTemporaryFolder(prefix: string): Promise<string> {
  const parent = tmpdir();
  const folder = await mkdtemp(join(parent, prefix)).catch((cause: Error) => {
    throw temporaryFolderFailure(parent, cause);
  });
  if (folders.size === 0) {
    process.on("exit", removeAll);
    for (const signal of SIGNALS) process.on(signal, interrupted);
  }
  folders.add(folder);
  return folder;
}

export async function removeTemporaryFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  folders.delete(folder);
  if (folders.size === 0) forget();
}

function forget(): void {
  process.off("exit", removeAll);
  for (const signal of SIGNALS) process.off(signal, interrupted);
}

function removeAll(): void {
  for (const folder of folders) {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // The process ends: what cannot be removed is left to the system's own cleaning.
    }
  }
}

/** Ends the process as the signal would have, unless somebody else listens and decides. */
function interrupted(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  removeAll();
  forget();
  process.kill(process.pid, signal);
}
