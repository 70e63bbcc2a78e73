// The verdict's tables of effects: as the plan reads them, what must not get worse, and the same
// effects read in other ways.
import { type Block, noteBlock, tableBlock } from "../report/document.ts";
import { formatNumber, formatPercent, formatSigned } from "../report/format.ts";
import type { Column } from "../report/text-table.ts";
import { askedRows, type EffectRow, type Population } from "./effects.ts";
import type { AlwaysValid, EquivalenceReading, PosteriorReading } from "./effects-read.ts";
import type { GuardrailReading } from "./guardrails.ts";
import type { StudyReading } from "./verdict.ts";
import {
  allowedText,
  differenceText,
  guardrailInterval,
  guardrailText,
  intervalText,
  levelText,
  meanText,
  sizeText,
} from "./verdict-words.ts";

const right = (title: string): Column => ({ title, align: "right" });

/** The main table, and how its adjusted and stratified rows were made. */
export function effectBlocks(study: StudyReading): Block[] {
  const level = levelText(study.effects[0]?.absolute?.level ?? 0.95);
  const isSeveral = study.effects.some(({ holmP }) => holmP !== null);
  const p = isSeveral ? "p, Holm" : "p";
  const titles = ["held out", "treated", "effect", `${level} interval`, "relative", p];
  const table = tableBlock(
    [{ title: "metric" }, { title: "arm" }, ...titles.map(right)],
    study.effects.map((row) => effectCells(row, isSeveral)),
  );
  const notes = study.effects
    .filter(({ absolute, note }) => absolute !== null && note !== null)
    .map(({ metric, arm, population, note }) =>
      noteBlock(`${metric.title}, ${arm}${POPULATIONS[population]}: ${note}`),
    );
  return [table, ...notes];
}

const POPULATIONS: Readonly<Record<Population, string>> = {
  assigned: "",
  adjusted: ", adjusted",
  stratified: ", stratified",
  claimed: ", those who claimed",
};

function effectCells(row: EffectRow, isSeveral: boolean): string[] {
  const { metric, absolute, relative, population, holmP } = row;
  const arm = `${row.arm}${POPULATIONS[population]}`;
  const means =
    population === "assigned"
      ? [meanText(metric, row.controlMean), meanText(metric, row.treatmentMean)]
      : ["", ""];
  if (absolute === null) return [metric.title, arm, ...means, "none", row.note ?? "", "", ""];
  const p = isSeveral ? holmP : absolute.p;
  return [
    metric.title,
    arm,
    ...means,
    differenceText(metric, absolute.estimate),
    intervalText(metric, absolute),
    relative === null ? "" : `${formatSigned(100 * relative.estimate, 1)} %`,
    p === null ? "" : printedP(p),
  ];
}

export function printedP(p: number): string {
  return p < 0.001 ? "< .001" : p.toFixed(3);
}

const FINDINGS: Readonly<Record<GuardrailReading["finding"], string>> = {
  held: "held",
  broken: "BROKEN",
  open: "open",
  not_measured: "not measured",
  not_known: "not known",
};

/** What must not get worse, by guardrail and arm. */
export function guardrailBlocks({ guardrails, metrics }: StudyReading): Block[] {
  if (guardrails.length === 0) return [];
  const rows = guardrails.map((each) => {
    const metric = metrics.find(({ id }) => id === each.metric)!;
    const { effect, finding } = each;
    return [
      each.title,
      each.arm,
      effect === null ? "none" : guardrailText(metric, each, effect.estimate),
      effect === null ? (each.note ?? "") : guardrailInterval(metric, each),
      each.bound === null ? "" : guardrailText(metric, each, each.bound),
      allowedText(metric, each),
      FINDINGS[finding],
    ];
  });
  const caption =
    "guardrails: held, if even the bound stays within what is allowed; broken, if it got worse " +
    "and may lie beyond; open, if neither is shown";
  const figures = ["effect", "interval", "bound", "allowed"].map(right);
  const columns = [{ title: "guardrail" }, { title: "arm" }, ...figures, { title: "finding" }];
  return [tableBlock(columns, rows, caption)];
}

/** The rows that decide, read while it runs, as a posterior, for exploring, and as "no effect". */
export function otherReadings(study: StudyReading): Block[] {
  const rows = askedRows(study.effects);
  if (rows.length === 0) return [];
  const hasBh = rows.some(({ bhP }) => bhP !== null);
  const hasMargin = rows.some(({ equivalence }) => equivalence !== null);
  const columns = [
    { title: "metric" },
    { title: "arm" },
    ...["looked at any time", "chance above 0", "lost if shipped", "lost if not"].map(right),
    ...(hasBh ? [right("p, BH")] : []),
    ...(hasMargin ? [{ title: "as good as none" }] : []),
  ];
  const cells = rows.map((row) => [
    row.metric.title,
    row.arm,
    row.alwaysValid === null ? "" : intervalText(row.metric, row.alwaysValid),
    ...posteriorCells(row),
    ...(hasBh ? [row.bhP === null ? "" : printedP(row.bhP)] : []),
    ...(hasMargin ? [equivalenceText(row, row.equivalence)] : []),
  ]);
  const table = tableBlock(columns, cells, "the same effects read in other ways");
  return [table, ...readingNotes(rows)];
}

function posteriorCells({ metric, posterior }: EffectRow): string[] {
  if (posterior === null) return ["", "", ""];
  const { chanceAboveZero, lossIfShipped, lossIfNot } = posterior;
  return [
    chanceText(chanceAboveZero),
    sizeText(metric, lossIfShipped),
    sizeText(metric, lossIfNot),
  ];
}

/** Nothing that is estimated is certain. */
function chanceText(chance: number): string {
  if (chance > 0.999) return "> 99.9 %";
  return chance < 0.001 ? "< 0.1 %" : formatPercent(chance);
}

function equivalenceText({ metric }: EffectRow, reading: EquivalenceReading | null): string {
  if (reading === null) return "";
  const within = `within ±${sizeText(metric, reading.margin)}`;
  const found = reading.finding === "as good as none" ? "yes" : reading.finding.replace("_", " ");
  return `${found}: ${within}, p = ${printedP(reading.p).replace("< ", "<")}`;
}

/** What each column presumes, said once for all rows that presume the same. */
function readingNotes(rows: readonly EffectRow[]): Block[] {
  const sequences = rows.flatMap(({ alwaysValid }) => alwaysValid ?? []);
  const priors = rows.flatMap(({ metric, posterior }) =>
    posterior === null ? [] : [{ title: metric.title, text: priorText(metric, posterior) }],
  );
  const notes = [
    ...new Set(sequences.map(tuningText)),
    ...new Set(priors.map(({ title, text }) => (text === WEAK ? text : `${title}: ${text}`))),
  ];
  return notes.map(noteBlock);
}

function tuningText({ tuning, isPlanned }: AlwaysValid): string {
  const users = formatNumber(tuning);
  return isPlanned
    ? `looked at any time: holds at all looks together; tightest at the ${users} users planned`
    : `looked at any time: as wide as at the ${users} users there are; nobody planned a number, ` +
        "so it stands for this look and not yet for earlier ones";
}

const WEAK =
  "chances and losses (a user) suppose that, before the data, no effect was expected, with as " +
  "much weight as one more user in each arm has";

function priorText(metric: EffectRow["metric"], { prior, isPriorDefault }: PosteriorReading) {
  if (isPriorDefault) return WEAK;
  if (prior === "flat") return "chances and losses suppose nothing before the data";
  const spread = sizeText(metric, Math.sqrt(prior.variance));
  const mean = differenceText(metric, prior.mean);
  return `chances and losses suppose an effect of ${mean} ± ${spread} before the data, as given`;
}
