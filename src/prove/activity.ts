// All that retention and payback need to know about a campaign: how many users of an arm were
// active in which periods after their anchor, and what they cost. Masks of periods keep what no
// table of shares would: whether those active late are those who were active early.
import { HongbaoError } from "../base/error.ts";

/** Users of one arm who were active in the same periods after their anchor. */
export interface ActivityRow {
  /** Bit t: active in period t; period 0 begins at the anchor. */
  readonly mask: number;
  readonly users: number;
  /** Sum over these users of what each cost, major units; what was cannibalised is in it. */
  readonly outlay: number;
  /** Sum of the squares of the same. */
  readonly outlaySquares: number;
}

export interface ArmActivity {
  readonly id: string;
  readonly users: number;
  readonly rows: readonly ActivityRow[];
}

export interface ActivityStudy {
  readonly periodDays: number;
  /** How many periods every user was watched: 3 to 12. */
  readonly periods: number;
  readonly control: ArmActivity;
  readonly treatments: readonly ArmActivity[];
}

/** An arm's means and how its users' numbers vary together. */
export interface ActivitySummary {
  readonly users: number;
  /** Share active by period, then the mean outlay. */
  readonly means: readonly number[];
  /** Covariance of ONE user's numbers in the same order; the means' own is this over `users`. */
  readonly covariance: readonly (readonly number[])[];
}

const PERIODS_MIN = 3;
const PERIODS_MAX = 12;

/** Throws `invalid_data` unless the study is one that can be read, naming arm and row. */
export function requireStudy(study: ActivityStudy): void {
  const { periods, periodDays, control, treatments } = study;
  const whole = Number.isInteger(periods) && periods >= PERIODS_MIN && periods <= PERIODS_MAX;
  check(whole, `expected ${PERIODS_MIN} to ${PERIODS_MAX} periods, got ${periods}`);
  const lasting = periodDays > 0 && Number.isFinite(periodDays);
  check(lasting, `expected periods of more than 0 days, got ${periodDays}`);
  check(treatments.length > 0, "expected at least one treated arm beside the control");
  const arms = [control, ...treatments];
  const ids = new Set(arms.map(({ id }) => id));
  check(ids.size === arms.length, `expected arms of different ids, got ${[...ids].join(", ")}`);
  for (const arm of arms) requireArm(arm, periods);
}

function requireArm({ id, users, rows }: ArmActivity, periods: number): void {
  const counted = Number.isSafeInteger(users) && users >= 2;
  check(counted, `arm ${id}: expected a whole number of at least 2 users, got ${users}`);
  let total = 0;
  for (const [i, row] of rows.entries()) {
    const at = `arm ${id}, row ${i + 1}`;
    const masked = Number.isInteger(row.mask) && row.mask >= 0 && row.mask < 2 ** periods;
    check(masked, `${at}: expected a mask of 0 to ${2 ** periods - 1}, got ${row.mask}`);
    const known = Number.isSafeInteger(row.users) && row.users >= 0;
    check(known, `${at}: expected a whole number of users, got ${row.users}`);
    const finite = Number.isFinite(row.outlay) && Number.isFinite(row.outlaySquares);
    check(finite, `${at}: expected finite outlays, got ${row.outlay}, ${row.outlaySquares}`);
    // No numbers have a sum of squares below that of equal ones.
    const least = row.users === 0 ? 0 : row.outlay ** 2 / row.users;
    const possible = row.outlaySquares >= least * (1 - 1e-9) - 1e-9;
    const got = `got ${row.outlaySquares} of ${row.users} users who cost ${row.outlay}`;
    check(possible, `${at}: expected squares of the outlay of at least ${least}, ${got}`);
    check(row.users > 0 || row.outlay === 0, `${at}: expected no outlay for no users`);
    total += row.users;
  }
  const told = `expected rows of ${users} users, got ${total}`;
  check(total === users, `arm ${id}: ${told}; users who were never active need a row of mask 0`);
}

/** The means of an arm and the covariance of its users' numbers, divided by users - 1. */
export function summarizeActivity(arm: ArmActivity, periods: number): ActivitySummary {
  const size = periods + 1;
  const sums = new Array<number>(size).fill(0);
  const products = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (const { mask, users, outlay, outlaySquares } of arm.rows) {
    const active = Array.from({ length: periods }, (_, t) => t).filter((t) => (mask >> t) & 1);
    for (const s of active) {
      sums[s]! += users;
      for (const t of active) products[s]![t]! += users;
      products[s]![periods]! += outlay;
      products[periods]![s]! += outlay;
    }
    sums[periods]! += outlay;
    products[periods]![periods]! += outlaySquares;
  }
  const { users } = arm;
  const means = sums.map((sum) => sum / users);
  const unbiased = users / (users - 1);
  const covariance = products.map((row, s) =>
    row.map((product, t) => (product / users - means[s]! * means[t]!) * unbiased),
  );
  for (let s = 0; s < size; s++) {
    // Rounding must not make a constant vary, alone or with others.
    if (covariance[s]![s]! > ROUNDING * (products[s]![s]! / users)) continue;
    for (let t = 0; t < size; t++) {
      covariance[s]![t] = 0;
      covariance[t]![s] = 0;
    }
  }
  return { users, means, covariance };
}

/** A variance below this part of the mean square is what is left of a constant. */
const ROUNDING = 1e-13;

function check(holds: boolean, message: string): asserts holds {
  if (holds) return;
  throw new HongbaoError({ code: "invalid_data", message: `activity: ${message}` });
}
