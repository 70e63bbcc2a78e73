// When each user was assigned and exposed: kept only where surfaces outside the engine may report
// exposures, for those are held against both.
import { type Column, WideColumn } from "../tables/columns.ts";

export class ExposureTimes {
  /** By user, ms; 0: not yet. */
  readonly assignedAt: WideColumn = new WideColumn();
  readonly exposedAt: WideColumn = new WideColumn();

  columns(): [name: string, column: Column][] {
    return [
      ["user-assigned-low", this.assignedAt.low],
      ["user-assigned-high", this.assignedAt.high],
      ["user-exposed-low", this.exposedAt.low],
      ["user-exposed-high", this.exposedAt.high],
    ];
  }
}
