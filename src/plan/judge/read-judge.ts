// The way in for judgements: the text of published.yaml and the plan that it names become a checked
// question. No figure is held against a number of another kind, and no panel mixed with another.
import { HongbaoError } from "../../base/error.ts";
import { shown } from "../../contract/campaign-file/problems.ts";
import { SourceTree } from "../../contract/campaign-file/source-tree.ts";
import { expectedText, valueAt } from "../../contract/parse.ts";
import type { Assumption } from "../assumptions/index.ts";
import { hourlyTerms } from "../monte-carlo/hourly-terms.ts";
import type { NamedText } from "../plan-file/index.ts";
import type { Parameter } from "../plan-file/parameters.ts";
import type { PlanFile } from "../plan-file/plan.ts";
import { type FilePath, formatProblem, PlanProblems } from "../plan-file/plan-problems.ts";
import { readAssumption } from "../plan-file/read-assumption.ts";
import { type PublishedFile, publishedSchema } from "../published.ts";
import type { RawJudge } from "./judge-schema.ts";
import { type JudgedSource, type JudgeQuestion, type Reading, SPENDABLE } from "./question.ts";
import { readReading } from "./read-reading.ts";

const WITHIN: readonly number[] = [12, 24];

/** The plan that a published.yaml names, relative to it; null: it names none. Never throws. */
export function planNameOf(publishedText: string): string | null {
  const name = valueAt(new SourceTree(publishedText, { kind: "published" }).value, [
    "judge",
    "plan",
  ]);
  return typeof name === "string" && name !== "" ? name : null;
}

/** Throws `invalid_file` with the first problem as its message, and all among its details. */
export function readJudgeQuestion(published: NamedText, plan: PlanFile): JudgeQuestion {
  const source = new SourceTree(published.text, { kind: "published" });
  const problems = new PlanProblems(published.file, source);
  const file = problems.count > 0 ? null : checkShape(source.value, problems);
  const question = file === null ? null : questionOf(file, plan, problems);
  if (question !== null && problems.count === 0) return question;
  const all = problems.sorted();
  const more = all.length > 1 ? `, and ${all.length - 1} more` : "";
  throw new HongbaoError({
    code: "invalid_file",
    message: formatProblem(all[0]!) + more,
    details: { file: published.file, problems: all },
  });
}

interface JudgedFile extends PublishedFile {
  readonly judge: RawJudge;
}

function checkShape(value: unknown, problems: PlanProblems): JudgedFile | null {
  const result = publishedSchema.safeParse(value);
  if (result.success) {
    const { judge } = result.data;
    if (judge !== undefined) return { ...result.data, judge };
    problems.error(["judge"], "the key judge: which plan the figures are held against", "nothing");
    return null;
  }
  for (const issue of result.error.issues) {
    const path = issue.path as FilePath;
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) problems.unknownKey([...path, key], "a key that is known", []);
    } else {
      const found = valueAt(value, path);
      problems.error(path, expectedText(issue), found === undefined ? "nothing" : shown(found));
    }
  }
  return null;
}

function questionOf(file: JudgedFile, plan: PlanFile, problems: PlanProblems): JudgeQuestion {
  const { judge, figures } = file;
  if (file.currency !== plan.terms.currency) {
    problems.error(["currency"], `the plan's currency ${plan.terms.currency}`, file.currency);
  }
  const terms = hourlyTerms(plan);
  const readings = judge.readings.flatMap((raw, at): Reading[] => {
    const context = { figures, judge, terms, currency: file.currency, problems };
    const reading = readReading(raw, ["judge", "readings", at], context);
    return reading === null ? [] : [reading];
  });
  checkNames(judge, problems);
  if (readings.length === judge.readings.length) checkRetention(readings, problems);
  const used = new Set(readings.flatMap(({ figures: own }) => own));
  return {
    title: file.title,
    plan,
    knew: judge.knew ?? null,
    seed: String(judge.seed ?? plan.seed),
    within: withinOf(judge, plan, problems),
    spendable: spendableOf(judge, problems),
    sources: Object.entries(judge.sources).map(
      ([id, { factor, tried, why }]): JudgedSource => ({
        ...{ id, factor: factor ?? null, why, tried: tried ?? [] },
      }),
    ),
    readings,
    unused: Object.keys(figures).filter((id) => !used.has(id)),
    blank: judge.notPublished ?? [],
  };
}

/** Of one source nobody can be back on a later day who left on an earlier one. */
function checkRetention(readings: readonly Reading[], problems: PlanProblems): void {
  const falling = readings.flatMap((reading) =>
    reading.number.kind === "retention" && reading.as === "value"
      ? [{ ...reading, day: reading.number.day }]
      : [],
  );
  for (const late of falling) {
    const early = falling.find(
      ({ source, day, published }) =>
        source === late.source && day < late.day && published < late.published,
    );
    if (early === undefined) continue;
    const at = readings.findIndex(({ id, source }) => id === late.id && source === late.source);
    const expected = `at most ${early.published}, the share of ${late.source} on day ${early.day}`;
    problems.error(["judge", "readings", at, "figure"], expected, `${late.published}`);
  }
}

/** No figure counts twice, and ranges stand in their order. */
function checkNames({ readings, sources }: RawJudge, problems: PlanProblems): void {
  const seen = new Set<string>();
  for (const [at, { number, source, as, error }] of readings.entries()) {
    const path = ["judge", "readings", at];
    checkFactor(error, [...path, "error"], problems);
    if (as !== undefined && as !== "value") continue;
    const key = `${number} of ${source}`;
    if (seen.has(key)) {
      problems.error([...path, "number"], "each number of a source once", `${key} again`);
    }
    seen.add(key);
  }
  for (const [id, { factor }] of Object.entries(sources)) {
    checkFactor(factor, ["judge", "sources", id, "factor"], problems);
  }
}

function checkFactor(
  factor: { p5: number; p95: number } | undefined,
  path: FilePath,
  problems: PlanProblems,
): void {
  if (factor === undefined || factor.p5 < factor.p95) return;
  problems.error(path, "p5 below p95", `${factor.p5} and ${factor.p95}`);
}

function withinOf({ within }: RawJudge, plan: PlanFile, problems: PlanProblems): readonly number[] {
  const asked = within ?? WITHIN.filter((months) => months <= plan.months);
  const isAscending = asked.every((months, i) => i === 0 || months > asked[i - 1]!);
  if (isAscending && asked.length > 0 && asked.at(-1)! <= plan.months) return asked;
  const expected = `months in ascending order, at most the plan's ${plan.months}`;
  problems.error(["judge", "within"], expected, asked.join(", ") || "none");
  return asked;
}

const SPENDABLE_PARAMETER: Parameter = {
  ...{ id: SPENDABLE, path: ["judge", SPENDABLE], unit: "ratio", isShare: false, isMoney: false },
  ...{ low: 0, high: 100, open: "low" },
  meaning: "What could be spent, in multiples of the plan's budget.",
};

function spendableOf({ spendable }: RawJudge, problems: PlanProblems): Assumption {
  const read = readAssumption(SPENDABLE_PARAMETER, spendable, problems);
  // Where it is null a problem has been told, and nobody gets to see this one.
  return read ?? { ...NOT_MORE, why: null };
}

const NOT_MORE = {
  ...{ id: SPENDABLE, unit: "ratio", point: 1, source: "default", origin: "default" as const },
  distribution: { kind: "fixed" as const, value: 1 },
};
