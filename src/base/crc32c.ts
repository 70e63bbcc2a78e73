// CRC-32C (Castagnoli), the checksum of journal records: polynomial 0x1EDC6F41, reflected.
// Slicing by 16 (Kounavis and Berry, 2005), because the writer's thread computes it for every byte.

const SLICES = 16;
const POLYNOMIAL = 0x82f63b78;
const TABLE: Int32Array = buildTable();
const LITTLE_ENDIAN_HOST: boolean = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/**
 * CRC-32C of `bytes[start, end)` as an unsigned 32-bit number.
 * To go on over several pieces, pass the result of the previous piece as `seed`.
 */
export function crc32c(
  bytes: Uint8Array,
  start: number = 0,
  end: number = bytes.length,
  seed: number = 0,
): number {
  let crc = ~seed;
  let at = start;
  if (LITTLE_ENDIAN_HOST && end - start >= 64) {
    const misaligned = (bytes.byteOffset + start) & 3;
    const aligned = misaligned === 0 ? start : start + 4 - misaligned;
    crc = bytewise(crc, bytes, start, aligned);
    const blocks = (end - aligned) >>> 4;
    crc = wordwise(crc, new Int32Array(bytes.buffer, bytes.byteOffset + aligned, blocks * 4));
    at = aligned + blocks * 16;
  }
  return ~bytewise(crc, bytes, at, end) >>> 0;
}

function bytewise(seed: number, bytes: Uint8Array, start: number, end: number): number {
  let crc = seed;
  for (let at = start; at < end; at++) {
    crc = TABLE[(crc ^ bytes[at]!) & 255]! ^ (crc >>> 8);
  }
  return crc;
}

function wordwise(seed: number, words: Int32Array): number {
  const table = TABLE;
  let crc = seed;
  for (let at = 0; at < words.length; at += 4) {
    const a = words[at]! ^ crc;
    const b = words[at + 1]!;
    const c = words[at + 2]!;
    const d = words[at + 3]!;
    crc =
      table[3840 + (a & 255)]! ^
      table[3584 + ((a >>> 8) & 255)]! ^
      table[3328 + ((a >>> 16) & 255)]! ^
      table[3072 + (a >>> 24)]! ^
      table[2816 + (b & 255)]! ^
      table[2560 + ((b >>> 8) & 255)]! ^
      table[2304 + ((b >>> 16) & 255)]! ^
      table[2048 + (b >>> 24)]! ^
      table[1792 + (c & 255)]! ^
      table[1536 + ((c >>> 8) & 255)]! ^
      table[1280 + ((c >>> 16) & 255)]! ^
      table[1024 + (c >>> 24)]! ^
      table[768 + (d & 255)]! ^
      table[512 + ((d >>> 8) & 255)]! ^
      table[256 + ((d >>> 16) & 255)]! ^
      table[d >>> 24]!;
  }
  return crc;
}

function buildTable(): Int32Array {
  const table = new Int32Array(SLICES * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    table[byte] = crc;
  }
  for (let at = 256; at < table.length; at++) {
    const previous = table[at - 256]!;
    table[at] = (previous >>> 8) ^ table[previous & 255]!;
  }
  return table;
}
