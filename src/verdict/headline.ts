// The first lines of every report: what is broken, what each arm did, what it was worth. Arms of
// which nothing can be said are counted, not listed.
import { sentence } from "../report/sentence.ts";
import { decisiveRows, type EffectRow, isClear } from "./effect-row.ts";
import { paybackFinding, paybackHeadline } from "./payback-words.ts";
import type { Grade, StudyReading, Verdict } from "./verdict.ts";
import {
  allowedText,
  effectSentence,
  guardrailInterval,
  guardrailText,
  levelText,
  netText,
  worthSentence,
} from "./verdict-words.ts";
import type { WorthReading } from "./worth-reading.ts";

/** What the first line is made of. */
type Said = Pick<Verdict, "studies" | "grade" | "unanswered">;

/**
 * The first line of every report. What is broken, in whichever study, comes before any effect, then
 * what was asked and cannot be answered; the weakest study's grade caps the words on all of them.
 */
export function headline(verdict: Said): string {
  const { warnings, answers } = headlineParts(verdict);
  return [...warnings, ...answers].join(" ");
}

export interface HeadlineParts {
  readonly warnings: readonly string[];
  /** Study by study. */
  readonly answers: readonly string[];
}

/** The same, in the parts that a report sets apart. */
export function headlineParts({ studies, grade, unanswered }: Said): HeadlineParts {
  const isOne = studies.length + unanswered.length < 2;
  const named = ({ title }: StudyReading, said: readonly string[]): string =>
    isOne ? joined(said) : joined([`${title}: ${said[0] ?? ""}`, ...said.slice(1)]);
  const broken = studies.filter((study) => !isSound(study));
  const answers = studies.map((study) => {
    if (study.grade === grade && isSound(study)) return named(study, studySentences(study));
    const effects = effectsSaid(study, grade);
    return named(
      study,
      isSound(study) ? effects : [`${NO_EVIDENCE} ${effects[0] ?? ""}`, ...effects.slice(1)],
    );
  });
  const open = unanswered.map(({ title, estimand, reason }) =>
    sentence(`${title}: "${estimand}" is not answered: ${reason}.`),
  );
  return {
    warnings: broken.flatMap((study) => warningsOf(study).map((said) => named(study, [said]))),
    answers: [...open, ...answers],
  };
}

function joined(sentences: readonly string[]): string {
  return sentences.map(sentence).join(" ");
}

/** Where nobody was assigned by chance, a check that fails takes nothing from its words. */
function isSound({ grade }: StudyReading): boolean {
  return grade === "A" || grade === "F";
}

const NO_EVIDENCE = "What follows is no evidence of an effect:";

function warningsOf({ health }: StudyReading): string[] {
  return health
    .filter((check) => !check.passed)
    .map((check) => `${check.failure} (${check.name}: ${check.detail}).`);
}

/** More arms of which nothing can be said than these are told by their number. */
const QUIET_MOST = 3;

/** The effects that decide, in the words of a grade. */
function effectsSaid(study: StudyReading, grade: Grade): string[] {
  const rows = decisiveRows(study.effects, study.metrics[0]?.id);
  const quiet = rows.filter((row) => !isClear(row));
  if (quiet.length <= QUIET_MOST) return rows.map((row) => `${effectSentence(row, grade)}.`);
  const loud = rows.filter(isClear).map((row) => `${effectSentence(row, grade)}.`);
  return [...loud, quietSentence(quiet, rows.length, "")];
}

/** "42 of 44 arms: no clear effect on kept." */
function quietSentence(quiet: readonly EffectRow[], all: number, more: string): string {
  const { metric } = quiet[0]!;
  const measured = quiet.filter(({ absolute }) => absolute !== null).length;
  const missing = quiet.length - measured;
  const who =
    quiet.length === all ? `none of the ${all} arms has a` : `${quiet.length} of ${all} arms: no`;
  const unmeasured = missing === 0 ? "" : ` (not measured in ${missing} of them)`;
  return `${who} clear effect on ${metric.title}${unmeasured}${more}.`;
}

/** Arm by arm, what it is worth (or did), and the guardrails that it breaks. */
function studySentences(study: StudyReading): string[] {
  if (study.grade === "F") {
    return [...effectsSaid(study, study.grade), ...study.worth.map(hypothetical)];
  }
  const rows = decisiveRows(study.effects, study.metrics[0]?.id);
  const silent = rows.filter((row) => isQuiet(study, row));
  const quiet = silent.length > QUIET_MOST ? silent : [];
  const told = rows.filter((row) => !quiet.includes(row));
  const effectOf = (row: EffectRow): string => `${effectSentence(row, study.grade)}.`;
  const isSaidAbove = (row: EffectRow): boolean =>
    worthOf(study, row) !== undefined || paidSentence(study, row) !== null;
  const first = told.flatMap((row) => {
    const broken = brokenGuardrails(study, row.arm);
    const worth = worthOf(study, row);
    if (worth !== undefined) return [worthSentence(worth, broken.length > 0), ...broken];
    return [paidSentence(study, row) ?? effectOf(row), ...broken];
  });
  const open = quiet.some(isSaidAbove) ? "; whether they pay is open" : "";
  const rest = quiet.length === 0 ? [] : [quietSentence(quiet, rows.length, open)];
  return [...first, ...told.filter(isSaidAbove).map(effectOf), ...rest];
}

/** Nothing is clear: no effect, nothing paid or lost, nothing broken. */
function isQuiet(study: StudyReading, row: EffectRow): boolean {
  if (isClear(row) || brokenGuardrails(study, row.arm).length > 0) return false;
  const worth = worthOf(study, row);
  if (worth !== undefined) return worth.finding === "unclear";
  const paid = study.payback?.arms.find(({ arm }) => arm === row.arm);
  return paid === undefined || paybackFinding(paid) === "unclear";
}

function worthOf({ worth }: StudyReading, { arm }: EffectRow): WorthReading | undefined {
  return worth.find((each) => each.arm === arm);
}

/** When an arm has paid; that it works and loses money all the same is said first. */
function paidSentence({ payback }: StudyReading, row: EffectRow): string | null {
  const each = payback?.arms.find((one) => one.arm === row.arm);
  if (payback === null || each === undefined) return null;
  return paybackHeadline(each, payback, isClear(row) && row.absolute!.lower > 0);
}

/** A sentence for each guardrail that the arm breaks. */
function brokenGuardrails({ guardrails, metrics }: StudyReading, arm: string): string[] {
  const broken = guardrails.filter((each) => each.arm === arm && each.finding === "broken");
  return broken.flatMap((each) => {
    const metric = metrics.find(({ id }) => id === each.metric);
    if (metric === undefined || each.effect === null) return [];
    const { estimate, level } = each.effect;
    const bounds = `${levelText(level)}: ${guardrailInterval(metric, each)}`;
    const size = `${guardrailText(metric, each, estimate)} (${bounds})`;
    const allowed = `the ${allowedText(metric, each)} allowed`;
    const said = each.isBeyondMargin
      ? `beyond ${allowed}`
      : `worse, and not shown to stay within ${allowed}`;
    return [`${arm} breaks the guardrail on ${each.title}: ${size}, ${said}.`];
  });
}

/** Without chance in the assignment nobody knows what was caused, let alone whether it paid. */
function hypothetical(worth: WorthReading): string {
  return `Only if ${worth.arm} had caused all of it: ${netText(worth)}.`;
}
