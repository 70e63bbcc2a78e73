// A chart before anybody draws it: what ECharts is told, how high it is, and the numbers behind it
// as a table. A report's page draws it as SVG, the console as something that answers the mouse.
import type { EChartsCoreOption } from "echarts";
import type { Column } from "./column.ts";

export type ChartOption = EChartsCoreOption;

export interface Picture {
  readonly option: ChartOption;
  /** Pixels. */
  readonly height: number;
  /** Drawn for a phone. */
  readonly isNarrow: boolean;
  readonly table: PictureTable;
  /** What its reader may hide, as the legend names it; absent: nothing. */
  readonly legend?: readonly LegendEntry[];
  /** What its values are counted in; absent: they say so themselves. */
  readonly unit?: string;
}

export interface LegendEntry {
  readonly name: string;
  /** Other series that are hidden with it. */
  readonly others?: readonly string[];
}

/** The numbers as they are; whoever shows them writes them in his reader's way. */
export interface PictureTable {
  readonly columns: readonly PictureColumn[];
  readonly rows: readonly (readonly PictureCell[])[];
}

export interface PictureColumn extends Column {
  /** Of numbers: places after the point, such as a currency has; absent: as many as they need. */
  readonly decimals?: number;
  /** Its cells are instants, in ms; as a reader sees them. */
  readonly timeText?: (atMs: number) => string;
  /** What its numbers are counted in; absent: the title says so, or there is nothing to say. */
  readonly unit?: string;
}

/** NaN: there is none. */
export type PictureCell = string | number;

/** What the makers of pictures take beside their data. */
export interface PictureSize {
  /** Pixels; default: as high as its rows need. */
  readonly height?: number;
  /** For a phone: less room for labels, fewer ticks. */
  readonly isNarrow?: boolean;
}

/** That of the page around it; whoever draws where there is none says which. */
export const chartFont = "inherit";

/**
 * Legible on white and on near-black, and told apart by colour-blind readers, too: their test
 * (`console/palette.test.ts`) says how far they must be from each other.
 */
export const chartColours = {
  series: ["#cd3c36", "#3f7797", "#c88612", "#45a280", "#9970d7"],
  ink: "currentColor",
  quiet: "#8a929c",
} as const;
