// Unguessable bytes from the operating system, fetched many at a time: a call for sixteen bytes
// costs as much as deciding two claims, and every record needs sixteen.
import { randomFillSync } from "node:crypto";

const POOL_BYTES = 4096;

/** A source of bytes, none of which is given out twice. */
export function randomPool(): (bytes: number) => Uint8Array {
  const pool = new Uint8Array(POOL_BYTES);
  let used = POOL_BYTES;
  return (bytes) => {
    if (bytes > POOL_BYTES) return randomFillSync(new Uint8Array(bytes));
    if (used + bytes > POOL_BYTES) {
      randomFillSync(pool);
      used = 0;
    }
    const taken = pool.slice(used, used + bytes);
    pool.fill(0, used, used + bytes); // what was given out is nobody's to find here
    used += bytes;
    return taken;
  };
}
