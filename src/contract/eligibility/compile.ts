// Conditions of a campaign, from text to something that can be judged: parsed and type-checked by
// cel-js against the declared facts, bounded by profile.ts, and taken apart at its outermost `&&`,
// so that a refusal can name the part that does not hold.
import { Environment, type ParseResult, type SourceRange } from "@marcbachmann/cel-js";
import { LIMITS } from "../../base/limits.ts";
import type { CampaignDefinition } from "../../core/definition.ts";
import { isText } from "../schema/text.ts";
import { conjunctsOf } from "./conjuncts.ts";
import { BUILT_IN_FACTS, type CelFacts, FACT_TYPES } from "./facts.ts";
import { costOf, NotAllowed, type Scope, type Usage } from "./profile.ts";

/** Who claims, as functions of a condition ask for him. */
export interface Claimant {
  /** Null: the list was not imported yet. */
  inList(list: string): boolean | null;
  inAudience(audience: string): boolean;
}

/** One part of a condition; all must hold. */
export interface ConditionPart {
  readonly text: string;
  /** Null when it holds, else why it does not, in words that repeat no fact. */
  failure(facts: CelFacts, claimant: Claimant): string | null;
}

export interface Condition {
  readonly parts: readonly ConditionPart[];
  /** Whether it asks for the time; else nobody need work it out. */
  readonly usesTime: boolean;
  /** Lists that it asks for. */
  readonly lists: readonly string[];
}

export interface ConditionProblem {
  expected: string;
  found: string;
  /** The name that nothing has, where that is the problem. */
  name?: string;
}

/** A list that a condition asks for and that was not imported. */
class NotImported extends Error {}

/** Compiles the conditions of one campaign; its facts, lists and audiences are their names. */
export class ConditionCompiler {
  private readonly environment: Environment;
  private readonly scope: Scope;
  /** Who is judged just now; conditions are judged one at a time. */
  private claimant: Claimant | null = null;

  constructor(definition: Pick<CampaignDefinition, "facts" | "lists" | "audiences">) {
    const { facts = [], lists = [], audiences } = definition;
    const names = new Map<string, { isList: boolean }>();
    const environment = new Environment({ limits: PARSE_LIMITS });
    const declare = (name: string, type: string): void => {
      names.set(name, { isList: type.startsWith("list") });
      environment.registerVariable(name, type);
    };
    for (const [name, type] of Object.entries(BUILT_IN_FACTS)) declare(name, type);
    for (const { name, type } of facts) declare(name, FACT_TYPES[type]);
    environment.registerFunction("inList(string): bool", (list: string) => {
      const isMember = this.claimant!.inList(list);
      if (isMember === null) throw new NotImported(`the list ${list} is not imported yet`);
      return isMember;
    });
    environment.registerFunction("inAudience(string): bool", (audience: string) =>
      this.claimant!.inAudience(audience),
    );
    this.environment = environment;
    const idsOf = (all: readonly { id: string }[]): string[] => all.map(({ id }) => id);
    this.scope = { names, lists: idsOf(lists), audiences: idsOf(audiences) };
  }

  compile(text: string): Condition | ConditionProblem {
    if (!isText(text, LIMITS.conditionBytes)) {
      const expected = `a condition of 1 to ${LIMITS.conditionBytes} bytes`;
      return { expected, found: `${text.length} characters` };
    }
    try {
      return this.compiled(text);
    } catch (error) {
      return problemOf(text, error);
    }
  }

  private compiled(text: string): Condition {
    const whole = this.environment.parse(text);
    const usage: Usage = { names: new Set(), lists: new Set() };
    costOf(whole.ast, this.scope, usage);
    const { valid, type, error } = whole.check();
    if (!valid) throw error;
    if (type !== "bool") throw new NotAllowed("a condition that is true or false", String(type), 0);
    return {
      parts: (whole.ast.op === "&&" ? conjunctsOf(text) : [text]).map((part) => this.part(part)),
      usesTime: Object.keys(BUILT_IN_FACTS).some((name) => usage.names.has(name)),
      lists: [...usage.lists],
    };
  }

  private part(text: string): ConditionPart {
    const parsed = this.environment.parse(text);
    const shown = text.replace(/\s+/g, " ");
    return {
      text: shown,
      failure: (facts, claimant) => {
        this.claimant = claimant;
        return failureOf(parsed, shown, facts);
      },
    };
  }
}

const PARSE_LIMITS = {
  maxAstNodes: 500,
  maxDepth: LIMITS.conditionDepth,
  maxListElements: 200,
  maxMapEntries: 0,
  maxCallArguments: 4,
};

function failureOf(parsed: ParseResult, text: string, facts: CelFacts): string | null {
  try {
    return parsed(facts) === true ? null : `${text} does not hold`;
  } catch (error) {
    if (error instanceof NotImported) return `${text}: ${error.message}`;
    const { code, message } = error as { code?: string; message: string };
    const unknown = code === "unknown_variable" ? /^Unknown variable: (\w+)/.exec(message) : null;
    if (unknown !== null) return `${text}: the fact ${unknown[1]} did not come`;
    // The library's own words may repeat a value.
    return `${text} has no answer: ${(code ?? "error").replaceAll("_", " ")}`;
  }
}

function problemOf(text: string, error: unknown): ConditionProblem {
  if (error instanceof NotAllowed) {
    const found = `${error.found}${placeIn(text, error.at)}`;
    const { expected, unknown } = error;
    return unknown === null ? { expected, found } : { expected, found, name: unknown };
  }
  // The library's parser and type checker; of its few errors without a place the message must do.
  const { message, summary, range } = error as Error & { summary?: string; range?: SourceRange };
  const expected = "a condition in CEL over the declared facts";
  return { expected, found: `${summary ?? message}${placeIn(text, range?.start ?? 0)}` };
}

function placeIn(text: string, at: number): string {
  if (at === 0) return "";
  const before = text.slice(0, at).split("\n");
  const column = before.at(-1)!.length + 1;
  return before.length > 1 ? ` in line ${before.length} at ${column}` : ` at character ${column}`;
}
