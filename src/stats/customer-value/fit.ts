// Maximum likelihood with its own doubts: a model's parameters are found on the log scale from
// several cold starts, and given back only if the data pin them down. Otherwise the answer says
// what is missing, and holds no numbers that somebody might use.
import { chiSquareUpperTail } from "../chi-square.ts";
import { type Objective, type Sloped, type SlopedObjective, valueAt } from "../objective.ts";
import { hessian, inverseOf, type Minimum, minimise, polished } from "../optimise.ts";

/** Parameters by name, all positive. */
export type Parameters<Name extends string> = Readonly<Record<Name, number>>;

export interface Likelihood<Name extends string> {
  readonly model: string;
  readonly names: readonly Name[];
  /** Cold starts: positive parameters in the order of the names. */
  readonly starts: readonly (readonly number[])[];
  /** How many people the data are of; the objective is a mean over them. */
  readonly customers: number;
  /** The log-likelihood; NaN and infinities mean "not possible". */
  readonly logLikelihood: (parameters: Parameters<Name>) => number;
  /** The same with its slopes along the logs of the parameters, in the order of the names. */
  readonly sloped?: (parameters: Parameters<Name>) => Sloped;
}

export interface Fitted<Name extends string> {
  readonly kind: "fitted";
  readonly model: string;
  readonly parameters: Parameters<Name>;
  readonly logLikelihood: number;
  /** Bayesian information criterion, parameters * ln(customers) - 2 ln L: lower is better. */
  readonly bic: number;
  readonly customers: number;
  /** Covariance of the logs of the parameters, from the observed information. */
  readonly logCovariance: readonly (readonly number[])[];
  readonly evaluations: number;
}

export interface Unidentified {
  readonly kind: "unidentified";
  readonly model: string;
  readonly reason: "too_few_data" | "at_bound" | "flat" | "not_converged";
  /** One sentence: what was found and what is missing. */
  readonly message: string;
}

export type Fit<Name extends string> = Fitted<Name> | Unidentified;

/** A parameter this far (on the log scale) from its start has run away: a factor of 10 million. */
const BOUND = Math.log(1e7);
/** A standard error of 3 on the log scale: the interval spans a factor of 100,000. */
const LOG_ERROR_MAX = 3;
/** On the mean log-likelihood of a customer; rounding allows no less. */
const SLOPE = 1e-8;
const SLOPE_ACCEPTED = 1e-5;

export function unidentified(
  model: string,
  reason: Unidentified["reason"],
  message: string,
): Unidentified {
  return { kind: "unidentified", model, reason, message };
}

/** The maximum of a likelihood over positive parameters, or why there is none to speak of. */
export function fitLikelihood<Name extends string>(likelihood: Likelihood<Name>): Fit<Name> {
  const { model, names, starts } = likelihood;
  const objective = objectiveOf(likelihood);
  const found = starts
    .map((start) => start.map(Math.log))
    .filter((start) => Number.isFinite(valueAt(objective, start)))
    .map((start) => minimise(objective, start, { slope: SLOPE }));
  const best = found.reduce<Minimum | null>(
    (top, each) => (top === null || each.value < top.value ? each : top),
    null,
  );
  if (best === null) {
    return unidentified(model, "not_converged", "the likelihood is finite at none of the starts");
  }
  const evaluations = found.reduce((sum, each) => sum + each.evaluations, 0);
  return judged(likelihood, { ...best, evaluations }) satisfies Fit<Name>;

  function judged(of: Likelihood<Name>, minimum: Minimum): Fit<Name> {
    const far = names.filter((_, j) => Math.abs(minimum.point[j]!) > BOUND);
    if (far.length > 0) {
      const message = `${list(far)} ran to the end of the range: the data fit a simpler model`;
      return unidentified(model, "at_bound", message);
    }
    if (minimum.slope > SLOPE_ACCEPTED) {
      const message = `the search stopped on a slope of ${minimum.slope.toExponential(1)}`;
      return unidentified(model, "not_converged", message);
    }
    const curvature = hessian(objective, minimum.point);
    const covariance = inverseOf(curvature.map((row) => row.map((h) => h * of.customers)));
    const loose =
      covariance === null
        ? names
        : names.filter((_, j) => Math.sqrt(covariance[j]![j]!) > LOG_ERROR_MAX);
    if (covariance === null || loose.length > 0) {
      const message = `the likelihood is flat in ${list(loose)}: these data do not pin them down`;
      return unidentified(model, "flat", message);
    }
    const inverse = covariance.map((row) => row.map((h) => h * of.customers));
    const top = typeof objective === "function" ? minimum : polished(objective, minimum, inverse);
    const logLikelihood = -top.value * of.customers;
    return {
      kind: "fitted",
      model,
      parameters: parametersOf(names, top.point),
      logLikelihood,
      bic: names.length * Math.log(of.customers) - 2 * logLikelihood,
      customers: of.customers,
      logCovariance: covariance,
      evaluations: top.evaluations,
    };
  }
}

/** Minus the mean log-likelihood of a customer, over the logs of the parameters. */
export function objectiveOf<Name extends string>(
  likelihood: Likelihood<Name>,
): Objective | SlopedObjective {
  const { names, customers, logLikelihood, sloped } = likelihood;
  // Beyond this nothing can be told apart, and sums overflow.
  const isFar = (logs: readonly number[]): boolean => logs.some((x) => !(Math.abs(x) < 40));
  const finite = (value: number): number =>
    Number.isFinite(value) ? value : Number.POSITIVE_INFINITY;
  if (sloped === undefined) {
    return (logs) =>
      finite(isFar(logs) ? Number.NaN : -logLikelihood(parametersOf(names, logs)) / customers);
  }
  return {
    sloped: (logs) => {
      if (isFar(logs)) return { value: Number.POSITIVE_INFINITY, slopes: logs.map(() => 0) };
      const { value, slopes } = sloped(parametersOf(names, logs));
      return { value: finite(-value / customers), slopes: slopes.map((g) => -g / customers) };
    },
  };
}

/** Data that a search takes in another unit than they come in, such as times or money. */
export interface Scaled<Name extends string> {
  /** The likelihood of the scaled data. */
  readonly likelihood: Likelihood<Name>;
  /** What the data were multiplied by. */
  readonly factor: number;
  /** The parameters in that unit: they scale back. */
  readonly unitNames: readonly Name[];
  /** How many numbers in that unit the likelihood is a density of: it scales back too. */
  readonly densities: number;
}

/** Fits scaled data, and tells the fit in the unit of `near`, where the search may begin. */
export function fitScaled<Name extends string>(
  { likelihood, factor, unitNames, densities }: Scaled<Name>,
  near?: Parameters<Name>,
): Fit<Name> {
  const { names } = likelihood;
  const scaleOf = (name: Name): number => (unitNames.includes(name) ? factor : 1);
  const starts = near ? [names.map((name) => near[name] * scaleOf(name))] : likelihood.starts;
  const fit = fitLikelihood({ ...likelihood, starts });
  if (fit.kind === "unidentified") return fit;
  const parameters: Record<Name, number> = { ...fit.parameters };
  for (const name of unitNames) parameters[name] /= factor;
  const logLikelihood = fit.logLikelihood + densities * Math.log(factor);
  const bic = fit.bic - 2 * (logLikelihood - fit.logLikelihood);
  return { ...fit, parameters, logLikelihood, bic };
}

/**
 * How often a model without the extra parameters would look this much worse by chance (Wilks).
 * @example likelihoodRatioP(-100, -98.0793, 1) // 0.05
 */
export function likelihoodRatioP(smaller: number, larger: number, extra: number): number {
  return chiSquareUpperTail(Math.max(0, 2 * (larger - smaller)), extra);
}

function parametersOf<Name extends string>(
  names: readonly Name[],
  logs: readonly number[],
): Parameters<Name> {
  const entries = names.map((name, j) => [name, Math.exp(logs[j]!)] as const);
  return Object.fromEntries(entries) as Record<Name, number>;
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
