// What a plan rests on, one row an assumption, those without a source marked.
import { type Block, tableBlock } from "../../report/document.ts";
import { formatNumber } from "../../report/format.ts";
import type { Distribution } from "../assumptions/index.ts";
import type { PlanStudy } from "./plan-study.ts";
import { threeFigures, valueText } from "./study-words.ts";

export function assumptionTable(study: PlanStudy): Block {
  const rows = study.assumptions
    .filter(({ origin }) => origin !== "default")
    .map(({ id, point, unit, distribution, source, why }) => [
      id,
      of(point, unit),
      distributionText(distribution, unit),
      unit === "share" ? "" : unit,
      why === null ? source : `${source}: ${why}`,
    ]);
  const columns = [
    { title: "assumption" },
    { title: "point", align: "right" as const },
    { title: "as" },
    { title: "unit" },
    { title: "source" },
  ];
  const ranks = study.correlations.map(
    ({ between: [a, b], rank, why }) =>
      `${a} and ${b} ${formatNumber(rank, 2)}${why ? ` (${why})` : ""}`,
  );
  return ranks.length === 0
    ? tableBlock(columns, rows)
    : tableBlock(columns, rows, `Rank correlations: ${ranks.join("; ")}.`);
}

/** What single assumptions would have to be for the net to be 0. */
export function breakEvenTable({ breakEvens, currency }: PlanStudy): Block {
  const rows = breakEvens.map(({ id, unit, point, low, high, value, bestNet }) => [
    id,
    of(point, unit),
    `${of(low, unit)} to ${of(high, unit)}`,
    value === null ? "nowhere there" : of(value, unit),
    valueText(bestNet, "money", currency),
    unit === "share" ? "" : unit,
  ]);
  const columns = [
    { title: "assumption" },
    { title: "point", align: "right" as const },
    { title: "looked at" },
    { title: "just pays at", align: "right" as const },
    { title: "net at best", align: "right" as const },
    { title: "unit" },
  ];
  return tableBlock(columns, rows, "Each by itself, the others at their points.");
}

function distributionText(distribution: Distribution, unit: string): string {
  const text = (value: number): string => of(value, unit);
  switch (distribution.kind) {
    case "fixed":
      return "fixed";
    case "uniform":
      return `even, ${text(distribution.low)} to ${text(distribution.high)}`;
    case "lognormal":
      return `lognormal, 5 % below ${text(distribution.p5)}, 5 % above ${text(distribution.p95)}`;
    case "triangular":
    case "pert": {
      const { low, mode, high } = distribution;
      return `${distribution.kind}, ${text(low)} to ${text(high)}, most likely ${text(mode)}`;
    }
    default:
      return `${distribution.kind}, mean ${text(distribution.mean)}, sd ${text(distribution.sd)}`;
  }
}

function of(value: number, unit: string): string {
  return unit === "share" ? `${threeFigures(100 * value)} %` : threeFigures(value);
}
