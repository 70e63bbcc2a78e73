// The page that values, in a real browser: a valuation is opened with its plan, turned, kept side
// by side, saved.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, createClient } from "../../src/client/index.ts";
import { reportObject } from "../report-objects.fixture.ts";
import {
  CHROMIUM,
  type ConsoleDrill,
  complaintsOf,
  faultsHere,
  NO_CHROMIUM,
  openConsole,
} from "./console.fixture.ts";
import { cell, slider } from "./desk.fixture.ts";

const EXAMPLE = resolve(import.meta.dirname, "../../examples/qwen-2026");
const FILES = ["value.yaml", "plan.yaml", "announced.yaml"].map((name) => `${EXAMPLE}/${name}`);

describe.runIf(CHROMIUM !== undefined)("the page that values", () => {
  let it: ConsoleDrill;
  let client: Client;
  let kept: string;

  beforeAll(async () => {
    it = await openConsole();
    const { secret } = await it.keys.add({ name: "reports", scope: "admin" }, 1);
    client = createClient({ url: it.server.url, key: secret });
    const files = Object.fromEntries(
      FILES.map((file) => [file.split("/").at(-1)!, readFileSync(file, "utf8")]),
    );
    const report = await reportObject("valuation");
    kept = (await client.report.add({ report, files })).report!.report;
  }, 120_000);

  afterAll(async () => {
    await client.close();
    await it.close();
  });

  test("is opened from files; a figure and an assumption of the plan are turned", async () => {
    const page = await it.signedIn("viewer", "/value");
    const complaints = complaintsOf(page);
    await page.locator("input[type=file]").setInputFiles(FILES);
    await page.getByText(/^1,000 campaigns drawn in/).waitFor();
    await page
      .getByRole("figure")
      .filter({ hasText: /bridge|adjusted EBITA/i })
      .first()
      .waitFor();
    const row = "worth less cost after tax";
    const assumed = await cell(page, row, 0).textContent();
    await slider(page, "margin a kept user and month").fill("95");
    await expect.poll(() => cell(page, row, 1).textContent()).not.toBe(assumed);
    const turned = await cell(page, row, 1).textContent();
    await page.getByText("In brackets: where 95% of the draws lie.").waitFor();
    await page.getByText("What is turned counts as certain").waitFor();
    await page.getByText(/^\d+ more$/).click();
    await slider(page, "tax rate").fill("1");
    await expect.poll(() => cell(page, row, 1).textContent()).not.toBe(turned);
    expect(new URL(page.url()).searchParams.get("set")).toMatch(/^margin:[\d.]+,value:tax:0\.2/);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("one that is kept here opens by its address, and is saved as its files", async () => {
    const set = "set=value:tax:0.21,margin:6&kept=value:moves.users.multiple:14";
    const page = await it.signedIn("admin", `/value?from=${kept}&${set}`);
    await page.getByRole("columnheader", { name: "column A" }).waitFor();
    await page.getByText(/: 14\.0 times/).waitFor();
    const downloads: string[] = [];
    page.on("download", async (download) => {
      const saved = await readFile((await download.path())!, "utf8");
      downloads.push(`${download.suggestedFilename()}\n${saved}`);
    });
    await page.getByRole("button", { name: "Save value.yaml" }).click();
    await expect.poll(() => downloads.length).toBe(2);
    const value = downloads.find((each) => each.startsWith("value.yaml"))!;
    expect(value).toMatch(/tax:\n +value: 21 %\n +source: assumption\n/);
    expect(value).toContain("# A sum of the parts in the way that published ones are built");
    expect(downloads.find((each) => each.startsWith("plan.yaml"))).toMatch(/margin:\n +value: 6\n/);
    await page.getByRole("button", { name: "Keep the valuation here" }).click();
    await page.waitForURL("**/reports/r-*");
    await page.getByRole("link", { name: "Change its assumptions" }).click();
    await page.getByText(/^\d+ more$/).click();
    await slider(page, "margin a kept user and month").waitFor();
    await page.close();
  });

  test("what it cannot compute it names", async () => {
    const page = await it.signedIn("viewer", "/value");
    await page.locator("input[type=file]").setInputFiles(FILES.slice(1));
    await page.getByText("expected a value.yaml among the files").waitFor();
    await page.getByRole("button", { name: "Another valuation" }).click();
    const published = readFileSync(FILES[0]!, "utf8").replace(
      "plan: plan.yaml",
      "published: p.yaml",
    );
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "value.yaml", mimeType: "text/yaml", buffer: Buffer.from(published) });
    await page
      .getByText(/expected a valuation of a plan or of a verdict .* hongbao value/)
      .waitFor();
    await page.close();
  });

  test.each(["light", "dark"] as const)("axe finds nothing, %s", async (scheme) => {
    const page = await it.signedIn("admin");
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    const faults: string[] = [];
    for (const width of [1280, 380]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`${it.server.url}/value?from=${kept}&set=margin:6`);
      await page.getByRole("columnheader", { name: "as turned" }).waitFor();
      await page.waitForTimeout(500);
      // What the mouse is over is read, too.
      await page.getByRole("button", { name: "as assumed", exact: true }).hover();
      faults.push(...(await faultsHere(page, width)));
    }
    expect(faults).toEqual([]);
    await page.close();
  });
});

if (CHROMIUM === undefined) test("valuations in a browser", ({ skip }) => skip(NO_CHROMIUM));
