// Charts in a real browser: the letters on the canvas, what the legend hides (with the mouse and
// without one), what the mouse is told of a point, and what is saved.
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClient } from "../../src/client/index.ts";
import { chartColours } from "../../src/report/picture.ts";
import { CAMPAIGN, MINUTE_MS, STARTS_AT_MS } from "../contract/campaign.ts";
import { reportObject } from "../report-objects.fixture.ts";
import { CHROMIUM, type ConsoleDrill, NO_CHROMIUM, openConsole } from "./console.fixture.ts";

const LIVE = `/campaigns/${CAMPAIGN}/live`;
/** As in the chart of the budget. */
const GRANTED = chartColours.series[1];

interface Letters {
  readonly text: string;
  readonly font: string;
  /** In pixels of the canvas. */
  readonly x: number;
  readonly y: number;
}

/** Keeps all that is written on any canvas. */
const SPY = `
  globalThis.written = [];
  const write = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...more) {
    const { e, f } = this.getTransform();
    globalThis.written.push({ text, font: this.font, x: x + e, y: y + f });
    return write.call(this, text, x, y, ...more);
  };`;

/** Pixels of a colour below the legend. */
function pixelsOf(canvas: Locator, colour: string): Promise<number> {
  return canvas.evaluate((element, wanted) => {
    const { width, height } = element as HTMLCanvasElement;
    const context = (element as HTMLCanvasElement).getContext("2d")!;
    const { data } = context.getImageData(0, 40, width, height - 40);
    const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(wanted.slice(at, at + 2), 16));
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (data[i] === r && data[i + 1] === g && data[i + 2] === b) count += 1;
    }
    return count;
  }, colour);
}

describe.runIf(CHROMIUM !== undefined)("charts of the console", () => {
  let it: ConsoleDrill;
  let valuation: string;

  beforeAll(async () => {
    it = await openConsole();
    for (let i = 0; i < 3; i++) {
      it.clock.set(STARTS_AT_MS + i * 10 * MINUTE_MS);
      await it.engine.money("claim", CAMPAIGN, { id: `c${i}`, user: `u${i}`, offer: "card" });
    }
    const { secret } = await it.keys.add({ name: "reports", scope: "admin" }, 1);
    const client = createClient({ url: it.server.url, key: secret });
    const { report } = await client.report.add({ report: await reportObject("valuation") });
    valuation = report!.report;
    await client.close();
  }, 120_000);

  afterAll(async () => {
    await it.close();
  });

  const burnOf = (page: Page): Locator =>
    page.locator("figure").filter({ hasText: "Granted and redeemed in all" });
  const spiedAt = async (address: string): Promise<Page> => {
    const page = await it.signedIn("viewer");
    await page.addInitScript(SPY);
    await page.goto(`${it.server.url}${address}`);
    const charts = address === LIVE ? burnOf(page) : page.locator("figure");
    await charts.locator("canvas").first().waitFor();
    return page;
  };
  const lettersOn = (page: Page): Promise<Letters[]> => page.evaluate("globalThis.written");
  const menuOf = (chart: Locator): Locator =>
    chart.getByRole("button", { name: /What can be done with the chart/ });

  test.each([
    ["lines", () => LIVE, /^Granted$/],
    ["bars and cells that draw themselves", () => `/reports/${valuation}`, /^[+−-]?\d[\d,.]*$/],
  ])("are written in the letters of their page: %s", async (_, address, some) => {
    const page = await spiedAt(address());
    const texts = async (): Promise<string[]> => (await lettersOn(page)).map(({ text }) => text);
    await expect.poll(texts).toContainEqual(expect.stringMatching(some));
    const family = await page.evaluate("getComputedStyle(document.body).fontFamily");
    const fonts = new Set((await lettersOn(page)).map(({ font }) => font));
    for (const font of fonts) expect(font.replace(/^.*?px /, "")).toBe(family);
    await page.close();
  });

  test("hide and show what the legend names: by a click on it", async () => {
    const page = await spiedAt(LIVE);
    const canvas = burnOf(page).locator("canvas");
    await expect.poll(() => pixelsOf(canvas, GRANTED)).toBeGreaterThan(100);
    const { x, y } = (await lettersOn(page)).find(({ text }) => text === "Granted")!;
    await canvas.click({ position: { x: x + 5, y } });
    await expect.poll(() => pixelsOf(canvas, GRANTED)).toBe(0);
    // Control: the others are still there.
    expect(await pixelsOf(canvas, chartColours.series[2])).toBeGreaterThan(10);
    await menuOf(burnOf(page)).click();
    const item = page.getByRole("menuitemcheckbox", { name: "Granted", exact: true });
    expect(await item.getAttribute("aria-checked")).toBe("false");
    await page.close();
  });

  test("hide and show what the legend names: without a mouse, and it stays so", async () => {
    const page = await spiedAt(LIVE);
    const canvas = burnOf(page).locator("canvas");
    await expect.poll(() => pixelsOf(canvas, GRANTED)).toBeGreaterThan(100);
    await menuOf(burnOf(page)).focus();
    await page.keyboard.press("Enter");
    const item = page.getByRole("menuitemcheckbox", { name: "Granted", exact: true });
    await item.waitFor();
    const isThere = (): Promise<boolean> =>
      item.evaluate((element) => element === document.activeElement);
    for (let i = 0; i < 8 && !(await isThere()); i++) await page.keyboard.press("ArrowDown");
    expect(await isThere()).toBe(true);
    await page.keyboard.press("Enter");
    await expect.poll(() => pixelsOf(canvas, GRANTED)).toBe(0);
    // Another light draws it anew.
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(() => pixelsOf(canvas, chartColours.series[2])).toBeGreaterThan(10);
    expect(await pixelsOf(canvas, GRANTED)).toBe(0);
    await page.keyboard.press("Enter");
    await expect.poll(() => pixelsOf(canvas, GRANTED)).toBeGreaterThan(100);
    await page.close();
  });

  test("tell the mouse the values of a place, with their units", async () => {
    const page = await spiedAt(LIVE);
    const canvas = burnOf(page).locator("canvas");
    await canvas.hover({ position: { x: 400, y: 120 } });
    const told = (): Promise<string | null> => burnOf(page).textContent();
    await expect.poll(told).toMatch(/6 Feb 2026, \d\d:\d\d:\d\d\s*Granted\s*CN¥\d+\.\d\d/);
    await page.goto(`${it.server.url}/reports/${valuation}`);
    const chart = page.locator("figure").filter({ hasText: "Margin of the kept users" }).first();
    await chart.locator("canvas").hover({ position: { x: 400, y: 120 } });
    const value = /median of the draws\s*-[\d,.]+ million CNY/;
    await expect.poll(() => chart.textContent()).toMatch(value);
    await page.close();
  });

  test("are saved with instants in UTC and amounts to the fen", async () => {
    const page = await it.signedIn("viewer", LIVE);
    await menuOf(burnOf(page)).click();
    const file = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: /CSV/ }).click();
    const text = await readFile(await (await file).path(), "utf8");
    const [heads, ...rows] = text.replace("\ufeff", "").trimEnd().split("\r\n");
    expect(heads).toBe('Time,"Granted, CNY","Redeemed, CNY","Even burn, CNY"');
    expect(rows.length).toBeGreaterThan(2);
    const amount = String.raw`(\d+(\.\d\d?)?)?`;
    const row = new RegExp(`^2026-02-0[56]T[\\d:.]+Z,${amount},${amount},${amount}$`);
    for (const each of rows) expect(each).toMatch(row);
    await page.close();
  });
});

if (CHROMIUM === undefined) test("charts in a browser", ({ skip }) => skip(NO_CHROMIUM));
