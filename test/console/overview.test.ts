// What a campaign offers, what its waves have left and what is on a phone, in a real browser.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { execute } from "../../src/host/index.ts";
import { CAMPAIGN, campaignYaml, DAY_MS, STARTS_AT_MS } from "../contract/campaign.ts";
import {
  CHROMIUM,
  type ConsoleDrill,
  faultsHere,
  NO_CHROMIUM,
  openConsole,
} from "./console.fixture.ts";

const PHONE = 380;

/** The suite's campaign under another id, with that much in its two waves. */
function inWaves(id: string, first: string, second: string): string {
  return named(id)
    .replace("2026-02-13T00:00:00+08:00 }", `2026-02-13T00:00:00+08:00, budget: ${first} }`)
    .replace("2026-02-20T00:00:00+08:00 }", `2026-02-20T00:00:00+08:00, budget: ${second} }`);
}

function named(id: string): string {
  return campaignYaml().replace(`campaign: ${CAMPAIGN}`, `campaign: ${id}`);
}

function withoutWaves(id: string): string {
  return named(id)
    .replace(/waves:\n(.*\n){2}/, "")
    .replaceAll(/, wave: \w+/g, "")
    .replaceAll(/ {4}wave: \w+\n/g, "");
}

describe.runIf(CHROMIUM !== undefined)("what is seen of a campaign", () => {
  let it: ConsoleDrill;
  const open = async (yaml: string): Promise<void> => {
    await execute(it.engine, "campaign.open", { params: {}, query: null, body: { yaml } });
  };
  const grant = async (campaign: string, count: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      const claim = { id: `c${i}`, user: `u${i}`, offer: "card" };
      expect((await it.engine.money("claim", campaign, claim)).status).toBe("granted");
    }
  };
  const cellsOf = (page: Page, table: string, row: RegExp): Promise<string[]> =>
    page
      .getByRole("region", { name: table })
      .getByRole("row", { name: row })
      .getByRole("cell")
      .allTextContents();

  beforeAll(async () => {
    it = await openConsole();
    await open(inWaves("waves", "50.00", "950.00"));
    await open(withoutWaves("whole"));
    await grant(CAMPAIGN, 1);
    await grant("waves", 2);
  });

  afterAll(async () => {
    await it.close();
  });

  test("its offers: what, on average, in which wave, until when", async () => {
    const page = await it.signedIn("viewer", `/campaigns/${CAMPAIGN}`);
    await page.getByRole("heading", { name: "Offers" }).waitFor();
    await page.getByRole("row", { name: /An envelope/ }).waitFor();
    expect(await cellsOf(page, "Offers", /An envelope/)).toEqual([
      ...["An envelope envelope", "CN¥1.00 to CN¥2.00 by luck", "CN¥1.50", "first"],
      ...["13 Feb 2026, 00:00", "2 days after the grant", "–"],
    ]);
    expect((await cellsOf(page, "Offers", /Later/))[1]).toBe("CN¥25.00");
    await page.getByText("Claims of held-out users").waitFor();
    await page.getByLabel("Language").selectOption("de");
    await page.getByText("1,00 CN¥ bis 2,00 CN¥ nach Glück").waitFor();
    await page.getByLabel("Sprache").selectOption("zh");
    await page.getByText("随机 ¥1.00 至 ¥2.00").waitFor();
    await page.close();
  });

  test("offers are chosen from a list among suspects, and stand in the address", async () => {
    const page = await it.signedIn("viewer", `/campaigns/${CAMPAIGN}/suspects`);
    const offer = page.getByLabel("Offer");
    await offer.locator("option[value=envelope]").waitFor({ state: "attached" });
    await offer.selectOption("card");
    await page.getByRole("button", { name: "Find" }).click();
    await page.waitForURL(/suspects\?offer=card$/);
    await page.reload();
    await page.getByRole("heading", { name: "One grant of CN¥25.00" }).waitFor();
    expect(await offer.inputValue()).toBe("card");
    await page.close();
  });

  test("a wave that is used up is said, and the plan is that of the waves", async () => {
    const page = await it.signedIn("viewer", "/campaigns/waves");
    const dry = "the wave first is used up: nobody gets anything until second begins, 13 Feb 2026";
    await page.getByText(dry).waitFor();
    await page.goto(`${it.server.url}/campaigns/waves/live`);
    await page.getByText(dry).waitFor();
    // A third of the first day of seven in which CN¥50.00 are meant to go: CN¥2.38.
    await page.getByText("CN¥50.00 granted so far, 2,100% of the CN¥2.38 of the plan").waitFor();
    await page.close();
  });

  test("why nobody can say until when the money lasts; no table of no waves", async () => {
    const page = await it.signedIn("viewer", `/campaigns/${CAMPAIGN}`);
    await page.getByText("Until when the money lasts cannot be told yet").waitFor();
    expect(await page.getByRole("heading", { name: "Waves" }).count()).toBe(1);
    await page.goto(`${it.server.url}/campaigns/${CAMPAIGN}/live`);
    await page.getByText("Until when the money lasts cannot be told yet").waitFor();
    await page.goto(`${it.server.url}/campaigns/whole`);
    await page.getByRole("heading", { name: "Offers" }).waitFor();
    expect(await page.getByRole("heading", { name: "Waves" }).count()).toBe(0);
    await page.close();
  });

  test("amounts are sorted within their currency", async () => {
    const yen = named("yen")
      .replace("CNY", "JPY")
      .replace("budget: 1000.00", "budget: 3000")
      .replaceAll(/(fixed|amount|limit): (\d+)\.00/g, "$1: $2");
    await open(yen);
    await open(named("large").replace("budget: 1000.00", "budget: 9000.00"));
    const page = await it.signedIn("viewer", "/?campaigns.sort=-campaigns.left");
    await page.getByRole("link", { name: "The contract suite" }).first().waitFor();
    const free = page.getByRole("region", { name: "Campaigns" }).locator("tbody td:nth-child(4)");
    const shown = await free.allTextContents();
    expect(shown.slice(0, 2)).toEqual(["JP¥3,000", "CN¥9,000.00"]);
    expect(shown.slice(2).every((text) => text.startsWith("CN¥"))).toBe(true);
    await page.close();
  });

  test("a phone shows what is left, and what can be done with a key", async () => {
    const page = await it.signedIn("admin");
    await page.setViewportSize({ width: PHONE, height: 800 });
    const row = page.getByRole("row", { name: /waves/ });
    const free = row.getByText("CN¥950.00").first();
    const boxOf = async (of: typeof free) => (await of.boundingBox())!;
    const isInSight = async (of: typeof free): Promise<boolean> => {
      await of.waitFor();
      const { x, width } = await boxOf(of);
      return x >= 0 && x + width <= PHONE;
    };
    expect(await isInSight(free)).toBe(true);
    expect(await isInSight(row.getByRole("img").first())).toBe(true);
    expect(await faultsHere(page, PHONE)).toEqual([]);
    await page.goto(`${it.server.url}/settings/keys`);
    const revoke = page.getByRole("button", { name: "Revoke" });
    expect(await isInSight(revoke.first())).toBe(true);
    expect(await faultsHere(page, PHONE)).toEqual([]);
    await page.close();
  });

  test("of a closed one Live says what it was in all, and leaves out what is empty", async () => {
    const done = await it.engine.money("claim", "whole", { id: "c", user: "u", offer: "card" });
    await it.engine.money("redeem", "whole", { id: "r", grant: done.grant! });
    it.clock.set(STARTS_AT_MS + 30 * DAY_MS);
    const asked = { params: { campaign: "whole" }, query: null, body: {} };
    expect((await execute(it.engine, "campaign.close", asked)).status).toBe("ok");
    const page = await it.signedIn("viewer", "/campaigns/whole/live");
    await page.getByText("nothing is asked any more").waitFor();
    const sentence = "CN¥25.00 was granted in all, 2.5% of the budget of CN¥1,000.00";
    await page.getByText(sentence).waitFor();
    expect(await page.getByText("Claims / s").count()).toBe(0);
    expect(await page.getByRole("heading", { name: "What is asked" }).count()).toBe(0);
    await page.close();
  });
});

if (CHROMIUM === undefined) test("a campaign in a browser", ({ skip }) => skip(NO_CHROMIUM));
