// Reads a journal's directory on this machine: for verify, export and anyone's own program.
import { nodeSha256 } from "./directory-journal.ts";
import { nodeDiskForReading } from "./node-disk.ts";
import { type JournalReader, type ReadOptions, readJournal } from "./read-journal.ts";

export type { JournalReader as DirectoryReader, ReadOptions as ReadDirectoryOptions };

/** Looks at a directory; rejects with the refusals that opening it for writing would give. */
export function readDirectory(
  directory: string,
  options: ReadOptions = {},
): Promise<JournalReader> {
  return readJournal(nodeDiskForReading(directory), nodeSha256, options);
}
