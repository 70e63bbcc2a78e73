// What `hongbao clv` says: the models side by side, what they got wrong on the hold-out, and what
// is to come under each. Sentences and tables come from the study alone.

import type { Block, ReportDocument, Section } from "../../report/document.ts";
import { noteBlock, tableBlock, textBlock } from "../../report/document.ts";
import { formatLevel, formatNumber, formatPercent, formatSigned } from "../../report/format.ts";
import { textBar } from "../../report/text-bar.ts";
import type { Ahead } from "./ahead-study.ts";
import { cohortSections } from "./cohort-report.ts";
import type { CohortStudy } from "./cohort-study.ts";
import type { HoldoutTable } from "./purchase-holdout.ts";
import type { ModelReading, PurchaseStudy } from "./purchase-study.ts";
import {
  left,
  parameterRows,
  type ReportQuestion,
  refusal,
  right,
  rowsOf,
} from "./report-parts.ts";

const BAR = 32;

export function customerReport(
  study: PurchaseStudy | CohortStudy,
  question: ReportQuestion,
): ReportDocument {
  const sections =
    study.kind === "cohort" ? cohortSections(study, question) : purchaseSections(study, question);
  return {
    title: "Customer value",
    subtitle: question.file,
    sections,
    foot: [footOf(study, question)],
  };
}

function footOf(study: PurchaseStudy | CohortStudy, { level, seed }: ReportQuestion): string {
  const text = `Intervals of parameters at ${formatLevel(level)} by profile likelihood`;
  if (study.kind === "cohort") return `${text}.`;
  const { replicates } = study;
  if (replicates === 0) return `${text}; of what is to come none (--bootstrap 100 gives them).`;
  return `${text}, of what is to come by ${replicates} bootstrap replicates, seed ${seed}.`;
}

function purchaseSections(study: PurchaseStudy, question: ReportQuestion): Section[] {
  const { customers, repeaters, notes } = study;
  const share = formatPercent(repeaters / customers);
  const again = `${formatNumber(repeaters)} (${share}) bought again`;
  const who = `${formatNumber(customers)} customers, ${again}`;
  const sections: Section[] = [
    { title: "Customers", blocks: [textBlock(who), ...notes.map(noteBlock)] },
    { title: "Models", blocks: modelBlocks(study) },
  ];
  const parameters = parameterRows(study.models);
  if (study.spend !== null) parameters.push(...rowsOf("Gamma-Gamma", study.spend));
  if (parameters.length > 0) {
    const head = [left("model"), left("parameter"), right("estimate"), left("interval")];
    sections.push({ title: "Parameters", blocks: [tableBlock(head, parameters)] });
  }
  if (study.holdout !== null) {
    sections.push({
      title: "Hold-out",
      blocks: holdoutBlocks(study.holdout, study.models, question),
    });
  }
  if (study.models.some(({ ahead }) => ahead !== null)) {
    sections.push({ title: "To come", blocks: aheadBlocks(study, question) });
  }
  return sections;
}

function modelBlocks({ models, spend, holdout }: PurchaseStudy): Block[] {
  const rows = models.flatMap(({ title, fit, holdout: held }) => {
    if (fit.kind === "unidentified") return [];
    const own = [title, formatNumber(fit.logLikelihood, 2), formatNumber(fit.bic, 1)];
    if (held === null) return [own];
    const error = held.errorRatio === null ? "–" : `${formatSigned(held.errorRatio * 100, 1)} %`;
    const off = formatNumber(held.meanAbsoluteError, 3);
    return [[...own, formatNumber(held.predicted), error, off]];
  });
  const head = [left("model"), right("ln L"), right("BIC")];
  const more = [right("hold-out"), right("error"), right("off a customer")];
  const blocks: Block[] = [];
  if (rows.length > 0) {
    const caption = "Lower BIC fits better; the error on the hold-out counts more.";
    blocks.push(tableBlock(holdout === null ? head : [...head, ...more], rows, caption));
  }
  for (const { title, fit } of models) blocks.push(...refusal(title, fit));
  if (spend !== null) {
    blocks.push(...refusal("Gamma-Gamma", spend.fit));
    if (spend.correlation !== null) {
      const found = formatNumber(spend.correlation, 3);
      const text = `Number and mean value of purchases correlate by ${found}; the model takes 0`;
      const much = Math.abs(spend.correlation) > 0.2;
      blocks.push(noteBlock(much ? `${text}: do not trust its values here.` : `${text}.`));
    }
  }
  if (holdout === null) blocks.push(noteBlock("Nothing was held back, so no model was checked."));
  return blocks;
}

function holdoutBlocks(
  { time, actual, groups }: HoldoutTable,
  models: readonly ModelReading[],
  { unit }: ReportQuestion,
): Block[] {
  const long = `${formatNumber(time, 1)} ${unit}s`;
  const text = `${formatNumber(actual)} purchases came in the ${long} that were held back.`;
  const most = Math.max(...groups.flatMap((g) => [g.actual, ...Object.values(g.predicted)]));
  const lines = groups.flatMap((group) => {
    const name = `${group.repeats}${group.orMore ? "+" : ""}`;
    const bar = (title: string, value: number): string =>
      `${title.padEnd(12)} ${textBar(most > 0 ? value / most : 0, BAR)} ${formatNumber(value, 3)}`;
    const told = models.flatMap(({ id, title }) => {
      const value = group.predicted[id];
      return value === undefined ? [] : [`     ${bar(title, value)}`];
    });
    return [`${name.padStart(3)}  ${bar("happened", group.actual)}`, ...told];
  });
  const title = "Mean purchases a customer in the hold-out, by repeat purchases before it";
  return [textBlock(text), { kind: "chart", title, text: lines.join("\n") }];
}

function aheadBlocks(study: PurchaseStudy, question: ReportQuestion): Block[] {
  const { horizon, unit, yearlyDiscount } = question;
  const discount = formatPercent(yearlyDiscount);
  const when = `Of all ${formatNumber(study.customers)} customers in the next ${horizon} ${unit}s`;
  const text = `${when}, discounted by ${discount} a year:`;
  const hasValue = study.models.some(
    ({ ahead }) => ahead !== null && ahead.discountedValue !== null,
  );
  const head = [left("model"), left("purchases"), left("discounted")];
  if (hasValue) head.push(left("value, discounted"));
  const rows = study.models.flatMap(({ title, ahead }) => {
    if (ahead === null) return [];
    const own = [title, withInterval(ahead.purchases), withInterval(ahead.discountedPurchases)];
    return [ahead.discountedValue === null ? own : [...own, withInterval(ahead.discountedValue)]];
  });
  const blocks: Block[] = [textBlock(text), tableBlock(head, rows), groupTable(study)];
  if (hasValue) {
    const money =
      "Value is revenue in the file's own money, before any margin; which money that is";
    blocks.push(noteBlock(`${money}, and that it is one only, the file cannot say.`));
  }
  return blocks;
}

function withInterval({ estimate, interval }: Ahead): string {
  if (interval === null) return formatNumber(estimate, 1);
  const { lower, upper } = interval;
  return `${formatNumber(estimate, 1)} [${formatNumber(lower, 1)}, ${formatNumber(upper, 1)}]`;
}

/** What a customer with so many repeats may bring, on average. */
function groupTable({ each, models }: PurchaseStudy): Block {
  const shown = models.filter(({ fit }) => fit.kind === "fitted");
  const groups = new Map<number, { customers: number; alive: number[]; ahead: number[] }>();
  for (const { repeats, customers, chanceAlive, purchases } of each) {
    const key = Math.min(7, repeats);
    const group = groups.get(key) ?? {
      customers: 0,
      alive: shown.map(() => 0),
      ahead: shown.map(() => 0),
    };
    groups.set(key, group);
    group.customers += customers;
    for (const [i, { id }] of shown.entries()) {
      group.alive[i]! += customers * chanceAlive[id]!;
      group.ahead[i]! += customers * purchases[id]!;
    }
  }
  const head = [right("repeats"), right("customers")];
  for (const { title } of shown) head.push(right(`${title}: alive`), right("purchases each"));
  const rows = [...groups].sort(([a], [b]) => a - b);
  const cells = rows.map(([repeats, { customers, alive, ahead }]) => [
    repeats === 7 ? "7+" : String(repeats),
    formatNumber(customers),
    ...shown.flatMap((_, i) => [
      formatPercent(alive[i]! / customers),
      formatNumber(ahead[i]! / customers, 3),
    ]),
  ]);
  return tableBlock(head, cells, "A customer's expectation, by repeat purchases so far");
}
