// The interval of a line as an area around it.

/** ECharts draws lines at 3. */
const BELOW_LINES = 2;

export interface BandSeries {
  /** Of the line with which it is hidden. */
  readonly name: string;
  /** Its own among the bands of a chart. */
  readonly place: number;
  readonly colour: string;
  /** The lower bound, and how far above it the upper one is, as ECharts takes points. */
  readonly lower: readonly unknown[];
  readonly heights: readonly unknown[];
}

/** ECharts stacks the height upon the lower line. */
export function bandSeries(band: BandSeries): Record<string, unknown>[] {
  const { name, place, colour, lower, heights } = band;
  const shared = {
    ...{ type: "line", name, z: BELOW_LINES },
    ...{ stack: `band ${place}`, stackStrategy: "all", symbol: "none", silent: true },
    lineStyle: { opacity: 0 },
    tooltip: { show: false },
  };
  return [
    { ...shared, data: lower },
    { ...shared, data: heights, areaStyle: { color: colour, opacity: 0.2 } },
  ];
}
