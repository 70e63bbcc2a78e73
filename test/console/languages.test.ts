// The console in Chinese: whatever is in English all the same says so, for people and for whoever
// reads it out to them (WCAG 3.1.2).
import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { execute } from "../../src/host/index.ts";
import { CAMPAIGN, campaignYaml } from "../contract/campaign.ts";
import { CHROMIUM, faultsHere, NO_CHROMIUM } from "./console.fixture.ts";
import { type LoggedConsole, openLoggedConsole } from "./logged-console.fixture.ts";

const EXAMPLE = resolve(import.meta.dirname, "../../examples/qwen-2026");
const PLACE = `/campaigns/${CAMPAIGN}`;

/** Names that come from outside, and the names of things that are the same in every language. */
const NAMES = /The contract suite|the admin|A card|An envelope|For members/g;

describe.runIf(CHROMIUM !== undefined)("the console in Chinese", () => {
  let it: LoggedConsole;

  beforeAll(async () => {
    it = await openLoggedConsole();
    await it.ledger.grant(2);
    const yaml = campaignYaml().replace("budget: 1000.00", "budget: 1500.00");
    const body = { yaml, version: 1, why: "第二批资金" };
    const call = { params: { campaign: CAMPAIGN }, query: null, body, by: "k-1" };
    await execute(it.engine, "campaign.revise", call);
  });

  afterAll(async () => {
    await it.close();
  });

  /** Texts of two Latin words and more in a row that do not say that they are English. */
  async function englishOn(page: Page): Promise<string[]> {
    const texts = await page.evaluate(() => {
      const found: string[] = [];
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let text = walk.nextNode(); text !== null; text = walk.nextNode()) {
        const isSaid = text.parentElement!.closest("[lang=en], code, option, textarea, style");
        if (isSaid === null) found.push(text.textContent!.trim());
      }
      const named = document.querySelectorAll("[aria-label], [placeholder]");
      for (const one of named) {
        if (one.closest("[lang=en], [aria-hidden]") !== null) continue;
        found.push(one.getAttribute("aria-label") ?? "", one.getAttribute("placeholder") ?? "");
      }
      return found;
    });
    return texts.filter((text) => {
      const isCommand = text.includes("hongbao ");
      return !isCommand && /[A-Za-z]{2,}[,:]? [A-Za-z]{2,}/.test(text.replace(NAMES, ""));
    });
  }

  async function inChinese(address: string): Promise<Page> {
    const page = await it.signedIn("admin");
    await page.getByLabel("Language").selectOption("zh");
    await page.goto(`${it.server.url}${address}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    return page;
  }

  test.each(["", "/live", "/grants", "/suspects", "/revise", "/versions", "/audit", "/verdict"])(
    "a campaign%s is Chinese, or says that it is not",
    async (address) => {
      const page = await inChinese(`${PLACE}${address}`);
      await expect.poll(() => page.locator("[aria-busy=true]").count()).toBe(0);
      expect(await englishOn(page)).toEqual([]);
      await page.close();
    },
  );

  test("so are caps, for whom and within what they count", async () => {
    const page = await inChinese(PLACE);
    await page.getByRole("cell", { name: "每个用户" }).waitFor();
    await page.close();
  });

  test("what the server says of a file is English, and says so in Chinese", async () => {
    const page = await inChinese("/open");
    await page.getByLabel("活动文件内容").fill(campaignYaml().replace(CAMPAIGN, "typed"));
    await page.getByText("本页部分内容为英文。").waitFor();
    await page.locator("[lang=en]").getByText("whatever happens").waitFor();
    expect(await englishOn(page)).toEqual([]);
    await page.getByRole("button", { name: "开启活动" }).click();
    await page.getByText("抽取秘密种子").waitFor();
    expect(await englishOn(page)).toEqual([]);
    expect(await faultsHere(page, 1280)).toEqual([]);
    await page.close();
  });

  test("a notice that pops up with the server's words says that they are English", async () => {
    const page = await inChinese(PLACE);
    await page.route("**/pause", async (route) => {
      const error = { code: "disk_full", message: "The disk has no room left.", retryable: false };
      await route.fulfill({ status: 400, json: { error: { ...error, next: "Make room." } } });
    });
    await page.getByRole("button", { name: "暂停" }).click();
    await page.getByRole("button", { name: "确定暂停" }).click();
    await page.getByText("The disk has no room left.").waitFor();
    expect(await englishOn(page)).toEqual([]);
    await page.close();
  });

  test("so does a window whose step the server refuses", async () => {
    const [grant] = await it.ledger.grant(1);
    const page = await inChinese(`${PLACE}/grants/${grant}`);
    await page.route("**/hold", async (route) => {
      const error = { code: "disk_full", message: "The disk has no room left.", retryable: false };
      await route.fulfill({ status: 400, json: { error: { ...error, next: "Make room." } } });
    });
    await page.getByRole("button", { name: "冻结" }).click();
    await page.getByLabel("原因").fill("可疑");
    await page.getByRole("dialog").getByRole("button", { name: "冻结" }).click();
    await page.getByRole("alert").getByText("The disk has no room left.").waitFor();
    expect(await englishOn(page)).toEqual([]);
    await page.close();
  });

  test("a chart that is drawn in the page names its axes and bounds in Chinese", async () => {
    const page = await inChinese("/plan");
    const files = ["plan.yaml", "announced.yaml"].map((name) => resolve(EXAMPLE, name));
    await page.locator("input[type=file]").setInputFiles(files);
    await page.getByRole("button", { name: /按天累计支出$/ }).click();
    await page.getByRole("menuitem").first().click();
    await page.getByRole("columnheader", { name: "天", exact: true }).waitFor();
    await page.getByRole("columnheader", { name: /，十分之九的抽样下限$/ }).waitFor();
    await page.getByText("本页部分内容为英文。").waitFor();
    await page.close();
  });

  test.each([
    "/",
    "/reports",
    "/plan",
    "/value",
    "/settings",
    "/settings/keys",
    "/settings/webhooks",
  ])("%s is Chinese, or says that it is not", async (address) => {
    const page = await inChinese(address);
    await expect.poll(() => page.locator("[aria-busy=true]").count()).toBe(0);
    expect(await englishOn(page)).toEqual([]);
    await page.close();
  });
});

if (CHROMIUM === undefined) test("languages in a browser", ({ skip }) => skip(NO_CHROMIUM));
