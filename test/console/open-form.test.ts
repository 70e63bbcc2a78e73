// A campaign that somebody fills in, from the first field to the open campaign.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  CHROMIUM,
  type ConsoleDrill,
  complaintsOf,
  faultsHere,
  HOSTILE,
  NO_CHROMIUM,
  openConsole,
} from "./console.fixture.ts";

describe.runIf(CHROMIUM !== undefined)("a campaign by its form", () => {
  let it: ConsoleDrill;

  beforeAll(async () => {
    it = await openConsole();
  });

  afterAll(async () => {
    await it.close();
  });

  test("is checked field by field, written as a file, and opened", async () => {
    const page = await it.signedIn("admin", "/campaigns/open");
    const complaints = complaintsOf(page);
    await page.getByRole("tab", { name: "By a form" }).click();
    await page.waitForURL(/by=form/);
    await page.getByLabel("Name", { exact: true }).fill(`Spring ${HOSTILE}`);
    const id = page.getByLabel("Id in addresses and journal");
    expect(await id.inputValue()).toMatch(/^spring-script-img/);
    await id.fill("spring");
    await page.getByLabel("Budget").fill("12,5");
    await page
      .getByText(/an amount such as 25.00/)
      .first()
      .waitFor();
    await page.getByLabel("Budget").fill("1000.00");
    await page.getByRole("combobox", { name: "Time zone" }).fill("Asia/Shanghai");
    await page.getByLabel("First claim").fill("2026-02-06T08:00");
    await page.getByLabel("Last claim").fill("2026-02-20T00:00");
    await page.getByLabel("Last redemption").fill("2026-03-01T00:00");
    await page.getByLabel("Amount").fill("25.00");
    await page.getByRole("button", { name: "Another reward" }).click();
    await page.getByRole("heading", { name: /problem/ }).waitFor();
    await page.getByRole("button", { name: "Remove the reward 2" }).click();
    await page.getByRole("heading", { name: "What it will do" }).waitFor();
    expect(await faultsHere(page, 1280)).toEqual([]);
    await page.getByRole("button", { name: "Open the campaign" }).click();
    await page.getByText("the budget of CN¥1,000.00").waitFor();
    await page.getByText("who is held out: 10 % of all users").waitFor();
    await page.getByRole("button", { name: "Yes, open it" }).click();
    await page.waitForURL("**/campaigns/spring");
    await page.getByRole("heading", { name: `Spring ${HOSTILE}` }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("fits a phone", async () => {
    const page = await it.signedIn("admin", "/campaigns/open?by=form");
    await page.setViewportSize({ width: 380, height: 800 });
    await page.getByLabel("First claim").waitFor();
    expect(await faultsHere(page, 380)).toEqual([]);
    await page.close();
  });
});

if (CHROMIUM === undefined) test("a form in a browser", ({ skip }) => skip(NO_CHROMIUM));
