// The tables that ship are those that their script makes, and teach what they promise.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exampleTables } from "../scripts/example-tables.ts";
import { headline, proveQuick } from "../src/prove/index.ts";

const FOLDER = join(import.meta.dirname, "..", "examples", "tables");
const QUESTION = { arm: "arm", control: "none", outcomes: ["kept", "orders"], user: "user" };

describe("the example tables", () => {
  it("are those of their script", () => {
    for (const [name, text] of exampleTables()) {
      expect(readFileSync(join(FOLDER, name), "utf8")).toBe(text);
    }
  });

  it("show a campaign that works and loses money", async () => {
    const file = join(FOLDER, "works-and-loses.csv");
    const worth = { marginPerUnit: 18, costPerTreated: 4 };
    const verdict = await proveQuick({ ...QUESTION, file, worth });
    expect(headline(verdict)).toMatch(/^Card works and still loses money/);
  });

  it("show arms that do not compare, and an effect that is none", async () => {
    const file = join(FOLDER, "broken-randomisation.csv");
    const verdict = await proveQuick({ ...QUESTION, file });
    expect(headline(verdict)).toMatch(/^Randomisation broken \(sample ratio.*no evidence/);
    expect(verdict.studies[0]!.effects[0]!.absolute!.lower).toBeGreaterThan(0);
  });
});
