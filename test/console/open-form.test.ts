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

  test("says what is wrong in the reader's language, in the campaign's zone", async () => {
    const page = await it.signedIn("admin", "/open?by=form");
    await page.getByLabel("Name", { exact: true }).fill("Spring");
    await page.getByLabel("Budget").fill("1000");
    await page.getByRole("combobox", { name: "Time zone" }).fill("Asia/Shanghai");
    await page.getByLabel("First claim").fill("2026-02-06T08:00");
    await page.getByLabel("Last claim").fill("2026-02-20T09:00");
    await page.getByLabel("Last redemption").fill("2026-02-19T00:00");
    await page.getByLabel("Amount").fill("25.00");
    const late =
      /^This must not be before the last claim, 20 Feb 2026, 09:00 \(Asia\/Shanghai\)\.$/;
    await page.getByText(late).first().waitFor();
    await page.getByLabel("Language").selectOption("zh");
    await page
      .getByText("不得早于停止领取的时间 2026年2月20日 09:00（Asia/Shanghai）。")
      .first()
      .waitFor();
    await page.getByLabel("编号").first().fill("Frühling!");
    await page.getByText("只能用小写字母、数字和连字符").first().waitFor();
    expect(await page.locator("main li [lang=en]").count()).toBe(0);
    await page.close();
  });

  test("is checked field by field, written as a file, and opened", async () => {
    const page = await it.signedIn("admin", "/open");
    const complaints = complaintsOf(page);
    await page.getByRole("tab", { name: "By a form" }).click();
    await page.waitForURL(/by=form/);
    await page.getByLabel("Name", { exact: true }).fill(`Spring ${HOSTILE}`);
    const id = page.getByLabel("Id in addresses and journal");
    expect(await id.inputValue()).toMatch(/^spring-script-img/);
    await id.fill("spring");
    await page.getByLabel("Budget").fill("nothing");
    await page.getByText("Not a number such as 1,800.00.").first().waitFor();
    await page.getByLabel("Budget").fill("1000.00");
    await page.getByText("CN¥1,000.00").waitFor();
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

  test("says what is wrong at its field, and leads there", async () => {
    const page = await it.signedIn("admin", "/open?by=form");
    await page.getByLabel("Name", { exact: true }).fill("Spring");
    await page.getByRole("heading", { name: /problem/ }).waitFor();
    const budget = page.getByLabel("Budget");
    // Where nobody has been yet nothing is red; the list knows all the same.
    expect(await budget.getAttribute("aria-invalid")).not.toBe("true");
    await page.getByRole("button", { name: "Budget", exact: true }).click();
    await expect.poll(() => budget.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.press("Tab");
    await expect.poll(() => budget.getAttribute("aria-invalid")).toBe("true");
    await page.getByLabel("Spent within, days").fill("soon");
    await page.getByLabel("Grants a user and day").fill("x");
    await page.getByLabel("Grants a device").fill("0.5");
    await page.getByRole("button", { name: "Another reward" }).click();
    await page.getByRole("button", { name: "Id, reward 2" }).waitFor();
    for (const name of ["Spent within, days", "Grants a user and day", "Grants a device"]) {
      const field = page.getByLabel(name).first();
      await expect.poll(() => field.getAttribute("aria-invalid")).toBe("true");
    }
    expect(
      await page.getByLabel("Grants a user", { exact: true }).getAttribute("aria-invalid"),
    ).not.toBe("true");
    const places = page.getByRole("listitem").getByRole("button");
    expect(await places.first().textContent()).toBe("Budget");
    for (const width of [1280, 380]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await faultsHere(page, width)).toEqual([]);
    }
    await page.close();
  });

  test("takes numbers as German writes them, shows what it understood, never guesses", async () => {
    const page = await it.signedIn("admin", "/open?by=form");
    await page.getByLabel("Language").selectOption("de");
    await page.getByLabel("Name", { exact: true }).fill("Herbst");
    await page.getByLabel("Währung").fill("EUR");
    const budget = page.getByLabel("Budget", { exact: true });
    await budget.fill("1.800");
    await page.getByText("Sind das 1.800,00 oder 1,80?").first().waitFor();
    await page.getByRole("combobox", { name: "Zeitzone" }).fill("Europe/Berlin");
    await page.getByLabel("Erster Anspruch").fill("2026-10-01T08:00");
    await page.getByLabel("Letzter Anspruch").fill("2026-10-20T00:00");
    await page.getByLabel("Letzte Einlösung").fill("2026-11-15T00:00");
    await page.getByLabel("Betrag").fill("18,00");
    await page.getByText(/^18,00\s€$/).waitFor();
    await page.getByRole("heading", { name: "Ein Problem" }).waitFor();
    expect(await page.getByRole("button", { name: "Kampagne eröffnen" }).isDisabled()).toBe(true);
    await budget.fill("1.800,00");
    await page.getByText(/^1\.800,00\s€$/).waitFor();
    await page.getByRole("heading", { name: "Was sie tun wird" }).waitFor();
    expect(await faultsHere(page, 1280)).toEqual([]);
    await page.getByRole("button", { name: "Kampagne eröffnen" }).click();
    await page.getByText(/das Budget von 1\.800,00\s€/).waitFor();
    await page.getByRole("button", { name: "Ja, eröffnen" }).click();
    await page.waitForURL("**/campaigns/herbst");
    await page.close();
  });

  test("fits a phone", async () => {
    const page = await it.signedIn("admin", "/open?by=form");
    await page.setViewportSize({ width: 380, height: 800 });
    await page.getByLabel("First claim").waitFor();
    expect(await faultsHere(page, 380)).toEqual([]);
    await page.close();
  });
});

if (CHROMIUM === undefined) test("a form in a browser", ({ skip }) => skip(NO_CHROMIUM));
