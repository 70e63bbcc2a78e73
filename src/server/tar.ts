// A tar archive as it goes out: a head of 512 bytes before each file, zeros up to the next 512
// behind it, two heads of zeros at the end (POSIX.1-1988, "ustar").
import { assert } from "../base/assert.ts";

const BLOCK_BYTES = 512;
const NAME_BYTES = 100;
/** What eleven octal digits hold. */
const FILE_BYTES_MAX = 8 ** 11 - 1;

export const TAR_END: Uint8Array = new Uint8Array(2 * BLOCK_BYTES);

/** Bytes of zeros behind a file. */
export function tarPadding(bytes: number): number {
  return (BLOCK_BYTES - (bytes % BLOCK_BYTES)) % BLOCK_BYTES;
}

/** Bytes of an archive with files of these sizes. */
export function tarBytes(sizes: readonly number[]): number {
  const files = sizes.map((bytes) => BLOCK_BYTES + bytes + tarPadding(bytes));
  return files.reduce((sum, bytes) => sum + bytes, TAR_END.length);
}

export function tarHead(name: string, bytes: number, atMs: number): Uint8Array {
  assert(name.length <= NAME_BYTES && bytes <= FILE_BYTES_MAX, "too long for a tar archive");
  const head = new Uint8Array(BLOCK_BYTES);
  const put = (at: number, text: string): void => {
    head.set(new TextEncoder().encode(text), at);
  };
  const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, "0");
  put(0, name);
  put(100, `${octal(0o640, 7)}\0`);
  put(108, `${octal(0, 7)}\0`);
  put(116, `${octal(0, 7)}\0`);
  put(124, `${octal(bytes, 11)}\0`);
  put(136, `${octal(Math.floor(atMs / 1000), 11)}\0`);
  put(148, " ".repeat(8));
  put(156, "0");
  put(257, "ustar\x0000");
  const sum = head.reduce((total, byte) => total + byte, 0);
  put(148, `${octal(sum, 6)}\0 `);
  return head;
}
