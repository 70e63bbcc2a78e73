// Shifted beta-geometric: fits of cohorts, the projection of those left, retention and residuals.
import {
  fitSbg,
  type SurvivalTable,
  sbgChurn,
  sbgLifetime,
  sbgLikelihood,
  sbgResidual,
  sbgRetention,
  sbgSurvival,
  survivalTable,
} from "../../../src/stats/index.ts";
import { answer, eachOf, fitValues, parametersOf } from "../customers.ts";
import {
  type Answer,
  type Fields,
  PairProblem,
  type Question,
  skip,
  type Value,
  values,
} from "../family.ts";
import { csvRows, has, numberOf, numberOr, numbersOf, textOf } from "../fields.ts";

const STANDARD = "sbg/fader_hardie_2007_survival.csv";
/** The size that the published cohorts are given. */
const CUSTOMERS = 1000;

export function sbg(question: Question): Answer {
  const { method, input, wanted } = question;
  const parameters = parametersOf(input, ["alpha", "beta"]);
  if (parameters !== null) return ofParameters(question, parameters);
  if (has(input, "survival_pct", "survival", "survivors", "counts", "lost", "churned")) {
    return values(fitValues(fitSbg(tableOf(method, input))));
  }
  const cohorts = cohortsOf(question);
  const isHoldout = /hold-?out/i.test(method) || wanted.some((path) => /model|actual/.test(path));
  const all: Record<string, Value> = {};
  for (const [name, cohort] of Object.entries(cohorts)) {
    all[name] = isHoldout ? holdoutOf(cohort) : fitValues(fitSbg(fitTable(cohort)));
  }
  // A pair of one cohort names it in its words, and expects that cohort's values alone.
  const tops = new Set(wanted.map((path) => path.split(".")[0]!));
  if ([...tops].some((top) => top in all)) return values(all);
  const words = plain(`${method} ${textOf(input, "cohort", "segment", "column") ?? ""}`);
  const named = Object.keys(all).find((name) => words.includes(plain(name)));
  const only = named ?? (Object.keys(all).length === 1 ? Object.keys(all)[0] : undefined);
  if (only === undefined) throw new PairProblem("the pair does not say which cohort it means");
  return values(all[only]!);
}

function ofParameters(question: Question, parameters: { alpha: number; beta: number }): Answer {
  const { method, input } = question;
  if (/log-?lik|\bLL\b/i.test(method)) {
    const table = tableOf(method, input);
    return answer(question, sbgLikelihood(table).logLikelihood(parameters));
  }
  const kind = kindOf(method);
  if (kind === null) return skip(`nothing of sBG is called "${method}" here`);
  const found = eachOf(input, ["t"], (line) => {
    if (kind === "residual" || kind === "lifetime") {
      const horizon = numberOr(line, Number.POSITIVE_INFINITY, "horizon");
      const rate = numberOf(line, "d", "rate", "discount");
      if (kind === "lifetime") return sbgLifetime(parameters, { rate, horizon });
      // The published residual is of a customer who is about to renew for the n-th time.
      const renewals = numberOr(line, numberOr(line, 1, "n", "t") - 1, "renewals");
      return sbgResidual(parameters, renewals, { rate, horizon });
    }
    const t = numberOf(line, "t", "period", "year", "n");
    if (kind === "retention") return sbgRetention(parameters, t);
    return kind === "churn" ? sbgChurn(parameters, t) : sbgSurvival(parameters, t);
  });
  return answer(question, found);
}

type Kind = "residual" | "lifetime" | "retention" | "churn" | "survival";

function kindOf(method: string): Kind | null {
  if (/DERL|residual/i.test(method)) return "residual";
  if (/\bDEL\b|lifetime/i.test(method)) return "lifetime";
  if (/retention|r_t|\br\(t/i.test(method)) return "retention";
  if (/P\(T\s*=|churn|pmf/i.test(method)) return "churn";
  return /surviv|S\(|\bS_t/i.test(method) ? "survival" : null;
}

/** A cohort from inline numbers: shares or counts left, or counts lost with the size. */
function tableOf(method: string, input: Fields): SurvivalTable {
  const inWords = /([\d,]+) customers/i.exec(method)?.[1]?.replaceAll(",", "");
  const size = numberOr(input, Number(inWords ?? CUSTOMERS), "customers", "n", "total", "cohort");
  if (has(input, "lost", "churned")) {
    const counts = [{ period: 0, survivors: size }];
    for (const lost of numbersOf(input, "lost", "churned")) {
      const { period, survivors } = counts.at(-1)!;
      counts.push({ period: period + 1, survivors: survivors - lost });
    }
    return survivalTable(counts);
  }
  const given = numbersOf(input, "survival_pct", "survival", "survivors", "counts");
  const isCounts = has(input, "survivors", "counts");
  const whole = has(input, "survival_pct") ? 100 : (given[0] ?? 1) > 1 ? 100 : 1;
  const list = isCounts || given[0] === whole ? given : [whole, ...given];
  const fitted = list.slice(0, 1 + numberOr(input, list.length - 1, "fit_years", "fit_periods"));
  const scale = isCounts ? 1 : size / whole;
  return survivalTable(fitted.map((each, period) => ({ period, survivors: each * scale })));
}

interface Cohort {
  readonly percents: readonly number[];
  /** Periods that are fitted; the rest is the hold-out. */
  readonly fitted: number;
}

/** The cohorts of a file: a column of percents left each, named before its first underscore. */
function cohortsOf({ input, readData }: Question): Record<string, Cohort> {
  const rows = csvRows(readData(textOf(input, "file", "data") ?? STANDARD));
  const columns = Object.keys(rows[0] ?? {}).filter((name) => /surviv|pct|retain/i.test(name));
  const used = rows.filter((row) => /^(yes|true|1)$/i.test(row.used_for_fit ?? "")).length;
  const presumed = used > 0 ? used - 1 : rows.length - 1;
  const fitted = numberOr(input, presumed, "fit_years", "fit_periods", "years");
  return Object.fromEntries(
    columns.map((column) => {
      const percents = rows.map((row) => Number(row[column]));
      return [column.split("_")[0]!, { percents, fitted }];
    }),
  );
}

function fitTable({ percents, fitted }: Cohort): SurvivalTable {
  const counts = percents.slice(0, fitted + 1).map((percent) => (percent * CUSTOMERS) / 100);
  return survivalTable(counts.map((survivors, period) => ({ period, survivors })));
}

function holdoutOf(cohort: Cohort): { actual: number[]; model: number[] } {
  const fit = fitValues(fitSbg(fitTable(cohort))) as { alpha: number; beta: number };
  const actual = cohort.percents.slice(cohort.fitted + 1);
  const model = actual.map((_, i) => 100 * sbgSurvival(fit, cohort.fitted + 1 + i));
  return { actual, model };
}

/** "High-end" and "highend" are one. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}
