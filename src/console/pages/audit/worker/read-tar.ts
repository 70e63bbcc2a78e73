// The files of a tar archive, where they lie in it: nothing is unpacked.
import type { GivenFile } from "./given-journal.ts";

const BLOCK_BYTES = 512;
const FILES_MAX = 100_000;

/** Or one line that says why it is none. */
export async function readTar(archive: Blob): Promise<GivenFile[] | string> {
  const files: GivenFile[] = [];
  let at = 0;
  while (at + BLOCK_BYTES <= archive.size && files.length < FILES_MAX) {
    const head = new Uint8Array(await archive.slice(at, at + BLOCK_BYTES).arrayBuffer());
    if (head.every((byte) => byte === 0)) return files;
    const bytes = Number.parseInt(textIn(head, 124, 12).trim() || "0", 8);
    if (textIn(head, 257, 5) !== "ustar" || !(bytes >= 0 && Number.isSafeInteger(bytes))) {
      return `no tar archive: no head at byte ${at}`;
    }
    const from = at + BLOCK_BYTES;
    if (from + bytes > archive.size) {
      return `it was cut off: it ends at byte ${archive.size}, within ${textIn(head, 0, 100)}`;
    }
    const prefix = textIn(head, 345, 155);
    const name = (prefix === "" ? "" : `${prefix}/`) + textIn(head, 0, 100);
    const isFile = head[156] === 0 || head[156] === 0x30;
    if (isFile) {
      const content = archive.slice(from, from + bytes);
      files.push({ path: name.replace(/^\.\//, ""), content });
    }
    at = from + Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;
  }
  return "it was cut off: its end is missing";
}

/** Up to the first zero. */
function textIn(head: Uint8Array, at: number, bytes: number): string {
  const field = head.subarray(at, at + bytes);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}
