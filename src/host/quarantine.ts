// Requests that stopped the writer by a bug. After a restart they are kept out instead of stopping
// it again and again; only fingerprints are kept, since requests name persons.
import { toHex, utf8 } from "../base/bytes.ts";
import { sha256 } from "../base/hash.ts";

export interface Quarantine {
  readonly size: number;
  /** Whether a request, described in one string, is in quarantine. */
  has(description: string): boolean;
  /** Keeps a request; durable when resolved. */
  add(description: string): Promise<void>;
}

/** The fingerprint of a described request, 64 hex digits. */
export function quarantineMark(description: string): string {
  return toHex(sha256(utf8(description)));
}

/** For engines that keep nothing. */
export const NO_QUARANTINE: Quarantine = {
  size: 0,
  has: () => false,
  add: async () => {},
};
