// What a project's plan will see, as a report: a section a question, one sentence on what decides,
// then the tables behind it.
import {
  type Block,
  headlineBlock,
  noteBlock,
  type ReportDocument,
  type Section,
  tableBlock,
  textBlock,
} from "../report/document.ts";
import { fittingChart } from "../report/fitting-chart.ts";
import { formatLevel, formatNumber, formatPercent } from "../report/format.ts";
import { lineChart } from "../report/line-chart.ts";
import { holdoutText } from "./detectable-report.ts";
import {
  type EffectScale,
  effectFormat,
  noneNote,
  payingText,
  roomOf,
  seenFormat,
} from "./effect-room.ts";
import type { PlannedGuardrail, PlannedMetric, PlannedStudy, PlanReport } from "./planned.ts";

export function plannedReport(report: PlanReport): ReportDocument {
  const { title, level, power, missing, studies } = report;
  const alarms = `${formatLevel(1 - level)} false alarms`;
  const foot = [
    `seen: with a chance of ${formatLevel(power)}, at ${alarms}; among all: where only this one ` +
      "of the questions has an effect (Holm)",
    ...missing.map((each) => `not known: ${each}`),
  ];
  return {
    title: `What the plan can see: ${title}`,
    sections: studies.map((study, i) => studySection(study, `plan-${i + 1}`)),
    foot,
  };
}

function studySection(study: PlannedStudy, id: string): Section {
  const { title, estimand, users, holdout, metrics, guardrails } = study;
  const head = `${title} (${estimand}): ${formatNumber(users)} users`;
  if (holdout === 0) {
    const nobody = "Nobody is held out: no effect can be seen, whatever its size.";
    return { title: head, blocks: [headlineBlock(nobody)] };
  }
  const blocks: Block[] = [
    ...metrics.slice(0, 1).map((metric) => headlineBlock(sentence(metric))),
    ...(metrics.length === 0 ? [] : [endTable(study)]),
    ...wantedBlocks(metrics),
    ...guardrailBlocks(guardrails),
    ...metrics.flatMap((metric, i) => weekBlocks(metric, `${id}-${i + 1}`)),
    ...metrics.slice(0, 1).map(holdoutTable),
  ];
  return { title: head, badge: `${formatLevel(holdout)} held out`, blocks };
}

/** Such as "D30 retention: an effect of +0.60 points or more is seen at the end, …". */
function sentence(metric: PlannedMetric): string {
  const scale = scaleOf(metric);
  const { amongAll } = metric.weekly.at(-1)!.smallest;
  const seen = `${metric.title}: ${seenText(metric)}`;
  const pays = metric.payingEffect;
  return pays === null ? seen : `${seen} ${payingText(scale, pays, amongAll)}`;
}

function seenText(metric: PlannedMetric): string {
  const scale = scaleOf(metric);
  const [shown, room, seen] = [effectFormat(scale), roomOf(scale), seenFormat(scale)];
  const { once, amongAll, anyLook } = metric.weekly.at(-1)!.smallest;
  if (once > room) {
    return `no effect can be seen: the ${shown(room)} that are left to 100 % are too few.`;
  }
  const among = amongAll > once ? `, ${seen(amongAll)} among all questions` : "";
  return (
    `an effect of ${shown(once)} or more is seen at the end${among}, ` +
    `${seen(anyLook)} when it is looked at all the time.`
  );
}

const READINGS = ["read once", "among all", "at any time"];
const right = (title: string) => ({ title, align: "right" as const });

function endTable({ metrics }: PlannedStudy): Block {
  const rows = metrics.map((metric) => {
    const shown = seenFormat(scaleOf(metric));
    const { level, deviation, explained } = metric.basis;
    const { once, amongAll, anyLook } = metric.weekly.at(-1)!.smallest;
    const before =
      metric.kind === "share"
        ? formatPercent(level!)
        : `${level === null ? "" : `${figure(level)} `}± ${figure(deviation)}`;
    const sharper = explained === null ? "" : ` (${formatPercent(explained)} explained before)`;
    return [
      ...[metric.title, metric.arms.join(", "), before + sharper],
      ...[once, amongAll, anyLook].map(shown),
    ];
  });
  const columns = [{ title: "metric" }, { title: "arm" }, right("without"), ...READINGS.map(right)];
  return tableBlock(columns, rows, "smallest effect that is seen at the end");
}

function wantedBlocks(metrics: readonly PlannedMetric[]): Block[] {
  const asked = metrics.filter(({ wanted }) => wanted !== null);
  if (asked.length === 0) return [];
  const rows = asked.map((metric) => {
    const { effect, holdout, leastUsers } = metric.wanted!;
    const of = (key: keyof typeof holdout): string => {
      const part = holdout[key];
      return part === null ? `${formatNumber(leastUsers[key])} users` : holdoutText(part);
    };
    const readings = [of("once"), of("amongAll"), of("anyLook")];
    return [
      metric.title,
      metric.arms.join(", "),
      effectFormat(scaleOf(metric))(effect),
      ...readings,
    ];
  });
  const columns = [{ title: "metric" }, { title: "arm" }, ...["effect", ...READINGS].map(right)];
  const caption = "holdout that the effect needs; where no part is enough: how many users would be";
  return [tableBlock(columns, rows, caption)];
}

function guardrailBlocks(guardrails: readonly PlannedGuardrail[]): Block[] {
  if (guardrails.length === 0) return [];
  const rows = guardrails.map((guardrail) => {
    const { title, arms, worse, margin, power, resolvable, kind, isRelative } = guardrail;
    const shown = (size: number): string =>
      isRelative
        ? `${figure(100 * size)} %`
        : kind === "share"
          ? `${figure(100 * size)} points`
          : figure(size);
    const limit = `${worse} by ${shown(margin)}`;
    return [title, arms.join(", "), limit, formatPercent(power), shown(resolvable)];
  });
  const columns = [
    ...[{ title: "guardrail" }, { title: "arm" }, { title: "margin" }],
    ...["chance to be held", "margin that would be"].map(right),
  ];
  const weak = guardrails.filter(({ margin, resolvable }) => resolvable > margin);
  const names = [...new Set(weak.map(({ title }) => title))].join(", ");
  const advice =
    `${names}: the margin is too small for these users. A guardrail that stays open says ` +
    "nothing; widen it, or hold out more.";
  return [
    tableBlock(columns, rows, "guardrails, where nothing got worse"),
    ...(weak.length === 0 ? [] : [textBlock(advice)]),
  ];
}

function weekBlocks(metric: PlannedMetric, id: string): Block[] {
  const { title, arms, weekly, kind } = metric;
  const scale = scaleOf(metric);
  const shown = seenFormat(scale);
  const rows = weekly.map(({ week, users, heldOut, smallest }) => [
    ...[String(week), formatNumber(users), formatNumber(heldOut)],
    ...[smallest.once, smallest.amongAll, smallest.anyLook].map(shown),
  ]);
  const caption = `${title} (${arms.join(", ")}), by the week in which it is read`;
  const columns = ["week", "users", "held out", ...READINGS].map(right);
  const unit = kind === "share" ? 100 : 1;
  const lines = {
    labels: weekly.map(({ week }) => String(week)),
    series: [
      { name: "read once", values: weekly.map((each) => unit * each.smallest.once) },
      { name: "among all", values: weekly.map((each) => unit * each.smallest.amongAll) },
      {
        name: "at any time",
        values: weekly.map((each) => unit * each.smallest.anyLook),
        dashed: true,
      },
    ],
    ...{ xName: "week", yName: kind === "share" ? "points" : "effect" },
  };
  const chart = fittingChart(id, `Smallest effect that is seen: ${title}, by week`, (isNarrow) =>
    lineChart({ ...lines, isNarrow }),
  );
  const effects = weekly.flatMap(({ smallest: { once, amongAll, anyLook } }) => [
    once,
    amongAll,
    anyLook,
  ]);
  return [tableBlock(columns, rows, caption), chart, ...noneNote(scale, effects).map(noteBlock)];
}

function holdoutTable(metric: PlannedMetric): Block {
  const shown = seenFormat(scaleOf(metric));
  const rows = metric.byHoldout.map(({ holdout, smallest }) => [
    formatLevel(holdout),
    ...[smallest.once, smallest.amongAll, smallest.anyLook].map(shown),
  ]);
  const columns = ["holdout", ...READINGS].map(right);
  return tableBlock(columns, rows, `${metric.title} at the end, for holdouts of other sizes`);
}

function scaleOf({ kind, weekly, unit, basis }: PlannedMetric): EffectScale {
  const smallest = weekly.at(-1)!.smallest.once;
  return { isShare: kind === "share", level: basis.level, unit, smallest };
}

function figure(value: number): string {
  return formatNumber(value, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1))));
}
