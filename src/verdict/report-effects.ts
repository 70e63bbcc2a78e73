// The verdict's tables of effects: as the plan reads them, what must not get worse, and the same
// effects read in other ways.

import type { Column } from "../report/column.ts";
import { type Block, moreBlock, noteBlock, tableBlock } from "../report/document.ts";
import { formatNumber, formatPercent, formatSigned } from "../report/format.ts";
import type { AlwaysValid, EquivalenceReading, PosteriorReading } from "./effect-readings.ts";
import { askedRows, decisiveRows, type EffectRow, type Population } from "./effect-row.ts";
import type { GuardrailReading } from "./guardrail-reading.ts";
import type { StudyReading } from "./verdict.ts";
import {
  allowedText,
  differenceText,
  guardrailInterval,
  guardrailText,
  intervalText,
  levelText,
  meanText,
  numberText,
  sizeText,
} from "./verdict-words.ts";

const right = (title: string): Column => ({ title, align: "right" });

/** The rows that decide, and how they were made sharper. */
export function effectBlocks({ metrics, effects, arms }: StudyReading): Block[] {
  const level = levelText(effects[0]?.absolute?.level ?? 0.95);
  const isSeveral = effects.some(({ holmP }) => holmP !== null);
  const p = isSeveral ? "p, corrected" : "p";
  const areSeveral = arms.length > 2;
  const titles = ["held out", "treated", "effect", `${level} interval`, "relative", p];
  const decisive = metrics.flatMap(({ id }) => decisiveRows(effects, id));
  const table = tableBlock(
    [...namesOf(areSeveral), ...titles.map(right)],
    decisive.map((row) => effectCells(row, isSeveral, areSeveral)),
  );
  const isSharper = decisive.some((row) => SHARPER[row.population] !== "" && row.absolute !== null);
  const summed = noteBlock(TREATED);
  return [
    table,
    ...(isSeveral ? [noteBlock(CORRECTED)] : []),
    ...(isSharper ? [summed] : []),
    ...POPULATIONS.flatMap((population) => populationNotes(effects, population)),
  ];
}

/** Of a single treated arm the name stands above the table. */
function namesOf(areSeveral: boolean): Column[] {
  return [{ title: "metric" }, ...(areSeveral ? [{ title: "arm" }] : [])];
}

const CORRECTED =
  "p: how often chance alone would differ by so much; corrected for all questions of this verdict" +
  " together (Holm), so that each may be read as if it were the only one";

/** The same effects on others, or read more plainly. */
function restBlocks({ metrics, effects, arms }: StudyReading): Block[] {
  const decisive = metrics.flatMap(({ id }) => decisiveRows(effects, id));
  const rest = effects.filter((row) => !decisive.includes(row));
  if (rest.length === 0) return [];
  const figures = ["effect", "interval", "relative", "p"].map(right);
  const areSeveral = arms.length > 2;
  const table = tableBlock(
    [...namesOf(areSeveral), { title: "on" }, ...figures],
    rest.map((row) => restCells(row, areSeveral)),
    "the same questions on those who claimed, or without what makes the effects above sharper",
  );
  return [table];
}

const TREATED = "treated: held out plus effect, where that is adjusted or stratified";

const POPULATIONS = ["adjusted", "stratified", "assigned"] as const;

/** What rows of one population have to say, each thing once. */
function populationNotes(effects: readonly EffectRow[], population: Population): Block[] {
  const rows = effects.filter((row) => row.population === population && row.absolute !== null);
  const notes = [...new Set(rows.flatMap(({ note }) => note ?? []))];
  if (notes.length === 0) return [];
  const parts = notes.map((note) => {
    const own = rows.filter((row) => row.note === note);
    if (own.length === rows.length) return note;
    return `${note} (${own.map(({ metric, arm }) => `${metric.title}, ${arm}`).join("; ")})`;
  });
  return [noteBlock(`${population === "assigned" ? "all" : population}: ${parts.join("; ")}`)];
}

const SHARPER: Readonly<Record<Population, string>> = {
  assigned: "",
  adjusted: ", adjusted",
  stratified: ", stratified",
  claimed: "",
};

const ON: Readonly<Record<Population, string>> = {
  assigned: "all, as they are",
  adjusted: "all, adjusted",
  stratified: "all, stratified",
  claimed: "those who claimed",
};

function restCells(row: EffectRow, areSeveral: boolean): string[] {
  const { metric, arm, absolute, relative, population, note } = row;
  const head = [metric.title, ...(areSeveral ? [arm] : []), ON[population]];
  if (absolute === null) return [...head, "none", note ?? "", "", ""];
  const rest = [relativeText(relative), printedP(absolute.p)];
  const effect = [differenceText(metric, absolute.estimate), intervalText(metric, absolute)];
  return [...head, ...effect, ...rest];
}

function relativeText(relative: EffectRow["relative"]): string {
  return relative === null ? "" : `${formatSigned(100 * relative.estimate, 1)} %`;
}

function effectCells(row: EffectRow, isSeveral: boolean, areSeveral: boolean): string[] {
  const { metric, absolute, holmP } = row;
  const means = [meanText(metric, row.controlMean), meanText(metric, treatedMean(row))];
  const names = areSeveral ? [metric.title, row.arm] : [metric.title];
  const sharper = `${names.pop()}${SHARPER[row.population]}`;
  const head = [...names, sharper, ...means];
  if (absolute === null) return [...head, "none", row.note ?? "", "", ""];
  const p = isSeveral ? holmP : absolute.p;
  return [
    ...head,
    differenceText(metric, absolute.estimate),
    intervalText(metric, absolute),
    relativeText(row.relative),
    p === null ? "" : printedP(p),
  ];
}

/** Beside an effect that was made sharper the plain mean would contradict it. */
export function treatedMean({ population, controlMean, treatmentMean, absolute }: Means): number {
  const isPlain = absolute === null || SHARPER[population] === "";
  return isPlain ? treatmentMean : controlMean + absolute.estimate;
}

type Means = Pick<EffectRow, "population" | "controlMean" | "treatmentMean" | "absolute">;

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
export function guardrailBlocks({ guardrails, metrics, arms }: StudyReading): Block[] {
  if (guardrails.length === 0) return [];
  const areSeveral = arms.length > 2;
  const rows = guardrails.map((each) => {
    const metric = metrics.find(({ id }) => id === each.metric)!;
    const { effect, finding } = each;
    return [
      each.title,
      ...(areSeveral ? [each.arm] : []),
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
  const names = [{ title: "guardrail" }, ...namesOf(areSeveral).slice(1)];
  const columns = [...names, ...figures, { title: "finding" }];
  return [tableBlock(columns, rows, caption)];
}

/** What few ask for: other users, plainer readings, and the rows that decide in other ways. */
export function otherReadings(study: StudyReading): Block[] {
  const blocks = [...restBlocks(study), ...readingBlocks(study)];
  return blocks.length === 0 ? [] : [moreBlock("The same effects, read in other ways", blocks)];
}

/** The rows that decide, read while it runs, as a posterior, for exploring, and as "no effect". */
function readingBlocks(study: StudyReading): Block[] {
  const rows = askedRows(study.effects);
  if (rows.length === 0) return [];
  const areSeveral = study.arms.length > 2;
  const hasBh = rows.some(({ bhP }) => bhP !== null);
  const hasMargin = rows.some(({ equivalence }) => equivalence !== null);
  const figures = ["interval, any time", "chance above 0", "loss, all get it", "loss, none does"];
  const columns = [
    ...[...namesOf(areSeveral), ...figures.map(right)],
    ...(hasBh ? [right("p, exploring")] : []),
    ...(hasMargin ? [{ title: "negligible" }] : []),
  ];
  const cells = rows.map((row) => [
    ...(areSeveral ? [row.metric.title, row.arm] : [row.metric.title]),
    row.alwaysValid === null ? "" : intervalText(row.metric, row.alwaysValid),
    ...posteriorCells(row),
    ...(hasBh ? [row.bhP === null ? "" : printedP(row.bhP)] : []),
    ...(hasMargin ? [equivalenceText(row.equivalence)] : []),
  ]);
  const caption = "the effects that decide: while it runs, as chances and losses, for exploring";
  const exploring = hasBh ? [noteBlock(EXPLORING)] : [];
  return [tableBlock(columns, cells, caption), ...readingNotes(rows), ...exploring];
}

const EXPLORING =
  "p, exploring: less strict, for what to look at next (Benjamini-Hochberg): of all that is below" +
  " .05 by it one in twenty is chance, on average";

function posteriorCells({ metric, posterior }: EffectRow): string[] {
  if (posterior === null) return ["", "", ""];
  const { chanceAboveZero, lossIfShipped, lossIfNot } = posterior;
  // A loss too small to be held is no loss of nothing.
  const losses = [lossIfShipped, lossIfNot].map((loss) =>
    numberText(metric, Math.max(loss, Number.MIN_VALUE)),
  );
  return [chanceText(chanceAboveZero), ...losses];
}

/** Nothing that is estimated is certain. */
function chanceText(chance: number): string {
  if (chance > 0.999) return "> 99.9 %";
  return chance < 0.001 ? "< 0.1 %" : formatPercent(chance);
}

function equivalenceText(reading: EquivalenceReading | null): string {
  if (reading === null) return "";
  if (reading.finding !== "as good as none") return reading.finding.replace("_", " ");
  return `yes, p ${printedP(reading.p)}`;
}

/** What each column presumes, said once for all rows that presume the same. */
function readingNotes(rows: readonly EffectRow[]): Block[] {
  const sequences = rows.flatMap(({ alwaysValid }) => alwaysValid ?? []);
  const priors = rows.flatMap(({ metric, posterior }) =>
    posterior === null ? [] : [{ title: metric.title, text: priorText(metric, posterior) }],
  );
  const margins = rows.flatMap(({ metric, equivalence }) =>
    equivalence === null ? [] : [`${metric.title} within ±${sizeText(metric, equivalence.margin)}`],
  );
  const negligible = [...new Set(margins)].join(", ");
  const notes = [
    ...(negligible === "" ? [] : [`negligible, as declared: ${negligible}`]),
    ...new Set(sequences.map(tuningText)),
    ...new Set(rows.flatMap(({ metric, notYet }) => (notYet ? `${metric.title}: ${notYet}` : []))),
    ...new Set(priors.map(({ title, text }) => (text === WEAK ? text : `${title}: ${text}`))),
  ];
  return notes.map(noteBlock);
}

function tuningText({ tuning, isPlanned }: AlwaysValid): string {
  return isPlanned
    ? "interval, any time: holds at all looks together, however often one looks before the end, " +
        `tightest at the ${formatNumber(tuning)} users planned`
    : "interval, any time: holds however often one looks; nobody planned a number of users, so " +
        "it is as tight as it can be for those there are, and stands for this look only";
}

const WEAK =
  "chances, and losses (what a user loses on average, should it be given to all, or to none), " +
  "suppose that, before the data, no effect was expected, with as much weight as one more user " +
  "in each arm has";

function priorText(metric: EffectRow["metric"], { prior, isPriorDefault }: PosteriorReading) {
  if (isPriorDefault) return WEAK;
  if (prior === "flat") return "chances and losses suppose nothing before the data";
  const spread = sizeText(metric, Math.sqrt(prior.variance));
  const mean = differenceText(metric, prior.mean);
  return `chances and losses suppose an effect of ${mean} ± ${spread} before the data, as given`;
}
