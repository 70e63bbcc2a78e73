// Who may claim: the facts and lists that a campaign declares, and the conditions over them.
import { LIMITS } from "../../base/limits.ts";
import { ConditionCompiler } from "../eligibility/compile.ts";
import { BUILT_IN_FACTS } from "../eligibility/facts.ts";
import type { DefinitionCheck } from "./definition-check.ts";
import { nearestOf } from "./problems.ts";

/** Words of CEL that name no fact: its constants, operators, types and functions. */
const RESERVED = new Set([
  ...["true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function"],
  ...["if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while"],
  ...["int", "uint", "double", "string", "bool", "bytes", "list", "map", "type", "dyn", "size"],
  ...["has", "all", "exists", "filter", "duration", "timestamp", "optional", "cel", "google"],
  ...Object.keys(BUILT_IN_FACTS),
]);

export function checkConditions(check: DefinitionCheck): void {
  const { facts = [], lists = [], offers } = check.definition;
  const names = new Set<string>();
  for (const { name } of facts) {
    const path = ["facts", name];
    if (RESERVED.has(name)) check.error(path, "a name that means nothing in a condition", name);
    if (names.has(name)) check.error(path, "each fact once", name);
    names.add(name);
  }
  if (facts.length > LIMITS.facts) {
    check.error(["facts"], `at most ${LIMITS.facts} facts`, String(facts.length));
  }
  check.unique(
    ["lists"],
    lists.map(({ id }) => id),
  );
  // Names that do not fit make every condition wrong.
  if (check.findings.some(({ path }) => path[0] === "facts")) return;
  const compiler = new ConditionCompiler(check.definition);
  for (const [i, { eligible }] of offers.entries()) {
    if (eligible === undefined) continue;
    const compiled = compiler.compile(eligible);
    if ("parts" in compiled) continue;
    const { expected, found, name } = compiled;
    const known = [...names, ...Object.keys(BUILT_IN_FACTS)];
    const nearest = name === undefined ? undefined : nearestOf(name, known);
    check.error(["offers", i, "eligible"], expected, found, nearest);
  }
}
