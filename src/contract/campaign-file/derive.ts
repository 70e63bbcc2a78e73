// What follows from a campaign file by hashing: the salts of its arms, and the hash of the
// measurement plan.

import { toHex, utf8 } from "../../base/bytes.ts";
import { canonicalJson } from "../../base/canonical-json.ts";
import { sha256 } from "../../base/hash.ts";

/**
 * A salt from the campaign's id: the same file always gives the same definition, and no two
 * campaigns share arms. It need not be secret, since arms are hashed from secret pseudonyms.
 */
export function makeSalt(campaign: string, purpose: string): string {
  return toHex(sha256(utf8(`hongbao/salt/1\n${campaign}\n${purpose}`)).subarray(0, 16));
}

/**
 * The hash that an opening event freezes: of the plan that the campaign file holds, or the one that
 * it names, as `sha256`, of a plan that lies elsewhere. Null: there is no plan.
 */
export function planHashOf(measure: unknown): string | null {
  if (measure === undefined) return null;
  if (typeof measure !== "object" || measure === null) return hashPlan(measure);
  const { sha256: named, ...rest } = measure as { sha256?: unknown };
  const isNamed = typeof named === "string" && /^[0-9a-f]{64}$/.test(named);
  return isNamed && Object.keys(rest).length === 0 ? named : hashPlan(measure);
}

/** The hash of the measurement plan; the order of its keys does not matter. */
export function hashPlan(measure: unknown): string {
  return toHex(sha256(utf8(canonicalJson(measure))));
}

/** An optional key with what was read of its text; nothing where the file has none. */
export function given<K extends string, T, V>(
  key: K,
  text: T | undefined,
  read: (text: T) => V,
): { [k in K]?: V } {
  const found: { [k in K]?: V } = {};
  if (text !== undefined) found[key] = read(text);
  return found;
}
