// The page that plans, in a real browser: a plan is opened, turned, kept side by side, saved; the
// answer comes from a worker, and what is overtaken is given up.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, createClient } from "../../src/client/index.ts";
import { reportObject } from "../report-objects.fixture.ts";
import {
  CHROMIUM,
  type ConsoleDrill,
  complaintsOf,
  faultsHere,
  HOSTILE,
  NO_CHROMIUM,
  openConsole,
} from "./console.fixture.ts";
import { cell, slider } from "./desk.fixture.ts";

const EXAMPLE = resolve(import.meta.dirname, "../../examples/qwen-2026");
const PLAN = `${EXAMPLE}/plan.yaml`;
const CAMPAIGN = `${EXAMPLE}/announced.yaml`;
const text = (file: string): string => readFileSync(file, "utf8");

describe.runIf(CHROMIUM !== undefined)("the page that plans", () => {
  let it: ConsoleDrill;
  let client: Client;
  let kept: string;

  beforeAll(async () => {
    it = await openConsole();
    const { secret } = await it.keys.add({ name: "reports", scope: "admin" }, 1);
    client = createClient({ url: it.server.url, key: secret });
    const files = { "plan.yaml": text(PLAN), "announced.yaml": text(CAMPAIGN) };
    const report = await reportObject("plan-study");
    kept = (await client.report.add({ report, files })).report!.report;
  }, 120_000);

  afterAll(async () => {
    await client.close();
    await it.close();
  });

  const opened = (page: Page) => slider(page, "budget").waitFor();

  test("a plan from files is drawn and turned; the address keeps it; and back", async () => {
    const page = await it.signedIn("viewer", "/plan");
    const complaints = complaintsOf(page);
    await page.locator("input[type=file]").setInputFiles([PLAN, CAMPAIGN]);
    await opened(page);
    await page.getByText(/^1,000 campaigns drawn in/).waitFor();
    await page.getByText("In brackets: where 90% of the draws lie.").waitFor();
    const certain = page.getByText("What is turned counts as certain");
    expect(await certain.count()).toBe(0);
    const planned = await cell(page, "contribution of a kept user", 0).textContent();
    await slider(page, "margin a kept user and month").fill("90");
    await page.getByRole("columnheader", { name: "as turned" }).waitFor();
    await certain.waitFor();
    await page.waitForFunction(`new URL(location).searchParams.get("set").startsWith("margin:")`);
    expect(await cell(page, "contribution of a kept user", 0).textContent()).toBe(planned);
    await expect
      .poll(() => cell(page, "contribution of a kept user", 1).textContent())
      .not.toBe(planned);
    await page.getByRole("button", { name: "as assumed", exact: true }).click();
    await page.getByRole("columnheader", { name: "as turned" }).waitFor({ state: "detached" });
    expect(new URL(page.url()).search).toBe("");
    expect(await page.getByRole("button", { name: "Keep the study here" }).count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("says that what computes could not be loaded, and computes once it can be", async () => {
    const page = await it.signedIn("viewer", "/reports");
    await page.route("**/plan-worker*", (route) => route.abort("connectionrefused"));
    await page.goto(`${it.server.url}/plan`);
    const choose = () => page.locator("input[type=file]").setInputFiles([PLAN, CAMPAIGN]);
    await choose();
    await page.getByText("What computes here could not be loaded").waitFor();
    expect(await faultsHere(page, 1280)).toEqual([]);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("What computes here could not be loaded").waitFor();
    await page.unroute("**/plan-worker*");
    await page.getByRole("button", { name: "Try again" }).click();
    await opened(page);
    await page.getByText(/^1,000 campaigns drawn in/).waitFor();
    await page.close();
  });

  test("one that is kept opens by its address, columns and all, the study after it", async () => {
    const page = await it.signedIn("viewer", "/plan");
    await page.getByRole("link", { name: /^Qwen over Lunar New Year/ }).click();
    await opened(page);
    await page.goto(`${it.server.url}/plan?from=${kept}&set=margin:6&kept=margin:6;budget:1.5e9`);
    await page.getByRole("columnheader", { name: "column B" }).waitFor();
    await page.getByText("margin a kept user and month: 6.00 yuan").waitFor();
    await page.getByText("budget: 1.50 bn yuan").waitFor();
    await expect.poll(() => cell(page, "people who come", 3).textContent()).toMatch(/ M \(/);
    const [turned, columnA] = [cell(page, "net at", 1), cell(page, "net at", 2)];
    expect(await turned.textContent()).toBe(await columnA.textContent());
    await page.getByRole("button", { name: "turn to it: column B" }).click();
    await page.waitForFunction(`new URL(location).searchParams.get("set") === "budget:1500000000"`);
    await page.getByRole("button", { name: "drop: column A" }).click();
    await page.getByRole("columnheader", { name: "column B" }).waitFor({ state: "detached" });
    await page.getByRole("heading", { name: "Where the uncertainty comes from" }).waitFor();
    await page.getByRole("figure").filter({ hasText: "Money spent, by day" }).first().waitFor();
    // What moves the net most comes first, after the budget.
    await expect
      .poll(() => page.getByRole("slider").nth(1).getAttribute("aria-valuetext"))
      .toMatch(/users$/);
    await page.close();
  });

  test("what is turned is saved as the file, and kept as a study that opens again", async () => {
    const page = await it.signedIn("admin", `/plan?from=${kept}&set=margin:6,retention.d30:0.2`);
    await opened(page);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save plan.yaml" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("plan.yaml");
    const saved = await readFile((await download.path())!, "utf8");
    expect(saved).toContain("# The plan as those who run the campaign could have written it");
    expect(saved).toMatch(/margin:\n +value: 6\n/);
    expect(saved).toMatch(/d30:\n +value: 20 %\n +source: assumption\n/);
    await page.getByRole("button", { name: "Keep the study here" }).click();
    await page.waitForURL("**/reports/r-*");
    await page.getByRole("heading", { level: 1, name: /^Qwen over Lunar New Year/ }).waitFor();
    await page.getByRole("link", { name: "Change its assumptions" }).click();
    await opened(page);
    await page.getByText(/^\d+ more$/).click();
    const margin = slider(page, "margin a kept user and month");
    expect(await margin.getAttribute("aria-valuetext")).toBe("6.00 yuan");
    await page.close();
  });

  test("files that are none and turns that do not go together are told so", async () => {
    const page = await it.signedIn("viewer", "/plan");
    const complaints = complaintsOf(page);
    await page.locator("input[type=file]").setInputFiles([PLAN]);
    await page.getByText("expected announced.yaml, which plan.yaml names, among").waitFor();
    await page.getByRole("button", { name: "Another plan" }).click();
    await page
      .getByLabel("Text of plan.yaml")
      .fill("title: <img src=x onerror=alert(1)>\nreach: 1");
    await page.getByLabel("Text of the campaign file").fill("campaign: x");
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page
      .getByRole("alert")
      .getByText(/yaml:\d+/)
      .waitFor();
    const apart = "set=retention.d1:0.31,retention.d30:0.4,nothing:1,__proto__:2";
    await page.goto(`${it.server.url}/plan?from=${kept}&${apart}`);
    await page.getByText("What is turned does not go together").waitFor();
    await page
      .getByRole("alert")
      .getByText(/plan\.yaml:\d+/)
      .waitFor();
    await page.getByRole("button", { name: "All as assumed" }).click();
    await page.getByText(/^1,000 campaigns drawn/).waitFor();
    await page.goto(`${it.server.url}/plan?from=r-none`);
    await page.getByText("no report has the id r-none").waitFor();
    expect(complaints.filter((one) => !/status of 404/.test(one))).toEqual([]);
    await page.close();
  });

  test("hostile names in a plan are text", async () => {
    const hostile = text(PLAN)
      .replace(/^title: .*$/m, `title: ${JSON.stringify(HOSTILE)}`)
      .replace("Half the budget", "<img src=x onerror=alert(2)>");
    const page = await it.signedIn("viewer", "/plan");
    const complaints = complaintsOf(page);
    const file = { name: "plan.yaml", mimeType: "text/yaml", buffer: Buffer.from(hostile) };
    const campaign = { ...file, name: "announced.yaml", buffer: Buffer.from(text(CAMPAIGN)) };
    await page.locator("input[type=file]").setInputFiles([file, campaign]);
    await page.getByRole("heading", { name: HOSTILE }).waitFor();
    await page.getByText("<img src=x onerror=alert(2)>").first().waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("who turns on and on gets the last answer, and the page stays responsive", async () => {
    const page = await it.signedIn("viewer", `/plan?from=${kept}`);
    await page.getByText(/^1,000 campaigns drawn/).waitFor();
    const margin = slider(page, "margin a kept user and month");
    await margin.focus();
    for (let i = 0; i < 30; i++) await page.keyboard.press("ArrowRight");
    const said = await margin.getAttribute("aria-valuetext");
    const set = new URL(page.url()).searchParams.get("set")!;
    expect(Number(set.split(":")[1]).toPrecision(3)).toBe(said!.split(" ")[0]);
    await expect.poll(() => page.getByRole("progressbar").first().isVisible()).toBe(false);
    await page.reload();
    await page.getByText(/^1,000 campaigns drawn/).waitFor();
    expect(await margin.getAttribute("aria-valuetext")).toBe(said);
    await page.close();
  });

  test.each(["light", "dark"] as const)("axe finds nothing, %s", async (scheme) => {
    const page = await it.signedIn("admin");
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    const faults: string[] = [];
    for (const width of [1280, 380]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`${it.server.url}/plan`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      faults.push(...(await faultsHere(page, width)));
      await page.goto(`${it.server.url}/plan?from=${kept}&set=margin:6&kept=margin:4`);
      await page.getByRole("columnheader", { name: "column A" }).waitFor();
      await page.getByRole("heading", { name: "Where the uncertainty comes from" }).waitFor();
      await page.getByText("35 more").click();
      await page.waitForTimeout(300);
      faults.push(...(await faultsHere(page, width)));
    }
    expect(faults).toEqual([]);
    await page.close();
  });
});

if (CHROMIUM === undefined) test("plans in a browser", ({ skip }) => skip(NO_CHROMIUM));
