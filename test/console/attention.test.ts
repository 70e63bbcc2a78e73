// What needs attention, on the page of all campaigns in a real browser: whom it is about, figures,
// the way to where one acts, what a viewer sees of it, and nothing where nothing needs anybody.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { execute } from "../../src/host/index.ts";
import { OutboxFolder, webhookDesk } from "../../src/webhooks/index.ts";
import { CAMPAIGN, campaignYaml } from "../contract/campaign.ts";
import { CHROMIUM, complaintsOf, faultsHere, HOSTILE, NO_CHROMIUM } from "./console.fixture.ts";
import { type LoggedConsole, openLoggedConsole } from "./logged-console.fixture.ts";

describe.runIf(CHROMIUM !== undefined)("what needs attention", () => {
  let it: LoggedConsole;

  beforeAll(async () => {
    it = await openLoggedConsole();
  });

  afterAll(async () => {
    await it.close();
  });

  const needs = (page: Page) => page.getByRole("region", { name: "Needs attention" });
  const need = (page: Page, words: string | RegExp) =>
    needs(page).getByRole("listitem").filter({ hasText: words });

  async function open(campaign: string, change: (yaml: string) => string): Promise<void> {
    const yaml = change(campaignYaml().replace(`campaign: ${CAMPAIGN}`, `campaign: ${campaign}`));
    await execute(it.engine, "campaign.open", { params: {}, query: null, body: { yaml } });
  }

  async function change(campaign: string, verb: "pause" | "resume" | "end" | "close") {
    const call = { params: { campaign }, query: null, body: {} };
    await execute(it.engine, `campaign.${verb}`, call);
  }

  async function propose(campaign: string, why: string): Promise<void> {
    const shown = { params: { campaign }, query: null, body: null };
    const { version } = (await execute(it.engine, "campaign.show", shown)).books!;
    const before = campaignYaml().replace(`campaign: ${CAMPAIGN}`, `campaign: ${campaign}`);
    const yaml = `${before.replace("budget: 1000.00", "budget: 1200.00")}fourEyes: true\n`;
    const body = { yaml, version: version + 1, why };
    const call = { params: { campaign }, query: null, body, by: "k-1" };
    expect((await execute(it.engine, "campaign.revise", call)).status).toBe("proposed");
  }

  test("is not spoken of where nothing does", async () => {
    const page = await it.signedIn("admin");
    const status = page.waitForResponse((answer) => answer.url().endsWith("/v1/status"));
    await page.reload();
    await status;
    await page.getByRole("link", { name: "The contract suite" }).waitFor();
    expect(await page.getByText("Needs attention").count()).toBe(0);
    await page.close();
  });

  test("says who, what and how much, and leads to where one acts", async () => {
    await open("agreed", (yaml) => `${yaml}fourEyes: true\n`);
    await propose("agreed", `More came ${HOSTILE}`);
    await open("small", (yaml) => {
      return yaml.replace("title: The contract suite", "title: Small").replace("1000.00", "26.00");
    });
    await it.engine.money("claim", "small", { id: "c-1", user: "ann", offer: "card" });
    const page = await it.signedIn("admin");
    const complaints = complaintsOf(page);
    await change(CAMPAIGN, "pause");
    await need(page, "claims are refused, CN¥1,000.00 waits").waitFor();
    const lines = await needs(page).getByRole("listitem").allTextContents();
    expect(lines.map((line) => /waits|left to give/.exec(line)?.[0])).toEqual([
      "waits",
      "left to give",
      "waits",
    ]);
    await need(page, "CN¥1.00 is left to give: 3.8% of the budget.").getByText("Small").waitFor();
    await need(page, `Version 1 waits for a second person: More came ${HOSTILE}`).waitFor();
    expect(await faultsHere(page, 1280)).toEqual([]);
    await need(page, "Version 1").getByRole("link", { name: "Look at it" }).click();
    await page.waitForURL("**/campaigns/agreed/revise");
    await page.goBack();
    await need(page, "left to give").getByRole("link", { name: "Revise" }).click();
    await page.waitForURL("**/campaigns/small/revise");
    await page.goBack();
    await need(page, "claims are refused").getByRole("link", { name: "Resume" }).click();
    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByRole("button", { name: "Yes, resume it" }).click();
    await page.getByText("Resumed: claims are decided again.").waitFor();
    await page.getByRole("navigation").getByRole("link", { name: "Campaigns" }).click();
    await need(page, "Version 1").waitFor();
    await expect.poll(() => need(page, "claims are refused").count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("a viewer sees it, and is led to where he may look", async () => {
    const page = await it.signedIn("viewer");
    await need(page, "left to give").getByRole("link", { name: "Look" }).click();
    await page.waitForURL("**/campaigns/small/live");
    await page.close();
  });

  test("what waits the least comes last, and many are shown on demand", async () => {
    for (const name of ["over-1", "over-2", "over-3", "over-4", "over-5"]) {
      await open(name, (yaml) => yaml.replace("title: The contract suite", `title: ${name}`));
      await change(name, "end");
    }
    const page = await it.signedIn("admin");
    await need(page, "it can be closed").first().waitFor();
    expect(await needs(page).getByRole("listitem").count()).toBe(6);
    await needs(page).getByRole("button", { name: "Show all 7" }).click();
    await expect.poll(() => needs(page).getByRole("listitem").count()).toBe(7);
    await need(page, "over-5").getByRole("link", { name: "Close" }).click();
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("button", { name: "Yes, close it" }).click();
    await page.getByText("closed", { exact: true }).waitFor();
    await page.close();
    for (const name of ["over-1", "over-2", "over-3", "over-4"]) await change(name, "close");
  });

  test("letters that were given up are said to admins alone", async () => {
    const desk = webhookDesk(it.ledger.directory);
    const { webhook } = await desk.add({ url: "https://shop.example/hooks" }, 1, 1);
    const { endpoint } = webhook;
    const folder = new OutboxFolder(it.ledger.directory, endpoint);
    await folder.make();
    await folder.writeDead("4.0", {
      ...{ id: "4.0", sequence: 4, index: 0, type: "granted", campaign: CAMPAIGN },
      ...{ atMs: 1, lane: "g", body: "{}", attempts: 11, deadAtMs: 2, last: "410" },
    });
    const page = await it.signedIn("admin");
    const dead = need(page, "One message was given up, for https://shop.example/hooks.");
    await dead.getByText("This server").waitFor();
    await dead.getByRole("link", { name: "Send again" }).click();
    await page.waitForURL(`**/settings/webhooks?dead=${endpoint}`);
    await page.close();
    const viewer = await it.signedIn("viewer");
    await need(viewer, "Version 1").waitFor();
    expect(await need(viewer, "given up").count()).toBe(0);
    await viewer.close();
  });

  test("the server's own health stands above all, in the reader's language", async () => {
    const page = await it.signedIn("viewer");
    await page.route("**/v1/status", async (route) => {
      const answer = await (await route.fetch()).json();
      const log = { ...answer.log, diskFreeBytes: 900_000_000, diskBytes: 80_000_000_000 };
      const reason = "The disk is full.";
      const told = { ready: false, reason, durability: "page_cache", log };
      await route.fulfill({ json: { ...answer, ...told } });
    });
    await page.reload();
    await need(page, "900 MB of 80 GB is left on its disk").waitFor();
    const lines = await needs(page).getByRole("listitem").allTextContents();
    expect(lines[0]).toContain("It takes no requests: The disk is full.");
    expect(lines[1]).toContain("a power cut forgets the last ones");
    await page.getByLabel("Language").selectOption("zh");
    await page.getByRole("heading", { name: "需要处理" }).waitFor();
    expect(await page.locator("[lang=en]").getByText("The disk is full.").count()).toBe(1);
    await page.getByLabel("语言").selectOption("de");
    await page.getByText("Er nimmt keine Anfragen an").waitFor();
    await page.getByLabel("Sprache").selectOption("en");
    for (const scheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      for (const width of [1280, 380]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await faultsHere(page, width)).toEqual([]);
      }
    }
    await page.close();
  });
});

if (CHROMIUM === undefined) test("attention in a browser", ({ skip }) => skip(NO_CHROMIUM));
