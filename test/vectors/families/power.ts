// Power, sample size and smallest detectable effect: standardised, absolute and relative.
import {
  type Alternative,
  type LiftDesign,
  liftPower,
  minimumDetectableDifference,
  minimumDetectableLift,
  normalPower,
  powerOfZ,
  type SizeDesign,
  sampleSize,
  tTestPower,
  tTestUsers,
} from "../../../src/stats/index.ts";
import { type Answer, type Fields, type Question, skip, values } from "../family.ts";
import { has, numberOf, numberOr, textOf } from "../fields.ts";
import { isAlwaysValid, tuningOf } from "../reading.ts";
import { alphaOf, directionOf, parts, unknownMethod } from "../words.ts";

/** Power that a published calculator of sample sizes presumes unless told otherwise. */
const SAMPLE_SIZE_POWER = 0.85;

export function power(question: Question): Answer {
  const { method, input } = question;
  if (has(input, "variations", "total") && has(input, "mean")) return ofLift(question);
  if (/sample size|how many|required n|users needed/i.test(method)) return ofSize(question);
  if (/\bMDE\b|minimum detectable/i.test(method)) return ofMde(question);
  if (has(input, "d", "effect_size")) return ofStandardised(question);
  if (!/power/i.test(method)) unknownMethod("power", method);
  return ofDifference(question);
}

function answer(question: Question, name: string, value: number): Answer {
  return values(question.wanted[0] === "" ? value : { [name]: value });
}

function ofStandardised(question: Question): Answer {
  const { method, input } = question;
  const d = numberOf(input, "d", "effect_size");
  const [n1, n2] = usersOf(input);
  const design = { alpha: alphaOf(question), alternative: alternativeOf(question) };
  const normal = /normal|\bz\b/i.test(method);
  const found = normal ? normalPower(d, n1, n2, design) : tTestPower(d, n1, n2, design);
  return answer(question, "power", found);
}

function ofDifference(question: Question): Answer {
  const { input } = question;
  const difference = numberOf(input, "mde", "mde_abs", "difference", "effect");
  const [v1, v2] = variancesOf(input);
  const [n1, n2] = usersOf(input);
  const design = { alpha: alphaOf(question), alternative: alternativeOf(question) };
  const z = difference / Math.sqrt(v1 / n1 + v2 / n2);
  return answer(question, "power", powerOfZ(z, design));
}

function ofSize(question: Question): Answer {
  const { method, input } = question;
  if (has(input, "d", "effect_size")) {
    const d = numberOf(input, "d", "effect_size");
    const ratio = numberOr(input, 1, "ratio");
    const alternative = alternativeOf(question);
    const design = { alpha: alphaOf(question), alternative, power: powerFor(question, 0.8), ratio };
    // Not rounded: the solvers of power packages give real numbers.
    const users = /normal|\bz\b/i.test(method) ? unroundedUsers(d, design) : tTestUsers(d, design);
    const named = { n: users, n_per_arm: users, n1: users, n2: users * ratio };
    return values(question.wanted[0] === "" ? users : { ...named, total_n: users * (1 + ratio) });
  }
  const relative = has(input, "mde_rel");
  const base = relative ? numberOf(input, "mean", "p") : 1;
  const difference = base * numberOf(input, "mde_abs", "mde", "mde_rel", "difference");
  const [v1, v2] = variancesOf(input);
  const found = sampleSize(difference, v1, v2, {
    alpha: alphaOf(question),
    alternative: alternativeOf(question),
    power: powerFor(question, SAMPLE_SIZE_POWER),
    ratio: numberOr(input, 1, "ratio"),
  });
  const { control, treatment, total } = found;
  if (question.wanted[0] === "") return values(total);
  return values({
    total_n: total,
    total,
    n: total,
    n1: control,
    n2: treatment,
    n_per_arm: control,
  });
}

function unroundedUsers(d: number, { ratio, ...design }: SizeDesign & { ratio: number }): number {
  // The z test's power depends on d sqrt(users) alone.
  const perUser = minimumDetectableDifference(1, 2, 1 / ratio, 2, design) ** 2 * 2;
  return perUser / d ** 2;
}

function ofMde(question: Question): Answer {
  const { input } = question;
  const [v1, v2] = variancesOf(input);
  const [n1, n2] = usersOf(input);
  const found = minimumDetectableDifference(v1, n1, v2, n2, {
    alpha: alphaOf(question),
    alternative: alternativeOf(question),
    power: powerFor(question, 0.8),
  });
  return answer(question, "mde", found);
}

function ofLift(question: Question): Answer {
  const { method, input } = question;
  const perArm = numberOf(input, "total", "n") / numberOr(input, 2, "variations", "arms");
  const design: LiftDesign = {
    mean: numberOf(input, "mean"),
    variance: numberOf(input, "variance"),
    controlUsers: perArm,
    treatmentUsers: perArm,
    alpha: alphaOf(question),
    alternative: alternativeOf(question),
    // Calculators inflate the standard error to the sequence's width.
    ...(isAlwaysValid(question) ? { tuning: tuningOf(question), sequencePower: "inflated" } : {}),
  };
  if (/\bMDE\b|minimum detectable/i.test(method)) {
    const found = minimumDetectableLift({ ...design, power: powerFor(question, 0.8) });
    return found === null
      ? skip("no lift is large enough for this design")
      : answer(question, "mde", found);
  }
  return answer(question, "power", liftPower(numberOf(input, "effect", "lift"), design));
}

function alternativeOf(question: Question): Alternative {
  const said = textOf(question.input, "alternative");
  if (said !== null && /^two/i.test(said)) return "two-sided";
  return directionOf(question) ?? "two-sided";
}

function powerFor({ method, input }: Question, otherwise: number): number {
  if (has(input, "power")) return numberOf(input, "power");
  for (const part of parts(method)) {
    const percent = /(\d+(?:\.\d+)?)\s*%\s*power/i.exec(part);
    if (percent) return Number(percent[1]) / 100;
    const share = /power\s*(?:of\s*)?=?\s*(0?\.\d+)/i.exec(part);
    if (share) return Number(share[1]);
  }
  return otherwise;
}

function usersOf(input: Fields): [number, number] {
  const each = ["n_per_arm", "n", "nobs"];
  if (has(input, ...each)) {
    const n = numberOf(input, ...each);
    return [n, n * numberOr(input, 1, "ratio")];
  }
  if (has(input, "total")) {
    const n = numberOf(input, "total") / numberOr(input, 2, "variations", "arms");
    return [n, n];
  }
  return [numberOf(input, "n1", "nobs1"), numberOf(input, "n2", "nobs2")];
}

/** Variances of one user in the arms; of a share p both at p, as the calculators have it. */
function variancesOf(input: Fields): [number, number] {
  if (has(input, "variance", "var")) {
    const variance = numberOf(input, "variance", "var");
    return [variance, variance];
  }
  if (has(input, "sd", "stddev")) {
    const variance = numberOf(input, "sd", "stddev") ** 2;
    return [variance, variance];
  }
  if (!has(input, "p", "baseline", "share")) return [1, 1]; // Effects are standardised.
  const p = numberOf(input, "p", "baseline", "share");
  return [p * (1 - p), p * (1 - p)];
}
