// What a revision changes, value by value, in the words of the file and with units.
import { utf8 } from "../../base/bytes.ts";
import { formatMinor } from "../../base/money.ts";
import type { CampaignDefinition } from "../../core/definition.ts";
import type { RevisedValue } from "../schema/revised-value.ts";
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

/** What differs, each named as `offers card expires after`; of what is new the whole. */
export function revisedValues(
  before: CampaignDefinition,
  after: CampaignDefinition,
): RevisedValue[] {
  const values: RevisedValue[] = [];
  new Collector(after, values).collect([], before, after);
  return values.slice(0, LISTED);
}

type Group = Record<string, unknown>;

class Collector {
  private readonly definition: CampaignDefinition;
  private readonly values: RevisedValue[];

  constructor(definition: CampaignDefinition, values: RevisedValue[]) {
    this.definition = definition;
    this.values = values;
  }

  collect(words: readonly string[], was: unknown, is: unknown): void {
    if (was === is || this.values.length >= LISTED || words.at(-1) === "dayStartsMs") return;
    if (isGroup(was) && isGroup(is)) {
      for (const key of Object.keys({ ...was, ...is })) {
        this.collect([...words, wordOf(is, key)], was[key], is[key]);
      }
      return;
    }
    const key = words.at(-1)!;
    const path = words.map((word) => fileWord(word)).join(" ");
    this.values.push({ path, from: this.text(key, was), to: this.text(key, is) });
  }

  private text(key: string, value: unknown): string {
    if (typeof value === "number") {
      if (key.endsWith("Minor")) {
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

function isGroup(value: unknown): value is Group {
  return typeof value === "object" && value !== null;
}

/** A member of a list goes by its id; entries without one by their place, from 1. */
function wordOf(group: Group, key: string): string {
  if (!Array.isArray(group)) return key;
  const member = group[Number(key)] as { id?: unknown } | undefined;
  return typeof member?.id === "string" ? member.id : String(Number(key) + 1);
}
