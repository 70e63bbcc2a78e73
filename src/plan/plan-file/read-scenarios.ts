// The scenarios of a plan: what each changes, in the campaign's terms or in what is assumed.
import { nearestOf } from "../../contract/campaign-file/problems.ts";
import { supportOf } from "../../stats/distributions/check-distribution.ts";
import type { Assumption } from "../assumptions/assumption.ts";
import { checkRetention } from "./check-retention.ts";
import type { Parameter } from "./parameters.ts";
import type { CampaignTerms, Change, Scenario, ScenarioChange } from "./plan.ts";
import type { FilePath, PlanProblems } from "./plan-problems.ts";
import { factorOf, quantityOf } from "./quantity.ts";
import type { RawNumber, RawScenario } from "./raw-plan.ts";
import { boundsText, isWithin } from "./read-assumption.ts";

export interface ScenarioContext {
  readonly terms: CampaignTerms;
  readonly parameters: readonly Parameter[];
  readonly assumptions: readonly Assumption[];
  readonly problems: PlanProblems;
}

export function readScenarios(raw: readonly RawScenario[], context: ScenarioContext): Scenario[] {
  const seen = new Set<string>();
  return raw.map(({ id, title, set }, i) => {
    const place = ["scenarios", i];
    if (seen.has(id)) context.problems.error([...place, "id"], "an id of its own", `${id} again`);
    seen.add(id);
    if (Object.keys(set).length === 0) {
      context.problems.error([...place, "set"], "at least one change", "none");
    }
    const changes = Object.entries(set).flatMap(([key, value]) => {
      const change = readChange(key, value, [...place, "set", key], context);
      return change === null ? [] : [change];
    });
    checkTogether(changes, [...place, "set"], context);
    return { id, title, changes };
  });
}

interface Quantity extends Pick<Parameter, "unit" | "isShare"> {
  /** Nothing at all is no budget and no reward. */
  readonly isPositive?: boolean;
}

function readChange(
  key: string,
  raw: RawNumber,
  path: FilePath,
  context: ScenarioContext,
): ScenarioChange | null {
  const { terms, parameters, problems } = context;
  const [group, id, field] = key.split(".");
  if (key === "pacing") {
    if (raw === "none" || raw === "even") return { kind: "pacing", pacing: raw };
    problems.error(path, "none or even", String(raw));
    return null;
  }
  const of = (kind: Quantity): Change | null => {
    // Half a yuan where half the budget was meant, fifty people where 50 million were.
    if (typeof raw === "number" && [terms.currency, "users"].includes(kind.unit)) {
      const expected = `a number with its unit, such as "${raw} million ${kind.unit}", or x0.5`;
      problems.error(path, expected, `${raw}`);
      return null;
    }
    return readValue(raw, kind, path, problems);
  };
  const amount = (): Change | null =>
    of({ unit: terms.currency, isShare: false, isPositive: true });
  if (key === "budget") return withChange(amount(), (change) => ({ kind: key, change }));
  if (key === "userGrants") {
    const grants = { unit: "grants", isShare: false, isPositive: true };
    return withChange(of(grants), (change) => ({ kind: key, change }));
  }
  if (group === "waves" && field === "budget" && terms.waves.some((one) => one.id === id)) {
    return withChange(amount(), (change) => ({ kind: "waveBudget", wave: id!, change }));
  }
  if (group === "offers" && field === "amount" && terms.offers.some((one) => one.id === id)) {
    return withChange(amount(), (change) => ({ kind: "amount", offer: id!, change }));
  }
  const parameter = parameters.find((one) => one.id === key);
  if (parameter === undefined) {
    const known = knownKeys(context);
    const nearest = nearestOf(key, known);
    const expected = nearest === undefined ? `one of ${known.join(", ")}` : "a key that is known";
    problems.unknownKey(path, expected, known);
    return null;
  }
  return assumptionChange(parameter, of(parameter), path, context);
}

function withChange(
  change: Change | null,
  make: (change: Change) => ScenarioChange,
): ScenarioChange | null {
  return change === null ? null : make(change);
}

function readValue(
  raw: RawNumber,
  of: Quantity,
  path: FilePath,
  problems: PlanProblems,
): Change | null {
  const factor = factorOf(raw);
  const value = factor ?? quantityOf(raw, of);
  if (value !== null && !(of.isPositive && value <= 0)) {
    return factor === null ? { kind: "to", value } : { kind: "times", factor };
  }
  const example = of.isShare ? '"12 %"' : `"3 million ${of.unit}"`;
  const size = of.isPositive ? " above 0" : "";
  const expected = `a number of ${of.unit}${size}, such as ${example}, or x0.5 of it`;
  problems.error(path, expected, `${raw}`);
  return null;
}

function assumptionChange(
  parameter: Parameter,
  change: Change | null,
  path: FilePath,
  { assumptions, problems }: ScenarioContext,
): ScenarioChange | null {
  if (change === null) return null;
  const assumption = assumptions.find(({ id }) => id === parameter.id);
  if (assumption === undefined) {
    if (change.kind === "times") {
      problems.error(path, `an assumption that the plan states`, `a factor of ${parameter.id}`);
      return null;
    }
  } else {
    const [low, high] = extentAfter(assumption, change);
    if (!isWithin(parameter, low, high)) {
      const bound = (value: number): string => `${Number(value.toPrecision(12))}`;
      const found = low === high ? bound(low) : `${bound(low)} to ${bound(high)}`;
      problems.error(path, boundsText(parameter), found);
      return null;
    }
  }
  return { kind: "assumption", id: parameter.id, change };
}

function extentAfter(
  { distribution }: Assumption,
  change: Change | null,
): readonly [low: number, high: number] {
  const [low, high] = supportOf(distribution);
  if (change === null) return [low, high];
  if (change.kind === "to") return [change.value, change.value];
  // Zero times endless is no number.
  return change.factor === 0 ? [0, 0] : [low * change.factor, high * change.factor];
}

/** Retention falls in every scenario too. */
function checkTogether(
  changes: readonly ScenarioChange[],
  path: FilePath,
  { assumptions, problems }: ScenarioContext,
): void {
  const changed = (id: string): Change | null => {
    const found = changes.find((one) => one.kind === "assumption" && one.id === id);
    return found?.kind === "assumption" ? found.change : null;
  };
  const ids = ["retention.d1", "retention.d30", "retention.lift"];
  if (!ids.some((id) => changed(id) !== null)) return;
  checkRetention(
    (id) => {
      const assumption = assumptions.find((one) => one.id === id);
      return assumption === undefined ? null : extentAfter(assumption, changed(id));
    },
    (id) => (changed(id) === null ? path : [...path, id]),
    problems,
  );
}

function knownKeys({ terms, parameters }: ScenarioContext): string[] {
  return [
    "budget",
    ...terms.waves.map(({ id }) => `waves.${id}.budget`),
    ...terms.offers.map(({ id }) => `offers.${id}.amount`),
    "userGrants",
    "pacing",
    ...parameters.map(({ id }) => id),
  ];
}
