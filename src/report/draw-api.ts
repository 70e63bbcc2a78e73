// What ECharts hands to a chart that draws itself; no more of it than is used here.

export interface DrawApi {
  /** The number of the row's place `dimension`. */
  value(dimension: number): number;
  /** From values on the axes to pixels. */
  coord(point: readonly [number, number]): [number, number];
  /** Pixels of a distance on the axes. */
  size(of: readonly [number, number]): [number, number];
}
