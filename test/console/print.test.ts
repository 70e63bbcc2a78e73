// Paper: ink on white, whatever the theme of the screen is, charts and badges too.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClient } from "../../src/client/index.ts";
import { CAMPAIGN } from "../contract/campaign.ts";
import { reportObject } from "../report-objects.fixture.ts";
import { CHROMIUM, type ConsoleDrill, NO_CHROMIUM, openConsole } from "./console.fixture.ts";

/** On paper a badge may have a ground of its own; nothing else has one that is dark. */
const FAULTS = `(() => {
  const channels = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (text) => {
    const [r, g, b] = channels(text).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const ground = getComputedStyle(at).backgroundColor;
      if ((channels(ground)[3] ?? 1) > 0.5) return ground;
    }
    return "rgb(255, 255, 255)";
  };
  const faults = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const text = texts.currentNode.data.trim();
    if (text === "" || !element.checkVisibility({ visibilityProperty: true })) continue;
    const ground = groundOf(element);
    const ends = [light(getComputedStyle(element).color), light(ground)];
    const contrast = (Math.max(...ends) + 0.05) / (Math.min(...ends) + 0.05);
    if (contrast < 4.5) faults.push(text + ": contrast " + contrast.toFixed(2));
    if (light(ground) < 0.5 && element.closest(".mantine-Badge-root") === null) {
      faults.push(text + ": on " + ground);
    }
  }
  for (const canvas of document.querySelectorAll("canvas")) {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let dark = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] < 200) continue;
      const ends = [data[i], data[i + 1], data[i + 2]];
      if (Math.max(...ends) - Math.min(...ends) <= 8 && ends[0] < 60) dark += 1;
    }
    if (dark < 100) faults.push("a chart whose letters are not dark");
  }
  return faults;
})()`;

describe.runIf(CHROMIUM !== undefined)("on paper", () => {
  let it: ConsoleDrill;
  let valuation: string;

  beforeAll(async () => {
    it = await openConsole();
    await it.engine.money("claim", CAMPAIGN, { id: "c", user: "ann", offer: "card" });
    const { secret } = await it.keys.add({ name: "reports", scope: "admin" }, 1);
    const client = createClient({ url: it.server.url, key: secret });
    valuation = (await client.report.add({ report: await reportObject("valuation") })).report!
      .report;
    await client.close();
  }, 120_000);

  afterAll(async () => {
    await it.close();
  });

  const faultsOf = (page: Page): Promise<string[]> => page.evaluate(FAULTS);
  const schemeOf = (page: Page): Promise<string> =>
    page.evaluate("document.documentElement.dataset.mantineColorScheme");

  test.each([
    ["Campaigns", () => "/"],
    ["a campaign", () => `/campaigns/${CAMPAIGN}`],
    ["Live", () => `/campaigns/${CAMPAIGN}/live`],
    ["a report", () => `/reports/${valuation}`],
  ])("is ink on white from both themes: %s", async (_, address) => {
    const page = await it.signedIn("admin");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, media: "screen" });
      await page.goto(`${it.server.url}${address()}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      if (/live|reports/.test(page.url())) await page.locator("figure canvas").first().waitFor();
      await expect.poll(() => schemeOf(page)).toBe(colorScheme);
      // Control: on a dark screen the same looks find dark grounds.
      if (colorScheme === "dark") expect(await faultsOf(page)).not.toEqual([]);
      await page.emulateMedia({ colorScheme, media: "print" });
      await expect.poll(() => faultsOf(page)).toEqual([]);
    }
    await page.close();
  });

  test("is laid out after everything became so, and the screen is then as it was", async () => {
    const page = await it.signedIn("admin");
    await page.emulateMedia({ colorScheme: "dark" });
    await page.goto(`${it.server.url}/campaigns/${CAMPAIGN}/live`);
    await page.locator("figure canvas").first().waitFor();
    // The last to hear of it sees what the paper gets.
    await page.evaluate(`addEventListener("beforeprint", () => { globalThis.found = ${FAULTS}; })`);
    await page.pdf();
    expect(await page.evaluate("globalThis.found")).toEqual([]);
    await expect.poll(() => schemeOf(page)).toBe("dark");
    const stored = await page.evaluate("localStorage['mantine-color-scheme-value'] ?? null");
    expect(stored).toBe(null);
    await page.close();
  });
});

if (CHROMIUM === undefined) test("paper in a browser", ({ skip }) => skip(NO_CHROMIUM));
