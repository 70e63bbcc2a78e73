// Money of no and of three decimals, from the form in which it is typed to the file for a
// spreadsheet: never an amount with more or fewer places than the currency has.
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { execute } from "../../src/host/index.ts";
import { CAMPAIGN, campaignYaml, MINUTE_MS, STARTS_AT_MS } from "../contract/campaign.ts";
import { CHROMIUM, type ConsoleDrill, NO_CHROMIUM, openConsole } from "./console.fixture.ts";

interface Coin {
  readonly currency: string;
  /** As a file writes them: the budget, a card, a merchant's cap, an envelope's two amounts. */
  readonly budget: string;
  readonly card: string;
  readonly cap: string;
  readonly envelope: readonly [string, string];
  /** As the console writes them. */
  readonly shown: { readonly budget: string; readonly card: string; readonly free: string };
  /** As a spreadsheet gets what was granted. */
  readonly saved: string;
  /** A fraction of the minor unit, and what the form says of it. */
  readonly tooFine: string;
}

const COINS: readonly Coin[] = [
  {
    ...{ currency: "JPY", budget: "1000000", card: "2505", cap: "40000", envelope: ["1", "2"] },
    shown: { budget: "JP¥1,000,000", card: "JP¥2,505", free: "JP¥997,495" },
    ...{ saved: "2505", tooFine: "2505.5" },
  },
  {
    ...{ currency: "KWD", budget: "1000.000", card: "2.505", cap: "40.000" },
    envelope: ["0.001", "0.002"],
    shown: { budget: "KWD\u00a01,000.000", card: "KWD\u00a02.505", free: "KWD\u00a0997.495" },
    ...{ saved: "2.505", tooFine: "2.5055" },
  },
];

function yamlOf({ currency, budget, card, cap, envelope: [one, two] }: Coin): string {
  return campaignYaml()
    .replace(`campaign: ${CAMPAIGN}`, `campaign: ${currency.toLowerCase()}`)
    .replace("title: The contract suite", `title: In ${currency}`)
    .replace("currency: CNY", `currency: ${currency}`)
    .replace("budget: 1000.00", `budget: ${budget}`)
    .replaceAll("fixed: 25.00", `fixed: ${card}`)
    .replace("fixed: 10.00", `fixed: ${card}`)
    .replace("amount: 1.00", `amount: ${one}`)
    .replace("amount: 2.00", `amount: ${two}`)
    .replace("limit: 40.00", `limit: ${cap}`);
}

/** Every amount of that currency that the page shows. */
async function amountsOn(page: Page, currency: string): Promise<string[]> {
  const [shown = ""] = await page.locator("#content").allInnerTexts();
  const text = shown.replaceAll("\u00a0", " ");
  const sign = currency === "JPY" ? "JP¥" : "KWD ";
  return text.match(new RegExp(`${sign}[\\d,.]*\\d`, "g")) ?? [];
}

const WELL: Readonly<Record<string, RegExp>> = {
  JPY: /^JP¥\d{1,3}(,\d{3})*$/,
  KWD: /^KWD \d{1,3}(,\d{3})*\.\d{3}$/,
};

describe.runIf(CHROMIUM !== undefined)("money of other decimals", () => {
  let it: ConsoleDrill;
  const grants: Record<string, string> = {};

  beforeAll(async () => {
    it = await openConsole();
    for (const coin of COINS) {
      const yaml = yamlOf(coin);
      await execute(it.engine, "campaign.open", { params: {}, query: null, body: { yaml } });
      const campaign = coin.currency.toLowerCase();
      const claim = { id: "c", user: "ann", offer: "card" };
      grants[coin.currency] = (await it.engine.money("claim", campaign, claim)).grant!;
    }
    it.clock.set(STARTS_AT_MS + 10 * MINUTE_MS);
  });

  afterAll(async () => {
    await it.close();
  });

  const savedBy = async (page: Page, save: () => Promise<void>): Promise<string> => {
    const file = page.waitForEvent("download");
    await save();
    return readFile(await (await file).path(), "utf8");
  };

  test.each(COINS)("$currency on every page that shows some", async (coin) => {
    const { currency, shown } = coin;
    const own = `/campaigns/${currency.toLowerCase()}`;
    const page = await it.signedIn("admin", own);
    await page.getByText(`${shown.free} free`).waitFor();
    for (const place of [own, `${own}/live`, `${own}/grants/${grants[currency]}`, "/"]) {
      await page.goto(`${it.server.url}${place}`);
      await page
        .getByText(place.includes("grants") ? shown.card : shown.free)
        .first()
        .waitFor();
      const amounts = await amountsOn(page, currency);
      expect(amounts.length).toBeGreaterThan(0);
      for (const amount of amounts) expect(amount).toMatch(WELL[currency]!);
    }
    await page.goto(`${it.server.url}${own}/grants`);
    await page.getByLabel("User id").fill("ann");
    await page.getByRole("button", { name: "Find" }).first().click();
    await page.getByRole("row").getByText(shown.card).first().waitFor();
    await page.close();
  });

  test.each(COINS)("$currency in files for a spreadsheet", async ({ currency, saved }) => {
    const own = `/campaigns/${currency.toLowerCase()}`;
    const page = await it.signedIn("viewer", `${own}/live`);
    const chart = page.locator("figure").filter({ hasText: "Granted and redeemed in all" });
    await chart.locator("canvas").waitFor();
    await chart.getByRole("button", { name: /What can be done with the chart/ }).click();
    const item = page.getByRole("menuitem", { name: /CSV/ });
    const [heads, ...rows] = (await savedBy(page, () => item.click())).trimEnd().split("\r\n");
    expect(heads).toContain(`"Granted, ${currency}"`);
    expect(rows.map((row) => row.split(",")[1])).toContain(saved);
    await chart.getByRole("button", { name: /What can be done with the chart/ }).click();
    await page.getByRole("menuitem", { name: "Show the numbers" }).click();
    const places = currency === "JPY" ? /^[\d,]+$/ : /^[\d,]+\.\d{3}$/;
    const cells = await chart.locator("tbody td:nth-child(2)").allTextContents();
    const amounts = cells.filter((text) => text !== "");
    expect(amounts.length).toBeGreaterThan(0);
    for (const amount of amounts) expect(amount).toMatch(places);
    await page.close();
  });

  test.each(COINS)("$currency in the form, to the minor unit and no finer", async (coin) => {
    const { currency, budget, card, shown, tooFine } = coin;
    const page = await it.signedIn("admin", "/open?by=form");
    await page.getByLabel("Name", { exact: true }).fill(`Spring ${currency}`);
    await page.getByLabel("Currency").fill(currency);
    await page.getByLabel("Budget").fill(budget);
    await page.getByRole("combobox", { name: "Time zone" }).fill("Asia/Shanghai");
    await page.getByLabel("First claim").fill("2026-02-06T08:00");
    await page.getByLabel("Last claim").fill("2026-02-20T00:00");
    await page.getByLabel("Last redemption").fill("2026-03-01T00:00");
    await page.getByLabel("Amount").fill(tooFine);
    await page
      .getByText(/An amount with(out| at most 3) decimals/)
      .first()
      .waitFor();
    await page.getByLabel("Amount").fill(card);
    await page.getByRole("heading", { name: "What it will do" }).waitFor();
    await page.getByRole("button", { name: "Open the campaign" }).click();
    await page.getByText(`the budget of ${shown.budget}`).waitFor();
    await page.getByRole("button", { name: "Yes, open it" }).click();
    await page.waitForURL(`**/campaigns/spring-${currency.toLowerCase()}`);
    await page.getByText(`${shown.budget} free`).waitFor();
    await page.close();
  });
});

if (CHROMIUM === undefined) test("money in a browser", ({ skip }) => skip(NO_CHROMIUM));
