// Tables, help and the tour in a real browser: sorted, searched, columns put away, all of it in the
// address, saved for a spreadsheet, and quick with a hundred thousand rows.
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { execute } from "../../src/host/index.ts";
import { CAMPAIGN, campaignYaml } from "../contract/campaign.ts";
import {
  CHROMIUM,
  type ConsoleDrill,
  faultsHere,
  NO_CHROMIUM,
  openConsole,
} from "./console.fixture.ts";

const MANY = 100_000;
const FORMULA = '=HYPERLINK("http://example.test","win")';

describe.runIf(CHROMIUM !== undefined)("tables of the console", () => {
  let it: ConsoleDrill;

  beforeAll(async () => {
    it = await openConsole();
    for (const n of [1, 2, 3, 4, 5]) {
      const title = JSON.stringify(n === 3 ? FORMULA : `More ${n}`);
      const yaml = campaignYaml()
        .replace(`campaign: ${CAMPAIGN}`, `campaign: more-${n}`)
        .replace("title: The contract suite", () => `title: ${title}`);
      await execute(it.engine, "campaign.open", { params: {}, query: null, body: { yaml } });
    }
  });

  afterAll(async () => {
    await it.close();
  });

  const names = (page: Page): Promise<string[]> =>
    page.locator("tbody tr td:first-child a").allTextContents();

  test("are sorted by their heads, searched by /, and the address says how", async () => {
    const page = await it.signedIn("viewer");
    expect(await names(page)).toHaveLength(6);
    await page.getByRole("button", { name: "Campaign", exact: true }).click();
    await page.waitForURL(/campaigns\.sort=campaigns\.name/);
    const ascending = await names(page);
    await page.getByRole("button", { name: "Campaign", exact: true }).click();
    await page.waitForURL(/campaigns\.sort=-campaigns\.name/);
    expect(await names(page)).toEqual(ascending.toReversed());
    await page.keyboard.press("/");
    await page.keyboard.type("MORE 2");
    await page.getByText("1 of 6").waitFor();
    await page.waitForURL(/campaigns\.seek=MORE\+2/);
    await page.reload();
    await page.getByText("1 of 6").waitFor();
    expect(await names(page)).toEqual(["More 2"]);
    await page.getByLabel("Filter: Campaigns").fill("nothing like it");
    await page.getByText("Nothing here fits").waitFor();
    await page.getByLabel("Filter: Campaigns").press("Escape");
    await page.getByText("6 of 6").waitFor();
    await page.close();
  });

  test("columns are put away, but never the one that names the row", async () => {
    const page = await it.signedIn("viewer");
    await page.getByRole("button", { name: "Columns: Campaigns" }).click();
    const kept = page.getByRole("menuitemcheckbox");
    expect(await kept.allTextContents()).not.toContain("Campaign");
    await page.getByRole("menuitemcheckbox", { name: "Phase" }).click();
    await page.waitForURL(/campaigns\.hide=campaigns\.phase/);
    expect(await page.getByRole("columnheader", { name: "Phase" }).count()).toBe(0);
    await page.close();
  });

  test("are saved for a spreadsheet, where no title becomes a formula", async () => {
    const page = await it.signedIn("viewer");
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save the numbers" }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toBe("campaigns.csv");
    const text = await readFile(await download.path(), "utf8");
    expect(text.startsWith("\ufeffCampaign,Phase,Claims until,Free,Currency,")).toBe(true);
    // Instants as people read them, amounts with what they are of.
    expect(text).toMatch(/,open,\d{4}-\d\d-\d\dT[\d:.]+Z,1000,CNY,/);
    expect(text).toContain("\"'=HYPERLINK");
    expect(text.trimEnd().split("\r\n")).toHaveLength(7);
    await page.close();
  });

  test("are searched by the words that they show, in the reader's language", async () => {
    const page = await it.signedIn("viewer");
    await page.getByLabel("Language").selectOption("de");
    await page.getByLabel("Filtern: Kampagnen").fill("more offen");
    await page.getByText("5 von 6").waitFor();
    await page.getByLabel("Sprache").selectOption("en");
    await page.close();
  });

  test("the keyboard's first stop skips the menu; the tab says page and campaign", async () => {
    const page = await it.signedIn("viewer", `/campaigns/${CAMPAIGN}/grants`);
    await page.getByRole("heading", { name: "Grants" }).waitFor();
    expect(await page.title()).toBe(`Grants · ${CAMPAIGN} · hongbao`);
    await page.reload();
    await page.getByRole("heading", { name: "Grants" }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("content");
    await page.keyboard.press("/");
    await page.keyboard.type("g-1");
    expect(await page.getByLabel("Grant id").inputValue()).toBe("g-1");
    await page.close();
  });

  test("hold a hundred thousand rows, of which only those in sight are in the page", async () => {
    const page = await it.newPage();
    page.setDefaultTimeout(60_000);
    let isFirst = true;
    await page.route("**/v1/campaigns", async (route) => {
      // Asked again every two seconds: once is enough of so much.
      if (!isFirst) return;
      isFirst = false;
      const answer = await (await route.fetch()).json();
      const one = answer.campaigns[0];
      const campaigns = Array.from({ length: MANY }, (_, n) => {
        return { ...one, campaign: `c-${n}`, title: `T ${n}` };
      });
      await route.fulfill({ json: { ...answer, campaigns } });
    });
    const { secret } = await it.keys.add({ name: "many", scope: "viewer" }, 1);
    await page.goto(it.server.url);
    await page.getByLabel("Key", { exact: true }).fill(secret);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("100,000 of 100,000").waitFor();
    expect(await page.locator("tbody tr").count()).toBeLessThan(60);
    const rows = page.locator("table");
    expect(await rows.getAttribute("aria-rowcount")).toBe(String(MANY + 1));
    await page.locator(".rows").evaluate((frame) => frame.scrollTo(0, frame.scrollHeight));
    await page.getByRole("link", { name: `T ${MANY - 1}`, exact: true }).waitFor();
    await page.getByLabel("Filter: Campaigns").fill("t 77777");
    await page.getByText("1 of 100,000").waitFor();
    // Paper gets what the screen has out of sight, and says what it does not get.
    await page.evaluate(`addEventListener("beforeprint", () => {
      globalThis.printed = document.querySelectorAll("tbody tr").length;
    })`);
    await page.getByLabel("Filter: Campaigns").fill("c-77");
    await page.getByText("1,111 of 100,000").waitFor();
    await page.pdf();
    expect(await page.evaluate("printed")).toBe(1111);
    await page.getByLabel("Filter: Campaigns").fill("");
    const left = page.getByText("95,000 of 100,000 rows are left out on paper");
    await left.waitFor({ state: "attached" });
    expect(await left.isVisible()).toBe(false);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.evaluate("printed")).toBe(5000);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    await expect.poll(() => page.locator("tbody tr").count()).toBeLessThan(60);
    await page.emulateMedia({ media: "print" });
    expect(await left.isVisible()).toBe(true);
    await page.close();
  }, 180_000);

  test("a first visit is offered a tour of what stands where; ? helps anywhere", async () => {
    const page = await it.signedIn("viewer", "/", "first");
    await page.getByRole("button", { name: "Show me" }).click();
    const card = page.getByRole("dialog");
    await card.getByText("What is running").waitFor();
    expect(await faultsHere(page, 1280)).toEqual([]);
    for (const title of ["Where to go", "Your language, your light", "Who you are here", "Help"]) {
      await card.getByRole("button", { name: "Next" }).click();
      await card.getByText(title, { exact: true }).waitFor();
    }
    await page.keyboard.press("Escape");
    await page.reload();
    await page.getByRole("heading", { name: "Campaigns" }).waitFor();
    expect(await page.getByRole("button", { name: "Show me" }).count()).toBe(0);
    await page.keyboard.press("Shift+?");
    await page.getByText(/^To the page.s search or filter; else/).waitFor();
    expect(await faultsHere(page, 1280)).toEqual([]);
    await page.getByRole("button", { name: "Take the tour" }).click();
    await card.getByText("What is running").waitFor();
    await page.close();
  });

  test("a campaign's own pages stand beside the others, the one that is shown marked", async () => {
    const page = await it.signedIn("viewer", `/campaigns/${CAMPAIGN}`);
    const pages = page.getByRole("navigation");
    expect(await pages.locator("[aria-current=page]").textContent()).toBe("Overview");
    await pages.getByRole("link", { name: "Grants" }).click();
    await page.waitForURL(/\/grants$/);
    expect(await pages.locator("[aria-current=page]").textContent()).toBe("Grants");
    await page.close();
  });
});

if (CHROMIUM === undefined) test("tables in a browser", ({ skip }) => skip(NO_CHROMIUM));
