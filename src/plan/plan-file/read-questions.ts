// What is asked of a plan beside its forecast: the best split of its budget, and the decision that
// the measurement serves.
import type { CampaignTerms, Decision, SplitLimits } from "./plan.ts";
import type { FilePath, PlanProblems } from "./plan-problems.ts";
import { quantityOf } from "./quantity.ts";
import type { RawPlan, RawRange } from "./raw-plan.ts";

export function readSplit(
  raw: RawPlan["split"],
  terms: CampaignTerms,
  problems: PlanProblems,
): SplitLimits | null {
  if (raw === undefined) return null;
  const { waves, offers, currency } = terms;
  const shares = { unit: "share", isShare: true };
  const limits: SplitLimits = {
    aim: raw.aim ?? null,
    waves: rangesOf("waves", raw.waves ?? {}, idsOf(waves), shares, problems).map(
      ({ id, low, high }) => ({ wave: id, low, high }),
    ),
    amounts: rangesOf(
      "amounts",
      raw.amounts ?? {},
      idsOf(offers),
      { unit: currency, isShare: false },
      problems,
    ).map(({ id, low, high }) => ({ offer: id, low, high })),
  };
  const least = limits.waves.reduce((sum, { low }) => sum + low, 0);
  if (least > 1) {
    problems.error(["split", "waves"], "least shares of at most 1 in all", `${least}`);
  }
  const isAll = limits.waves.length === waves.length;
  const most = limits.waves.reduce((sum, { high }) => sum + high, 0);
  if (isAll && waves.length > 0 && most < 1) {
    problems.error(["split", "waves"], "greatest shares of at least 1 in all", `${most}`);
  }
  return limits;
}

function idsOf(list: readonly { readonly id: string }[]): string[] {
  return list.map(({ id }) => id);
}

function rangesOf(
  group: "waves" | "amounts",
  raw: Readonly<Record<string, RawRange>>,
  known: readonly string[],
  of: { unit: string; isShare: boolean },
  problems: PlanProblems,
): { id: string; low: number; high: number }[] {
  return Object.entries(raw).flatMap(([id, { from, to }]) => {
    const path: FilePath = ["split", group, id];
    if (!known.includes(id)) {
      const what = group === "waves" ? "a wave" : "an offer";
      problems.unknownKey(path, `${what} of the campaign file: ${known.join(", ")}`, known);
      return [];
    }
    const [low, high] = [quantityOf(from, of), quantityOf(to, of)];
    const most = of.isShare ? 1 : Number.POSITIVE_INFINITY;
    if (low !== null && high !== null && low >= 0 && low <= high && high <= most) {
      return [{ id, low, high }];
    }
    const expected = `from and to in ${of.unit}, 0 or more, in this order`;
    problems.error(path, of.isShare ? `${expected}, at most 1` : expected, `${from} and ${to}`);
    return [];
  });
}

export function readDecision(
  raw: RawPlan["decision"],
  { currency }: CampaignTerms,
  months: number,
  problems: PlanProblems,
): Decision | null {
  if (raw === undefined) return null;
  const shares = { unit: "share", isShare: true };
  const stake = quantityOf(raw.stake, { unit: currency, isShare: false });
  const level = quantityOf(raw.level ?? 0.95, shares);
  const power = quantityOf(raw.power ?? 0.8, shares);
  if (stake === null || stake <= 0) {
    const expected = `an amount in ${currency}, such as "3 billion ${currency}"`;
    problems.error(["decision", "stake"], expected, `${raw.stake}`);
  }
  for (const [key, value] of [["level", level] as const, ["power", power] as const]) {
    if (value !== null && value >= 0.5 && value < 1) continue;
    problems.error(["decision", key], "a share from 50 % to below 100 %", `${raw[key]}`);
  }
  const { title, within } = raw;
  if (within !== undefined && within > months) {
    const expected = `at most ${months}, the months that are counted (months: ${months})`;
    problems.error(["decision", "within"], expected, `${within}`);
  }
  return {
    ...{ title, withinMonths: within ?? Math.min(12, months) },
    ...{ stake: stake ?? 0, level: level ?? 0.95, power: power ?? 0.8 },
  };
}
