// What of CEL a condition may use, and what it costs at worst. A condition is judged for every
// claim, in the writer: so it may use nothing whose cost is not bounded beforehand (regular
// expressions, loops within loops, text that grows), and the bound is worked out here from the
// sizes that facts can have.
import type { ASTNode } from "@marcbachmann/cel-js";
import { LIMITS } from "../../base/limits.ts";

/** Why a part of a condition is refused; positions count characters from the start. */
export class NotAllowed extends Error {
  readonly expected: string;
  readonly found: string;
  readonly at: number;
  /** The name that nothing has, or null. */
  readonly unknown: string | null;

  constructor(expected: string, found: string, at: number, unknown: string | null = null) {
    super(`expected ${expected}, found ${found}`);
    this.expected = expected;
    this.found = found;
    this.at = at;
    this.unknown = unknown;
  }
}

/** Names that a condition may use, with what is known of them. */
export interface Scope {
  /** Names of facts and built-in facts, whether each is a list. */
  readonly names: ReadonlyMap<string, { isList: boolean }>;
  readonly lists: readonly string[];
  readonly audiences: readonly string[];
}

/** Worst case of a part: steps, and how long its value can be (bytes of a text, items). */
interface Cost {
  steps: number;
  bytes: number;
  /** Null: no list. */
  items: number | null;
}

/** What was met on the way. */
export interface Usage {
  readonly names: Set<string>;
  readonly lists: Set<string>;
}

/** Bytes that one step compares or copies. */
const STEP_BYTES = 32;
const NUMBER_BYTES = 24;

const FUNCTIONS = ["size", "int", "double", "string", "timestamp", "duration"];
const TEXT_METHODS = ["contains", "startsWith", "endsWith"];
const LOOPS = ["exists", "all", "exists_one", "filter"];
const COMPARISONS = ["==", "!=", "<", "<=", ">", ">="];
const ARITHMETIC = ["-", "*", "/", "%"];

/** Throws NotAllowed. Returns the steps that the condition takes at worst. */
export function costOf(node: ASTNode, scope: Scope, usage: Usage): number {
  const { steps } = new Walk(scope, usage).cost(node, new Map(), 0);
  if (steps <= LIMITS.conditionSteps) return steps;
  const found = `one of up to ${Math.ceil(steps)}`;
  throw new NotAllowed(`a condition of at most ${LIMITS.conditionSteps} steps`, found, 0);
}

class Walk {
  private readonly scope: Scope;
  private readonly usage: Usage;

  constructor(scope: Scope, usage: Usage) {
    this.scope = scope;
    this.usage = usage;
  }

  /** @param own names that loops around this part have made */
  cost(node: ASTNode, own: ReadonlyMap<string, Cost>, loops: number): Cost {
    const { op } = node;
    switch (op) {
      case "value":
        return costOfValue(node, node.args);
      case "id":
        return this.name(node, node.args, own);
      case "list":
        return this.list(node.args, own, loops);
      case "call":
        return this.call(node, node.args[0], node.args[1], own, loops);
      case "rcall": {
        const [name, target, args] = node.args;
        return this.method(node, name, target, args, own, loops);
      }
      case "!_":
      case "-_":
        return plus(this.cost(node.args, own, loops), 1);
      case "?:": {
        const parts = node.args.map((part) => this.cost(part, own, loops));
        return { ...largest(parts.slice(1)), steps: 1 + sumOf(parts) };
      }
      case "&&":
      case "||":
        return { ...SMALL, steps: 1 + sumOf(node.args.map((part) => this.cost(part, own, loops))) };
      case "[]":
        return this.item(node.args, own, loops);
      case "in":
        return this.within(node, node.args, own, loops);
      case "+":
        return this.joined(node.args, own, loops);
      default:
        break;
    }
    if (!COMPARISONS.includes(op) && !ARITHMETIC.includes(op)) throw notAllowed(node, op);
    const [left, right] = (node.args as [ASTNode, ASTNode]).map((part) => {
      return this.cost(part, own, loops);
    }) as [Cost, Cost];
    const compared = itemsOf(left, right) * (1 + Math.min(left.bytes, right.bytes) / STEP_BYTES);
    return { ...SMALL, steps: left.steps + right.steps + compared };
  }

  private name(node: ASTNode, name: string, own: ReadonlyMap<string, Cost>): Cost {
    const made = own.get(name);
    if (made !== undefined) return { ...made, steps: 1 };
    const known = this.scope.names.get(name);
    if (known === undefined) {
      const names = [...this.scope.names.keys()].join(", ");
      throw new NotAllowed(`the name of a fact (${names})`, name, node.start, name);
    }
    this.usage.names.add(name);
    const items = known.isList ? LIMITS.factItems : null;
    return { steps: 1, bytes: LIMITS.factBytes, items };
  }

  private list(parts: ASTNode[], own: ReadonlyMap<string, Cost>, loops: number): Cost {
    const costs = parts.map((part) => this.cost(part, own, loops));
    return { steps: 1 + sumOf(costs), bytes: largest(costs).bytes, items: parts.length };
  }

  private call(
    node: ASTNode,
    name: string,
    args: ASTNode[],
    own: ReadonlyMap<string, Cost>,
    loops: number,
  ): Cost {
    if (name === "inList") return this.membership(node, args, this.scope.lists, "list");
    if (name === "inAudience") return this.membership(node, args, this.scope.audiences, "audience");
    if (!FUNCTIONS.includes(name)) throw notAllowed(node, `${name}()`);
    const costs = args.map((arg) => this.cost(arg, own, loops));
    const steps = 2 + sumOf(costs) + largest(costs).bytes / STEP_BYTES;
    return { steps, bytes: Math.max(NUMBER_BYTES, largest(costs).bytes), items: null };
  }

  /** The name must stand there: which lists a campaign depends on is known when it opens. */
  private membership(
    node: ASTNode,
    args: ASTNode[],
    known: readonly string[],
    what: "list" | "audience",
  ): Cost {
    const [first] = args;
    const name = first?.op === "value" && typeof first.args === "string" ? first.args : null;
    if (name === null || args.length !== 1 || !known.includes(name)) {
      const names = known.map((one) => JSON.stringify(one)).join(", ") || "none is declared";
      const found = name === null ? "something else" : JSON.stringify(name);
      throw new NotAllowed(`the id of one ${what} (${names})`, found, first?.start ?? node.start);
    }
    if (what === "list") this.usage.lists.add(name);
    return { ...SMALL, steps: 20 };
  }

  private method(
    node: ASTNode,
    name: string,
    target: ASTNode,
    args: ASTNode[],
    own: ReadonlyMap<string, Cost>,
    loops: number,
  ): Cost {
    if (LOOPS.includes(name)) return this.loop(node, name, target, args, own, loops);
    const of = this.cost(target, own, loops);
    if (name === "size" && args.length === 0) return { ...SMALL, steps: of.steps + sweep(of) };
    if (!TEXT_METHODS.includes(name)) throw notAllowed(node, `.${name}()`);
    const costs = args.map((arg) => this.cost(arg, own, loops));
    // A text within a text: at worst each byte is compared with each.
    const looked = sweep(of) * (name === "contains" ? 1 + largest(costs).bytes / STEP_BYTES : 1);
    return { ...SMALL, steps: of.steps + sumOf(costs) + looked };
  }

  private loop(
    node: ASTNode,
    name: string,
    target: ASTNode,
    args: ASTNode[],
    own: ReadonlyMap<string, Cost>,
    loops: number,
  ): Cost {
    if (loops > 0) throw new NotAllowed("no loop within a loop", `.${name}()`, node.start);
    const of = this.cost(target, own, loops);
    if (of.items === null) throw new NotAllowed("a list", "something else", target.start);
    const [made, body] = args;
    if (made?.op !== "id" || body === undefined || args.length !== 2) {
      throw new NotAllowed(`${name}(name, condition)`, "something else", node.start);
    }
    if (this.scope.names.has(made.args)) {
      throw new NotAllowed("a name that is no fact's", made.args, made.start);
    }
    const item = new Map(own).set(made.args, { steps: 1, bytes: of.bytes, items: null });
    const each = this.cost(body, item, loops + 1).steps + 2;
    const items = name === "filter" ? of.items : null;
    return { steps: of.steps + of.items * each, bytes: of.bytes, items };
  }

  private item([list, index]: [ASTNode, ASTNode], own: ReadonlyMap<string, Cost>, loops: number) {
    const of = this.cost(list, own, loops);
    if (of.items === null) throw new NotAllowed("a list", "something else", list.start);
    const at = this.cost(index, own, loops);
    return { steps: of.steps + at.steps + 1, bytes: of.bytes, items: null };
  }

  private within(
    node: ASTNode,
    [one, list]: [ASTNode, ASTNode],
    own: ReadonlyMap<string, Cost>,
    loops: number,
  ): Cost {
    const wanted = this.cost(one, own, loops);
    const of = this.cost(list, own, loops);
    if (of.items === null) throw new NotAllowed("a list after in", "something else", node.start);
    const each = 1 + Math.min(wanted.bytes, of.bytes) / STEP_BYTES;
    return { ...SMALL, steps: wanted.steps + of.steps + of.items * each };
  }

  private joined(parts: [ASTNode, ASTNode], own: ReadonlyMap<string, Cost>, loops: number): Cost {
    const costs = parts.map((part) => this.cost(part, own, loops));
    const [left, right] = costs as [Cost, Cost];
    if (left.items !== null && right.items !== null) {
      const items = left.items + right.items;
      return { steps: sumOf(costs) + items, bytes: Math.max(left.bytes, right.bytes), items };
    }
    const bytes = left.bytes + right.bytes;
    return { steps: sumOf(costs) + 1 + bytes / STEP_BYTES, bytes, items: null };
  }
}

const SMALL = { bytes: NUMBER_BYTES, items: null } as const;

function costOfValue(node: ASTNode, value: unknown): Cost {
  if (typeof value === "string") return { steps: 1, bytes: value.length * 3, items: null };
  if (typeof value === "bigint" || typeof value === "number" || typeof value === "boolean") {
    return { ...SMALL, steps: 1 };
  }
  throw new NotAllowed("a number, a text, true or false", "another value", node.start);
}

function notAllowed(node: ASTNode, found: string): NotAllowed {
  const known = [...FUNCTIONS, ...TEXT_METHODS, ...LOOPS, "inList", "inAudience"].join(", ");
  return new NotAllowed(`operators, lists, and the functions ${known}`, found, node.start);
}

function plus(cost: Cost, steps: number): Cost {
  return { ...cost, steps: cost.steps + steps };
}

function sumOf(costs: readonly Cost[]): number {
  return costs.reduce((sum, { steps }) => sum + steps, 0);
}

function largest(costs: readonly Cost[]): Cost {
  const bytes = Math.max(0, ...costs.map((cost) => cost.bytes));
  const lists = costs.flatMap(({ items }) => (items === null ? [] : [items]));
  return { steps: 0, bytes, items: lists.length === 0 ? null : Math.max(...lists) };
}

function itemsOf(left: Cost, right: Cost): number {
  return Math.max(1, Math.min(left.items ?? 1, right.items ?? 1));
}

/** Steps of looking at all of a value once. */
function sweep({ bytes }: Cost): number {
  return 1 + bytes / STEP_BYTES;
}
