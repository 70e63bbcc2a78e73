// The decision rule that was fixed beforehand, held against what came out. All its conditions must
// hold at once, so that none of them needs a correction for the others: an action that should not
// follow does so no more often than its hardest condition errs (Berger 1982, Technometrics 24).
import { assertNever } from "../base/assert.ts";
import type {
  ArmDecision,
  Condition,
  ConditionReading,
  DecisionReading,
  DecisionRule,
} from "../verdict/decision-reading.ts";
import { decisiveRows } from "../verdict/effect-row.ts";
import { beyondProblem } from "../verdict/payback-reading.ts";
import type { StudyReading } from "../verdict/verdict.ts";

/** Holds the rule against the studies that it rests on. */
export function decisionOf(rule: DecisionRule, studies: readonly StudyReading[]): DecisionReading {
  const asked = rule.conditions.map((condition) => ({
    condition,
    studies: studiesOf(condition, studies),
  }));
  const notApplied = obstacleTo(asked, studies);
  if (notApplied !== null) return { ...rule, notApplied, arms: [] };
  const used = studies.filter((study) => asked.some((each) => each.studies.includes(study)));
  const arms = [...new Set(used.flatMap((study) => treatedOf(study)))];
  const decided = arms.flatMap((arm): ArmDecision[] => {
    const own = asked.filter(({ condition }) => condition.arm === null || condition.arm === arm);
    const conditions = own.flatMap(({ condition, studies: within }) =>
      within.map((study) => readCondition(condition, study, arm)),
    );
    if (conditions.length === 0) return [];
    return [{ arm, follows: conditions.every(({ holds }) => holds), conditions }];
  });
  return { ...rule, notApplied, arms: decided };
}

interface Asked {
  readonly condition: Condition;
  readonly studies: readonly StudyReading[];
}

/** With several audiences a question has several studies, and the condition must hold in each. */
function studiesOf({ question }: Condition, studies: readonly StudyReading[]): StudyReading[] {
  const wanted = question ?? studies[0]?.estimand;
  return studies.filter(({ estimand }) => estimand === wanted);
}

/** Only arms that compare allow to say what was caused, and only of that a rule speaks. */
function obstacleTo(asked: readonly Asked[], studies: readonly StudyReading[]): string | null {
  for (const { condition, studies: within } of asked) {
    if (within.length > 0) continue;
    return `no held-out and treated users answer "${condition.question ?? "any question"}"`;
  }
  const weak = studies.find(
    (study) => study.grade !== "A" && asked.some((each) => each.studies.includes(study)),
  );
  if (weak === undefined) return null;
  return `the evidence is of grade ${weak.grade} (${weak.title}: ${weak.gradeReason})`;
}

function treatedOf({ arms }: StudyReading): string[] {
  return arms.slice(1).map(({ id }) => id);
}

function readCondition(condition: Condition, study: StudyReading, arm: string): ConditionReading {
  const base = { condition, study: study.title, figure: null, level: null, notHeld: [] };
  const unknown = (note: string): ConditionReading => ({ ...base, holds: false, note });
  if (!treatedOf(study).includes(arm)) return unknown(`nobody was assigned to ${arm}`);
  switch (condition.kind) {
    case "payback": {
      const own = study.payback?.arms.find((each) => each.arm === arm);
      if (study.payback === null || own === undefined) return unknown("no payback was computed");
      if (own.tooFew !== null) return unknown(own.tooFew);
      // A curve that did not pass its check decides nothing. Later periods can only add to the
      // chance: what was watched alone is the least that it can be.
      const problem = beyondProblem(own);
      const basis = problem === null ? own.extrapolated! : own.watched;
      const figure = basis.payback.chances.at(-1) ?? 0;
      const isWhole = basis.periods >= study.payback.horizonPeriods;
      const note = isWhole ? null : `by what was watched alone; ${problem}`;
      return { ...base, figure, holds: figure >= condition.chance, note };
    }
    case "effect": {
      const row = decisiveRows(study.effects, condition.metric).find((each) => each.arm === arm);
      const interval = (condition.isRelative ? row?.relative : row?.absolute) ?? null;
      if (interval === null) return unknown(row?.note ?? "no interval");
      const isLower = condition.side === "at least";
      const figure = isLower ? interval.lower : interval.upper;
      const holds = isLower ? figure >= condition.limit : figure <= condition.limit;
      return { ...base, figure, level: interval.level, holds, note: null };
    }
    case "worth": {
      const own = study.worth.find((each) => each.arm === arm);
      if (own === undefined) return unknown("no worth was computed");
      const { lower: figure, level } = own;
      return { ...base, figure, level, holds: figure >= condition.limit, note: null };
    }
    case "guardrails": {
      const own = study.guardrails.filter((each) => each.arm === arm);
      const notHeld = own.filter(({ finding }) => finding !== "held").map(({ metric }) => metric);
      const holds = own.length > 0 && notHeld.length === 0;
      return { ...base, notHeld, holds, note: own.length > 0 ? null : "no guardrail was read" };
    }
    default:
      return assertNever(condition);
  }
}
