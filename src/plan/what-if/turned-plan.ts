// A plan with some of its assumptions set by hand, as the file that says so: comments and all else
// stay, what was assumed before is told as the reason. What is computed is what this file says.
import { type Document, isMap, isSeq, parseDocument } from "yaml";
import { valueAt } from "../../contract/parse.ts";
import { parametersOf } from "../plan-file/parameters.ts";
import type { PlanFile } from "../plan-file/plan.ts";
import { unitFactor } from "../plan-file/quantity.ts";
import { BUDGET } from "./knobs.ts";

/** By the id of the knob, the value that it is turned to. */
export type Turned = Readonly<Record<string, number>>;

const SHAPES = ["value", "uniform", "triangular", "pert", "lognormal", "normal", "beta"];
const SCENARIO = "changed-budget";

/** @param plan what `text` was read as */
export function turnedPlanText(text: string, plan: PlanFile, turned: Turned): string {
  const document = parseDocument(text);
  const ids = Object.keys(turned).filter((id) => id !== BUDGET);
  const parameters = new Map(parametersOf(plan.campaign).map((each) => [each.id, each]));
  for (const id of ids) {
    const parameter = parameters.get(id);
    if (parameter === undefined) continue;
    setAssumption(document, [...parameter.path], parameter, turned[id]!);
  }
  dropCorrelations(document, ids);
  const budget = turned[BUDGET];
  if (budget !== undefined) addBudgetScenario(document, budget / plan.terms.budget);
  return document.toString({ lineWidth: 0 });
}

function setAssumption(
  document: Document,
  path: string[],
  { unit, isShare }: { readonly unit: string; readonly isShare: boolean },
  value: number,
): void {
  const entry = document.getIn(path);
  if (!isMap(entry)) return;
  const named = entry.get("unit");
  const factor = typeof named === "string" ? (unitFactor(named, unit) ?? 1) : 1;
  const isPercent = isShare && typeof named !== "string";
  const before = SHAPES.find((shape) => entry.has(shape));
  const was = before === undefined ? "" : `${before} ${plainText(entry.toJSON(), before)}`;
  const at = entry.items.findIndex(({ key }) => String(key) === before);
  const written = isPercent ? `${rounded(100 * value)} %` : rounded(value / factor);
  const pair = document.createPair("value", written);
  if (before !== undefined) entry.delete(before);
  entry.items.splice(Math.max(0, at), 0, pair as (typeof entry.items)[number]);
  const why = entry.get("why");
  const reason = typeof why === "string" ? ` (${why})` : "";
  entry.set("source", "assumption");
  entry.set("why", `set by hand; before: ${was}${reason}`);
}

function plainText(entry: unknown, shape: string): string {
  return JSON.stringify(valueAt(entry, [shape])).replaceAll('"', "");
}

/** What does not vary hangs together with nothing. */
function dropCorrelations(document: Document, ids: readonly string[]): void {
  const list = document.get("correlations");
  if (!isSeq(list)) return;
  list.items = list.items.filter((item) => {
    const between = isMap(item) ? item.get("between") : null;
    return !(isSeq(between) && between.items.some((each) => ids.includes(String(each))));
  });
  if (list.items.length === 0) document.delete("correlations");
}

/** The budget is the campaign file's: the plan can only compare another one. */
function addBudgetScenario(document: Document, factor: number): void {
  const set = { budget: `x${rounded(factor)}` };
  const scenario = document.createNode({ id: SCENARIO, title: "Another budget", set });
  const list = document.get("scenarios");
  if (isSeq(list)) list.add(scenario);
  else document.set("scenarios", document.createNode([scenario]));
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
