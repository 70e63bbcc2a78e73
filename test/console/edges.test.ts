// What is seen before, between and above the pages: the door, an address that leads nowhere, pages
// with nothing in them yet, the tour's offer, dialogs. And whom the door does not let in.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CAMPAIGN } from "../contract/campaign.ts";
import {
  CHROMIUM,
  type ConsoleDrill,
  faintUnderMouse,
  faultsHere,
  NO_CHROMIUM,
  openConsole,
} from "./console.fixture.ts";

const PLACE = `/campaigns/${CAMPAIGN}`;
const WIDTHS = [1280, 380];

interface Edge {
  readonly name: string;
  readonly at: string;
  /** What leads to it from that address. */
  readonly open: (page: Page, width: number) => Promise<void>;
}

const press = (name: string, then?: string) => async (page: Page) => {
  await page.getByRole("button", { name, exact: true }).first().click();
  await page.getByRole("dialog", then === undefined ? {} : { name: then }).waitFor();
};

const heading = (name: string) => (page: Page) => page.getByRole("heading", { name }).waitFor();

const EDGES: readonly Edge[] = [
  {
    name: "an address that leads nowhere",
    at: `${PLACE}/no/such`,
    open: heading("There is no such page."),
  },
  { name: "Plan without a plan", at: "/plan", open: heading("Plan") },
  { name: "Value without a valuation", at: "/value", open: heading("Value") },
  { name: "Reports without one", at: "/reports", open: heading("Reports") },
  { name: "a campaign without a verdict", at: `${PLACE}/verdict`, open: heading("Verdict") },
  { name: "help", at: "/", open: (page) => press("Help (?)", "Help")(page) },
  { name: "a pause", at: PLACE, open: press("Pause") },
  { name: "an end", at: PLACE, open: press("End claims") },
  { name: "a report to add", at: "/reports", open: press("Add a report") },
  { name: "a key to revoke", at: "/settings/keys", open: press("Revoke") },
  {
    name: "the menu of who is here",
    at: "/",
    open: async (page) => {
      await page.getByRole("button", { name: "the admin" }).click();
      await page.getByRole("menuitem", { name: "Sign out" }).waitFor();
    },
  },
  {
    name: "the menu of pages",
    at: PLACE,
    open: async (page, width) => {
      if (width < 768) await page.getByRole("button", { name: "Menu" }).click();
      await page.getByRole("link", { name: "Suspects" }).waitFor();
    },
  },
];

describe.runIf(CHROMIUM !== undefined)("before and between the pages", () => {
  let it: ConsoleDrill;

  beforeAll(async () => {
    it = await openConsole();
  });

  afterAll(async () => {
    await it.close();
  });

  /** What comes in softly is not all there at once. */
  async function expectNoFaults(page: Page, width: number, name: string): Promise<void> {
    await expect.poll(() => faultsHere(page, width), { message: name, timeout: 8_000 }).toEqual([]);
  }

  const SAID = {
    en: { app: "This key is an app’s", merchant: "This key is a merchant’s" },
    de: { app: "gehört einer App", merchant: "gehört einem Händler" },
    zh: { app: "这是应用的密钥", merchant: "这是商户的密钥" },
  } as const;

  test.each(["app", "merchant"] as const)("the key of a program (%s) is told so", async (scope) => {
    const more = scope === "merchant" ? { merchant: "tea" } : {};
    const { secret } = await it.keys.add({ name: "a program", scope, ...more }, 1);
    for (const language of ["en", "de", "zh"] as const) {
      const page = await it.newPage();
      await page.addInitScript(`localStorage["hongbao.language"] = "${language}"`);
      await page.goto(`${it.server.url}${PLACE}`);
      await page.locator("input[type=password]").fill(secret);
      await page.locator("button[type=submit]").click();
      const told = page.getByRole("alert").filter({ hasText: SAID[language][scope] });
      await told.waitFor();
      expect(await told.textContent()).toMatch(/admin.*viewer/);
      expect(await page.context().cookies()).toEqual([]);
      await page.close();
    }
  });

  test.each(["admin", "viewer"] as const)(
    "(control) the key of one who is %s signs in",
    async (scope) => {
      const page = await it.signedIn(scope, PLACE);
      await page.getByRole("heading", { name: "The contract suite" }).waitFor();
      await page.close();
    },
  );

  describe.each(["light", "dark"] as const)("axe finds nothing, %s", (scheme) => {
    const looks = { colorScheme: scheme, reducedMotion: "reduce" } as const;

    test("in the door, shut and in one's face", async () => {
      const page = await it.newPage();
      await page.emulateMedia(looks);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(it.server.url);
        const field = page.getByLabel("Key", { exact: true });
        await field.waitFor();
        await expectNoFaults(page, width, "the door");
        await field.fill("hb_k-x_yyyyyyyyyyyyyyyyyyyy");
        await page.getByRole("button", { name: "Sign in" }).click();
        await page.getByRole("alert").waitFor();
        await expectNoFaults(page, width, "a key refused");
      }
      await page.close();
    });

    test("in the tour's offer, and on the tour", async () => {
      const page = await it.signedIn("viewer", "/", "first");
      await page.emulateMedia(looks);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        await page.getByRole("button", { name: "No, thank you" }).waitFor();
        await expectNoFaults(page, width, "the offer");
      }
      await page.close();
    });

    test.each(["/", "/settings/keys", "/open"])("under the mouse at %s", async (at) => {
      const page = await it.signedIn("admin");
      await page.emulateMedia(looks);
      await page.goto(`${it.server.url}${at}`);
      await page.getByRole("main").getByRole("button").first().waitFor();
      expect(await faintUnderMouse(page)).toEqual([]);
      await page.close();
    });

    test.each(EDGES)("in $name", async ({ name, at, open }) => {
      const page = await it.signedIn("admin");
      await page.emulateMedia(looks);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(`${it.server.url}${at}`);
        await open(page, width);
        await expectNoFaults(page, width, name);
      }
      await page.close();
    });
  });
});

if (CHROMIUM === undefined) test("before the pages", ({ skip }) => skip(NO_CHROMIUM));
