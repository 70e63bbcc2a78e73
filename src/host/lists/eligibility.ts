// Judges the conditions of a campaign's offers. What a claim says of its user is seen here alone:
// the core gets to know whether the condition holds, and the caller why not.
//
// A condition is judged in the writer, at the very instant of the decision: with the rules, the
// lists and the time that the decision is made by. Its cost is bounded when the campaign opens, so
// that it holds nobody up.
import {
  type CelFacts,
  type Claimant,
  type Condition,
  ConditionCompiler,
  factTypes,
  LocalTime,
  readFacts,
} from "../../contract/eligibility/index.ts";
import type { Facts } from "../../contract/schema/facts.ts";
import { type Command, USER_AT } from "../../core/command.ts";
import type { CampaignDefinition } from "../../core/definition.ts";
import type { CampaignState } from "../../core/state.ts";
import type { UserList } from "./user-list.ts";

/** A part of a condition, and why it does not hold; null when it does. */
export interface JudgedPart {
  text: string;
  failure: string | null;
}

export class Eligibility {
  /** Lists that were imported, by id. */
  readonly lists: Map<string, UserList> = new Map();
  /** By offer; null: everybody. */
  private conditions: (Condition | null)[] = [];
  private facts: ReturnType<typeof factTypes> = new Map();
  private time!: () => LocalTime;

  /** Takes the conditions of a definition, and compiles them. */
  revise(definition: CampaignDefinition): void {
    let time: LocalTime | null = null;
    // Formatting the dates of a year takes a while, and few conditions ask for them.
    this.time = () => {
      time ??= new LocalTime(definition);
      return time;
    };
    this.facts = factTypes(definition.facts);
    const conditioned = definition.offers.some(({ eligible }) => eligible !== undefined);
    const compiler = conditioned ? new ConditionCompiler(definition) : null;
    this.conditions = definition.offers.map(({ eligible }) => {
      if (eligible === undefined) return null;
      const compiled = compiler!.compile(eligible);
      return "parts" in compiled ? compiled : unreadable(eligible, compiled.found);
    });
  }

  /**
   * Why the user may not claim `command.offer`, or null when he may. Throws HongbaoError
   * `invalid_request` for facts that the campaign does not declare.
   */
  failure(
    state: CampaignState,
    command: Command,
    facts: Facts | undefined,
    atMs: number,
  ): string | null {
    const condition = this.conditions[command.offer] ?? null;
    if (condition === null && facts === undefined) return null;
    const read = facts === undefined ? {} : readFacts(facts, this.facts);
    if (condition === null) return null;
    if (condition.usesTime) Object.assign(read, this.time().factsAt(atMs));
    const claimant = this.claimantOf(state, command);
    for (const part of condition.parts) {
      const failure = part.failure(read, claimant);
      if (failure !== null) return failure;
    }
    return null;
  }

  /** As `failure`, for every part of the condition; for people who want to know all of them. */
  judge(
    state: CampaignState,
    command: Command,
    facts: Facts | undefined,
    atMs: number,
  ): JudgedPart[] {
    const condition = this.conditions[command.offer] ?? null;
    if (condition === null) return [];
    const read: CelFacts = {
      ...readFacts(facts ?? {}, this.facts),
      ...this.time().factsAt(atMs),
    };
    const claimant = this.claimantOf(state, command);
    return condition.parts.map((part) => {
      return { text: part.text, failure: part.failure(read, claimant) };
    });
  }

  private claimantOf(state: CampaignState, { keys }: Command): Claimant {
    return {
      inList: (id) => this.lists.get(id)?.has(keys, USER_AT) ?? null,
      inAudience: (id) => {
        const user = state.users.find(keys, USER_AT);
        const audience = user < 0 ? 0 : state.userAudience.get(user);
        return audience > 0 && state.definition.audiences[audience - 1]!.id === id;
      },
    };
  }
}

/** A condition that an older version opened with and this one cannot read refuses everybody. */
function unreadable(text: string, why: string): Condition {
  const failure = (): string => `this version cannot read the condition: ${why}`;
  return { parts: [{ text, failure }], usesTime: false, lists: [] };
}
