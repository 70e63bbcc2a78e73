// A table of what the campaign is worth when two assumptions are varied and all else stays at its
// point: rows and columns with real numbers, so that a reader finds his own.
import { assert } from "../base/assert.ts";

export interface SensitivityAxis {
  readonly id: string;
  readonly title: string;
  /** As shown, in the assumption's unit; ascending. */
  readonly values: readonly number[];
  /** The value that is the campaign's own point. */
  readonly ownIndex: number;
}

export interface SensitivityTable {
  readonly id: string;
  readonly title: string;
  readonly across: SensitivityAxis;
  readonly down: SensitivityAxis;
  /** By row (down), then column (across); major units. */
  readonly cells: readonly (readonly number[])[];
}

/** Multiples of the point at which an axis is read, unless the reader says which. */
export const AXIS_FACTORS: readonly number[] = [0.25, 0.5, 0.75, 1, 1.5, 2, 3];

export function axisAround(
  id: string,
  title: string,
  point: number,
  factors: readonly number[] = AXIS_FACTORS,
): SensitivityAxis {
  const ascending = [...factors].sort((a, b) => a - b);
  const ownIndex = ascending.indexOf(1);
  assert(ownIndex >= 0, "expected the campaign's own point, a factor of 1, on each axis");
  return {
    id,
    title,
    values: ascending.map((factor) => factor * point),
    ownIndex,
  };
}

export function sensitivityTable(
  head: Pick<SensitivityTable, "id" | "title" | "across" | "down">,
  worth: (across: number, down: number) => number,
): SensitivityTable {
  const { across, down } = head;
  assert(across.values.length > 0 && down.values.length > 0, "expected values on both axes");
  const cells = down.values.map((y) => across.values.map((x) => worth(x, y)));
  return { ...head, cells };
}
