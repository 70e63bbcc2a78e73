// Numbers over time or over days since the first visit: one line a series.
import { axisLook, type ChartSize, renderChartSvg } from "./chart-svg.ts";

export interface LineSeries {
  readonly name: string;
  readonly values: readonly number[];
  /** Drawn dashed: a truth, a plan, a benchmark. */
  readonly dashed?: boolean;
}

export interface LineChart extends ChartSize {
  readonly labels: readonly string[];
  readonly series: readonly LineSeries[];
  readonly xName?: string;
  readonly yName?: string;
}

export function lineChart(id: string, chart: LineChart): string {
  const isNarrow = chart.isNarrow === true;
  const option = {
    grid: { left: isNarrow ? 52 : 64, right: isNarrow ? 16 : 24, top: 40, bottom: 48 },
    legend: { top: 4, itemGap: isNarrow ? 24 : 36, textStyle: { color: "currentColor" } },
    xAxis: { type: "category", data: [...chart.labels], ...axisLook(chart.xName) },
    yAxis: { type: "value", ...axisLook(chart.yName), nameGap: isNarrow ? 36 : 50 },
    series: chart.series.map((line) => ({
      type: "line",
      name: line.name,
      data: line.values.map((value) => (Number.isFinite(value) ? value : null)),
      symbol: "none",
      lineStyle: { width: 2, type: line.dashed ? "dashed" : "solid" },
    })),
  };
  return renderChartSvg(id, option, chart);
}
