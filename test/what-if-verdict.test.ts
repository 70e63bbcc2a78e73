// A valuation of a verdict, turned in a page: the same as the command line finds, its assumptions
// beside the verdict turned too, and kept with what is read of the verdict.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openValue, valuationOfFile } from "../src/cli/value/valuation-of-file.ts";
import { OF_VALUE } from "../src/value/what-if/value-knobs.ts";
import { valueTexts, wantedVerdict } from "../src/value/what-if/value-texts.ts";
import {
  keptValueTexts,
  openValueTexts,
  savedValueTexts,
  ValueWhatIf,
} from "../src/value/what-if/value-what-if.ts";
import { valueOfVerdict, verdictFixture } from "./value-verdict.fixture.ts";

const EXAMPLE = resolve(import.meta.dirname, "../examples/qwen-2026/value.yaml");
const VALUE = valueOfVerdict(readFileSync(EXAMPLE, "utf8"), "scale: 1000");
const FILES = { "value.yaml": VALUE, "verdict.json": JSON.stringify(verdictFixture()) };
const DISCOUNT = `${OF_VALUE}from.discount`;

const folder = mkdtempSync(join(tmpdir(), "hongbao-value-verdict-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a turned valuation of a verdict", () => {
  const texts = valueTexts(FILES);
  const whatIf = new ValueWhatIf(() => "none");
  const quiet = async (): Promise<void> => {};

  test("is what the command line finds", async () => {
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
    const found = await valuationOfFile(await openValue(folder));
    const turned = await whatIf.valuation(texts, {}, quiet);
    expect(turned).toEqual(found);
    expect(turned.campaign).toMatchObject({ source: "verdict", grade: "A" });
  });

  test("has what the file assumes beside the verdict as knobs, and nothing of a plan", async () => {
    const { knobs } = openValueTexts(texts);
    expect(knobs.find(({ id }) => id === DISCOUNT)).toMatchObject({ point: 0.1, unit: "share" });
    expect(knobs.every(({ id }) => id.startsWith(OF_VALUE))).toBe(true);
    const worth = async (turned: Record<string, number>): Promise<number> =>
      (await whatIf.valuation(texts, turned, quiet)).worth.byCashFlow.value.estimate;
    expect(await worth({ [DISCOUNT]: 0.14 })).toBeLessThan(await worth({}));
    const saved = savedValueTexts(texts, { [DISCOUNT]: 0.14 });
    expect(Object.keys(saved)).toEqual(["value.yaml"]);
    expect(saved["value.yaml"]).toContain("set by hand; before: 10 %, range [8 %,14 %]");
  });

  test("is kept with what is read of the verdict, which says the same", async () => {
    const verdict = { ...verdictFixture(), comments: "x".repeat(100_000) };
    const whole = valueTexts({ ...FILES, "verdict.json": JSON.stringify(verdict) });
    const turned = { [DISCOUNT]: 0.12 };
    const kept = keptValueTexts(whole, turned);
    const files = Object.values(kept) as { file: string; text: string }[];
    expect(files.map(({ file }) => file)).toEqual(["value.yaml", "verdict.json"]);
    expect(files[1]!.text.length).toBeLessThan(10_000);
    const again = valueTexts(Object.fromEntries(files.map(({ file, text }) => [file, text])));
    const { worth } = await whatIf.valuation(again, {}, quiet);
    expect(worth).toEqual((await whatIf.valuation(whole, turned, quiet)).worth);
  });

  test("wants its verdict where it did not come along, by whatever name", () => {
    expect(wantedVerdict({ "value.yaml": VALUE })).toBe("verdict.json");
    expect(() => valueTexts({ "value.yaml": VALUE })).toThrow("expected verdict.json among the");
    expect(wantedVerdict(FILES)).toBeNull();
    const renamed = { "value.yaml": VALUE, "verdict (1).json": "{}" };
    expect(wantedVerdict(renamed)).toBeNull();
    const broken = whatIf.valuation(valueTexts(renamed), {}, quiet);
    return expect(broken).rejects.toThrow(/^verdict \(1\)\.json: expected what `hongbao prove/);
  });
});
