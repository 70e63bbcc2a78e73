// What a revision changes, value by value, in the words of the file and with units.
import { utf8 } from "../../base/bytes.ts";
import { formatMinor } from "../../base/money.ts";
import { ownOf } from "../../base/record.ts";
import { type CampaignDefinition, potCapId } from "../../core/definition.ts";
import type { RevisedValue } from "../schema/revised-value.ts";
import { isOfWave } from "./check-pacing.ts";
import { explainTime as time } from "./explain-values.ts";
import { duration } from "./explain-words.ts";
import { fileWord } from "./parse-campaign.ts";
import { shown } from "./problems.ts";

/** As many changes as an answer lists; an answer is no place for a whole new campaign. */
const LISTED = 200;
const LONGEST = 300;

/** Spans of time; whatever else is in ms is an instant. */
const SPANS: ReadonlySet<string> = new Set([
  ...["afterMs", "settlingLagMs", "releaseGraceMs", "maturesMs"],
  ...["blockMs", "openMs", "periodMs"],
]);

/**
 * What differs, each named as `offers card expires after`; of what is new the whole. Limits that
 * only repeat what a wave or a pot says, which stands beside them, are left out.
 */
export function revisedValues(
  before: CampaignDefinition,
  after: CampaignDefinition,
): RevisedValue[] {
  return collected(withoutDerived(before), withoutDerived(after), after);
}

/** The same with all that follows from something else. */
export function differences(before: CampaignDefinition, after: CampaignDefinition): RevisedValue[] {
  return collected({ ...before }, { ...after }, after);
}

type Group = Record<string, unknown>;

function collected(was: Group, is: Group, definition: CampaignDefinition): RevisedValue[] {
  const values: RevisedValue[] = [];
  new Collector(definition, values).collect([], { was, is, of: is });
  return values.slice(0, LISTED);
}

/** Two values, and the group in which they stand. */
interface Pair {
  readonly was: unknown;
  readonly is: unknown;
  readonly of: Group;
}

class Collector {
  private readonly definition: CampaignDefinition;
  private readonly values: RevisedValue[];

  constructor(definition: CampaignDefinition, values: RevisedValue[]) {
    this.definition = definition;
    this.values = values;
  }

  collect(words: readonly string[], { was, is, of }: Pair): void {
    if (was === is || this.values.length >= LISTED || words.at(-1) === "dayStartsMs") return;
    if (isGroup(was) && isGroup(is)) {
      for (const key of Object.keys({ ...was, ...is })) {
        this.collect([...words, wordOf(is, key)], { was: was[key], is: is[key], of: is });
      }
      return;
    }
    const key = words.at(-1)!;
    const path = words.map((word) => fileWord(word)).join(" ");
    const isMoney = key.endsWith("Minor") || (key === "limit" && ownOf(of, "counts") === "money");
    const text = (value: unknown): string => this.text(key, value, isMoney);
    this.values.push({
      ...{ path, from: text(was), to: text(is) },
      ...(isMoney && typeof was === "number" && { fromMinor: was }),
      ...(isMoney && typeof is === "number" && { toMinor: is }),
    });
  }

  private text(key: string, value: unknown, isMoney: boolean): string {
    if (typeof value === "number") {
      if (isMoney) {
        return `${formatMinor(value, this.definition.decimals)} ${this.definition.currency}`;
      }
      if (SPANS.has(key)) return duration(value);
      if (key.endsWith("Ms")) return time(this.definition, value);
    }
    if (!isGroup(value)) return shown(value);
    const json = JSON.stringify(value);
    return utf8(json).length <= LONGEST ? json : `${json.slice(0, LONGEST - 1)}…`;
  }
}

/** Without caps that say again what a wave's budget or a pot says; of a wave's pacing the curve. */
function withoutDerived(definition: CampaignDefinition): Group {
  const pots = new Set(definition.offers.map(({ id }) => potCapId(id)));
  const caps = definition.caps.flatMap((cap): object[] => {
    if (pots.has(cap.id)) return [];
    if (!isOfWave(cap.id)) return [cap];
    return cap.curve === undefined ? [] : [{ id: cap.id, curve: cap.curve }];
  });
  return { ...definition, caps };
}

function isGroup(value: unknown): value is Group {
  return typeof value === "object" && value !== null;
}

/** A member of a list goes by its id; entries without one by their place, from 1. */
function wordOf(group: Group, key: string): string {
  if (!Array.isArray(group)) return key;
  const member = group[Number(key)] as { id?: unknown } | undefined;
  return typeof member?.id === "string" ? member.id : String(Number(key) + 1);
}
