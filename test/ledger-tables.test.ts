// Ledger scenarios that read as a ledger: one file of test/tables each.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseTable, playTable } from "./tables/table.ts";

const FOLDER = join(import.meta.dirname, "tables");
const files = readdirSync(FOLDER).filter((name) => name.endsWith(".txt"));

describe("ledger tables", () => {
  it.each(files)("%s comes out as written", (file) => {
    const { expected, found } = playTable(parseTable(readFileSync(join(FOLDER, file), "utf8")));
    expect(found).toEqual(expected);
    expect(found.length).toBeGreaterThan(3);
  });

  it("control: a table with one wrong figure does not", () => {
    const text = "budget 20\n0 | claim c1 ana | granted 10 | 0 10 0 11\n";
    const { expected, found } = playTable(parseTable(text));
    expect(found).not.toEqual(expected);
  });

  it("refuses a row that is not one", () => {
    expect(() => parseTable("0 | claim c1 ana | granted 10")).toThrow("expected four columns");
    expect(() => parseTable("0 | claim c1 ana | granted 10 | 1 2 3")).toThrow("expected spent");
    expect(() => parseTable("budgets 20")).toThrow("expected a setting");
  });
});
