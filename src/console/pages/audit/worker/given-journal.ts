// The journal among files that somebody chose: a folder, its files, or a tar archive as the server
// sends it. What else lies beside it is passed over.
import { readTar } from "./read-tar.ts";

export interface GivenFile {
  /** With its folders, as far as the browser tells. */
  path: string;
  content: Blob;
}

export interface GivenJournal {
  /** Segments and head file, by name. */
  journal: Map<string, Blob>;
  /** Of the log beside it: checkpoints and public keys as text; empty where there are none. */
  checkpoints: string;
  keys: string;
}

const SEGMENT = /^\d{12}\.journal$/;

/** Or one line that says what was expected. */
export async function givenJournal(chosen: readonly GivenFile[]): Promise<GivenJournal | string> {
  const files: GivenFile[] = [];
  for (const file of chosen) {
    if (/\.(tgz|gz|zip|xz|zst)$/i.test(file.path)) {
      return `${file.path}: expected a .tar, or the files themselves; unpack it first`;
    }
    if (!/\.tar$/i.test(file.path)) files.push(file);
    else {
      const inside = await readTar(file.content);
      if (typeof inside === "string") return `${file.path}: ${inside}`;
      files.push(...inside);
    }
  }
  const segments = files.filter(({ path }) => SEGMENT.test(nameOf(path)));
  const folders = new Set(segments.map(({ path }) => folderOf(path)));
  const [folder] = folders;
  if (folder === undefined) {
    return "expected files such as 000000000001.journal, or a .tar of them; found none";
  }
  if (folders.size > 1) {
    return `expected one journal, found ${folders.size}: ${[...folders].join(", ")}`;
  }
  const journal = new Map(segments.map(({ path, content }) => [nameOf(path), content]));
  const head = files.find(({ path }) => path === `${folder}head`);
  if (head !== undefined) journal.set("head", head.content);
  const log = `${folder.replace(/journal\/$/, "")}log/`;
  const text = async (name: string): Promise<string> =>
    (await files.find(({ path }) => path === log + name)?.content.text()) ?? "";
  return { journal, checkpoints: await text("checkpoints"), keys: await text("keys") };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
