// How a planted bug is written down: a change of text in a copy of src/, tried with the core's own
// assertions off.

import type { Trait } from "./traits.ts";

export interface Change {
  file: string;
  /** Occurs exactly once in the file. */
  find: string;
  replace: string;
}

export interface Plant {
  name: string;
  /** Looked for in schedules that have this. Absent: in all. */
  having?: Trait;
  changes: Change[];
}

export const ASSERTIONS_OFF: Change = {
  file: "src/base/assert.ts",
  find: "if (!condition) throw new AssertionFailure(message);",
  replace: "if (!condition) return;",
};

export function plant(
  name: string,
  file: string,
  find: string,
  replace: string,
  ...more: Change[]
): Plant {
  return { name, changes: [ASSERTIONS_OFF, { file, find, replace }, ...more] };
}

/** Bugs of a mechanism, looked for in the schedules that have it. */
export function inSchedulesWith(having: Trait, plants: readonly Plant[]): Plant[] {
  return plants.map((one) => ({ ...one, having }));
}
