// How a planted bug is written down: a change of text in a copy of src/, tried with the core's own
// assertions off.

export interface Change {
  file: string;
  /** Occurs exactly once in the file. */
  find: string;
  replace: string;
}

export interface Plant {
  name: string;
  /** Where to begin: short of the seed that finds it, when that is far. */
  from: number;
  /** Seeds within which it must be found. */
  within: number;
  changes: Change[];
}

export const ASSERTIONS_OFF: Change = {
  file: "src/base/assert.ts",
  find: "if (!condition) throw new AssertionFailure(message);",
  replace: "if (!condition) return;",
};

/** @param seeds within which it must be found, from 1 or from the first of two numbers on */
export function plant(
  name: string,
  seeds: number | readonly [from: number, within: number],
  file: string,
  find: string,
  replace: string,
  ...more: Change[]
): Plant {
  const [from, within] = typeof seeds === "number" ? [1, seeds] : seeds;
  return { name, from, within, changes: [ASSERTIONS_OFF, { file, find, replace }, ...more] };
}
