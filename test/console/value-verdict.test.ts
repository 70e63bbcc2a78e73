// A valuation of what was measured, in a real browser: with a verdict of the reader's, and with one
// that the server keeps.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, createClient } from "../../src/client/index.ts";
import { tableVerdict } from "../report-objects.fixture.ts";
import { valueOfVerdict, verdictFixture } from "../value-verdict.fixture.ts";
import {
  CHROMIUM,
  type ConsoleDrill,
  complaintsOf,
  faultsHere,
  NO_CHROMIUM,
  openConsole,
} from "./console.fixture.ts";
import { cell, slider } from "./desk.fixture.ts";

const EXAMPLE = readFileSync(
  resolve(import.meta.dirname, "../../examples/qwen-2026/value.yaml"),
  "utf8",
);
const ASSUMED = [
  "kept: kept",
  "margin: { value: 6, range: [4, 9], source: assumption }",
  "survival: { value: 70 %, range: [60 %, 80 %], source: assumption }",
];
const ROW = "worth less cost after tax";

describe.runIf(CHROMIUM !== undefined)("a valuation of a verdict in a browser", () => {
  let it: ConsoleDrill;
  let client: Client;
  let verdict: string;

  beforeAll(async () => {
    it = await openConsole();
    const { secret } = await it.keys.add({ name: "reports", scope: "admin" }, 1);
    client = createClient({ url: it.server.url, key: secret });
    const report = await tableVerdict("works-and-loses");
    verdict = (await client.report.add({ report })).report!.report;
  }, 120_000);

  afterAll(async () => {
    await client.close();
    await it.close();
  });

  async function choose(page: Page, files: Readonly<Record<string, string>>): Promise<void> {
    const chosen = Object.entries(files).map(([name, text]) => {
      return { name, mimeType: "text/plain", buffer: Buffer.from(text) };
    });
    await page.locator("input[type=file]").setInputFiles(chosen);
  }

  /** Assumptions beside the verdict come after what moves a share most. */
  async function assumption(page: Page, name: string): Promise<Locator> {
    await page.getByText(/^\d+ more$/).click();
    await slider(page, name).waitFor();
    return slider(page, name);
  }

  test("is computed from a value.yaml and a verdict.json, and turned", async () => {
    const page = await it.signedIn("viewer", "/value");
    const complaints = complaintsOf(page);
    await choose(page, {
      "value.yaml": valueOfVerdict(EXAMPLE, "scale: 1000"),
      "verdict.json": JSON.stringify(verdictFixture()),
    });
    await page.getByText(/^4,000 campaigns drawn in/).waitFor();
    const assumed = await cell(page, ROW, 0).textContent();
    await (await assumption(page, "discount, a year")).fill("95");
    await expect.poll(() => cell(page, ROW, 1).textContent()).not.toBe(assumed);
    expect(new URL(page.url()).searchParams.get("set")).toMatch(/^value:from\.discount:0\.1/);
    await page
      .getByText(/verdict\.json: a verdict, evidence A/)
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("takes a verdict that is kept here, and is kept as one of a verdict", async () => {
    const page = await it.signedIn("admin", `/reports/${verdict}`);
    await page.getByRole("link", { name: "Value it" }).click();
    await page.waitForURL(`**/value?verdict=${verdict}`);
    await choose(page, { "value.yaml": valueOfVerdict(EXAMPLE, ...ASSUMED) });
    await assumption(page, "still active a month later");
    await page.getByRole("button", { name: "Keep the valuation here" }).click();
    await page.waitForURL("**/reports/r-*");
    const { reports } = await client.report.list();
    const kept = reports.find(({ kind }) => kind === "valuation")!;
    expect(kept).toMatchObject({ files: ["value.yaml", "verdict.json"] });
    expect(JSON.stringify(kept)).toContain('"verdict"');
    // With what is read of the verdict it opens again, by its own address.
    await page.getByRole("link", { name: "Change its assumptions" }).click();
    await assumption(page, "still active a month later");
    await page.close();
  });

  test("asks for the verdict that did not come along; each choice has an address", async () => {
    const page = await it.signedIn("viewer", "/value");
    await choose(page, { "value.yaml": valueOfVerdict(EXAMPLE, ...ASSUMED) });
    await page.getByRole("heading", { name: "Of which verdict?" }).waitFor();
    await page.getByText("choose verdict.json, as hongbao prove --json writes it").waitFor();
    const faults: string[] = [];
    for (const scheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      for (const width of [1280, 380]) {
        await page.setViewportSize({ width, height: 800 });
        faults.push(...(await faultsHere(page, width)));
      }
    }
    expect(faults).toEqual([]);
    await page.getByRole("listitem").getByRole("button").click();
    await assumption(page, "still active a month later");
    expect(new URL(page.url()).searchParams.get("verdict")).toBe(verdict);
    await page.getByRole("button", { name: "Another valuation" }).click();
    await choose(page, { "value.yaml": valueOfVerdict(EXAMPLE), "verdict.json": "[1]" });
    await page.getByText("verdict.json: expected what `hongbao prove --json` prints").waitFor();
    await page.close();
  });
});

if (CHROMIUM === undefined)
  test("valuations of a verdict in a browser", ({ skip }) => skip(NO_CHROMIUM));
