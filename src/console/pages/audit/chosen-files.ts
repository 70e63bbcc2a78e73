// Files that were chosen or dropped, with the folders that they came in.
import type { GivenFile } from "./worker/given-journal.ts";

/** A journal of a terabyte has 16,000 segments. */
const FILES_MAX = 100_000;

export function namedFiles(files: readonly File[]): GivenFile[] {
  return files.map((file) => ({
    path: file.webkitRelativePath === "" ? file.name : file.webkitRelativePath,
    content: file,
  }));
}

/** Also what lies in folders that were dropped. */
export async function droppedFiles(transfer: DataTransfer): Promise<GivenFile[]> {
  // Only before the first wait does the browser give them out.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const files: GivenFile[] = [];
  for (let next = entries.pop(); next !== undefined; next = entries.pop()) {
    if (files.length >= FILES_MAX) break;
    if (isFile(next)) files.push({ path: next.fullPath.slice(1), content: await fileOf(next) });
    else entries.push(...(await entriesIn(next as FileSystemDirectoryEntry)));
  }
  return files;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A folder is given out in parts, the last of which is empty. */
async function entriesIn(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (part.length === 0) return found;
    found.push(...part);
  }
}
