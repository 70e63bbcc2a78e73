// The journal's reference page speaks of every kind of event, and of every number that is kept.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EVENT_KINDS } from "../src/core/event.ts";

const PAGE = readFileSync(
  new URL("../docs/reference/journal.md", import.meta.url).pathname,
  "utf8",
);
const [BEFORE, KEPT] = PAGE.split("### Kept for later") as [string, string];

/** Every number that some table gives a name: `| 8 | [granted](#…)` or `| 22 | erased |`. */
function named(text: string): [name: string, kind: number][] {
  return [...text.matchAll(/(?<=\| )(\d+) \| \[(\w+)\]\(#/g)].map(([, kind, name]) => {
    return [name!, Number(kind)];
  });
}

describe("the journal's reference", () => {
  it("names every kind of event, once, by its number", () => {
    const found = named(BEFORE);
    expect(Object.fromEntries(found)).toEqual(EVENT_KINDS);
    expect(found.length).toBe(Object.keys(EVENT_KINDS).length);
  });

  it("keeps every other number from 17 to 63", () => {
    const rows = [...KEPT.matchAll(/^\| (\d+)(?:–(\d+))? \| /gm)];
    const kept = rows.flatMap(([, from, to = from]) => {
      const count = Number(to) - Number(from) + 1;
      return Array.from({ length: count }, (_, i) => Number(from) + i);
    });
    const all = [...Object.values(EVENT_KINDS), ...kept].sort((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: 63 }, (_, i) => i + 1));
  });
});
