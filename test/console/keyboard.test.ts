// The console without a mouse: signing in, walking through pages, a dialog and back; and always a
// ring around where one is.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CAMPAIGN } from "../contract/campaign.ts";
import { CHROMIUM, type ConsoleDrill, NO_CHROMIUM, openConsole } from "./console.fixture.ts";

const OF = `/campaigns/${CAMPAIGN}`;
const PLACES = [
  "/",
  "/open?by=form",
  ...["", "/live", "/grants", "/suspects", "/revise", "/versions"].map((page) => `${OF}${page}`),
  ...["/reports", "/plan", "/value", "/settings", "/settings/keys", "/settings/webhooks"],
];
const MOST_STOPS = 120;

interface Stop {
  readonly text: string;
  readonly hasRing: boolean;
}

/** What the next press of Tab leads to; null: out of the page. */
async function next(page: Page): Promise<Stop | null> {
  await page.keyboard.press("Tab");
  return page.evaluate(() => {
    const at = document.activeElement;
    if (at === null || at === document.body) return null;
    const name = at.getAttribute("aria-label") ?? at.textContent ?? "";
    // A button of a group is its label: its own circle is not seen.
    const drawn = at instanceof HTMLInputElement && at.type === "radio" ? [...at.labels!] : [at];
    // Of a field with chosen words in it the whole has it.
    const field = at.closest(".mantine-MultiSelect-input, .mantine-TagsInput-input");
    if (field !== null) drawn.push(field as HTMLElement);
    const hasRing = drawn.some((one) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1;
    });
    return { text: (name || at.outerHTML).trim().slice(0, 160), hasRing };
  });
}

describe.runIf(CHROMIUM !== undefined)("without a mouse", () => {
  let it: ConsoleDrill;

  beforeAll(async () => {
    it = await openConsole();
  });

  afterAll(async () => {
    await it.close();
  });

  test("one signs in, and walks through each page and out of it, with a ring", async () => {
    const { secret } = await it.keys.add({ name: "no mouse", scope: "admin" }, 1);
    const page = await it.newPage();
    await page.goto(`${it.server.url}${OF}`);
    const field = page.getByLabel("Key", { exact: true });
    await field.waitFor();
    for (let stop = 0; stop < 8; stop++) {
      if (await field.evaluate((one) => one === document.activeElement)) break;
      expect(await next(page)).toMatchObject({ hasRing: true });
    }
    await page.keyboard.type(secret);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "The contract suite" }).waitFor();
    for (const place of PLACES) {
      await page.goto(`${it.server.url}${place}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      const stops: Stop[] = [];
      let stop = await next(page);
      expect(stop?.text).toBe("Skip to content");
      while (stop !== null && stops.length < MOST_STOPS) {
        stops.push(stop);
        stop = await next(page);
        if (stop?.text === "Skip to content") break;
      }
      expect(stops.length).toBeLessThan(MOST_STOPS);
      const ringless = stops.filter(({ hasRing }) => !hasRing).map(({ text }) => text);
      expect({ place, ringless }).toEqual({ place, ringless: [] });
      expect(stops.map(({ text }) => text)).toContain("Campaigns");
    }
    await page.close();
  });

  test("a dialog keeps the focus while it is open, and gives it back", async () => {
    const page = await it.signedIn("admin", OF);
    const pause = page.getByRole("button", { name: "Pause" });
    await pause.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    const isInside = () =>
      dialog.evaluate((element) => element.contains(document.activeElement) as boolean);
    await expect.poll(isInside).toBe(true);
    for (let stop = 0; stop < 8; stop++) {
      await page.keyboard.press("Tab");
      expect(await isInside()).toBe(true);
    }
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => pause.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.close();
  });
});

if (CHROMIUM === undefined) test("the console without a mouse", ({ skip }) => skip(NO_CHROMIUM));
