// Verdicts and other reports in a real browser: read by whoever may look, compared, added and
// removed by admins; what stands in them is text.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, createClient } from "../../src/client/index.ts";
import { CAMPAIGN } from "../contract/campaign.ts";
import { provePayback } from "../prove-payback.fixture.ts";
import { ProveFolder } from "../prove-project.fixture.ts";
import { type ReportObject, reportObject, tableVerdict } from "../report-objects.fixture.ts";
import {
  CHROMIUM,
  type ConsoleDrill,
  complaintsOf,
  faultsAt,
  faultsHere,
  HOSTILE,
  NO_CHROMIUM,
  openConsole,
} from "./console.fixture.ts";

const PLACE = `/campaigns/${CAMPAIGN}/verdict`;

describe.runIf(CHROMIUM !== undefined)("the pages of verdicts", () => {
  let it: ConsoleDrill;
  let client: Client;
  let folder: string;
  let paid: ReportObject;
  let card: ReportObject;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    it = await openConsole();
    folder = await mkdtemp(join(tmpdir(), "hongbao-verdicts-"));
    const { secret } = await it.keys.add({ name: "reports", scope: "admin" }, 1);
    client = createClient({ url: it.server.url, key: secret });
    const project = await ProveFolder.make();
    paid = JSON.parse(JSON.stringify(await provePayback(project, 3))) as ReportObject;
    await project.remove();
    card = await tableVerdict("works-and-loses");
    const add = async (report: ReportObject, campaign?: string): Promise<string> =>
      (await client.report.add({ report, ...(campaign ? { campaign } : {}) })).report!.report;
    ids.card = await add(card);
    ids.mails = await add(await reportObject("verdict"));
  }, 120_000);

  afterAll(async () => {
    await client.close();
    await rm(folder, { recursive: true });
    await it.close();
  });

  test("a campaign without one says how; then it is there, chart, table and all", async () => {
    const page = await it.signedIn("viewer", `/campaigns/${CAMPAIGN}`);
    const complaints = complaintsOf(page);
    await page.getByRole("link", { name: "Verdict" }).click();
    await page.getByText("No verdict on this campaign is kept here yet.").waitFor();
    await page.getByText(`hongbao report add - --campaign ${CAMPAIGN}`).waitFor();
    await client.report.add({ report: paid, campaign: CAMPAIGN });
    await page.reload();
    await page.getByRole("heading", { level: 1, name: String(paid.title) }).waitFor();
    await page.getByText("Grade A", { exact: true }).waitFor();
    const [study] = paid.studies as { title: string }[];
    await page.getByRole("heading", { name: "What would change it" }).waitFor();
    await page.getByText(/breaks even at a margin of/).waitFor();
    await page.getByRole("heading", { name: `Payback: ${study!.title}` }).waitFor();
    await page.getByRole("link", { name: `Payback: ${study!.title}` }).click();
    const place = page.url();
    expect(place).toMatch(/#section-\d$/);
    await page.goto(`${it.server.url}/reports`);
    await page.goto(place);
    const heading = page.getByRole("heading", { name: `Payback: ${study!.title}` });
    await expect.poll(async () => (await heading.boundingBox())?.y).toBeLessThan(400);
    const chart = page.getByRole("figure").filter({ hasText: "Users active, by" });
    await chart.locator("canvas").waitFor();
    await chart.getByRole("button", { name: /What can be done with the chart/ }).click();
    await page.getByRole("menuitem", { name: "Show the numbers" }).click();
    await chart.getByRole("columnheader", { name: "holdout" }).waitFor();
    expect(await page.getByRole("button", { name: /Remove|Add/ }).count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("two are compared side by side, by an address that keeps the choice", async () => {
    const page = await it.signedIn("viewer", "/reports?kind=verdict");
    await page.getByLabel(`Compare ${card.title}`).check();
    expect(await page.getByRole("link", { name: "Compare 2" }).count()).toBe(0);
    await page.getByLabel("Compare Hillstrom: two e-mail offers to 64,000 customers").check();
    await page.reload();
    expect(await page.getByLabel(`Compare ${card.title}`).isChecked()).toBe(true);
    // How the list is sorted does not change what was chosen.
    await page.getByRole("button", { name: "Report", exact: true }).click();
    await page.waitForURL(/reports\.sort=reports\.name/);
    const titles = await page.locator("tbody a[href^='/reports/']").allTextContents();
    expect(titles).toEqual(titles.toSorted(new Intl.Collator().compare));
    await page.getByRole("link", { name: "Compare 2 verdicts" }).click();
    await page.waitForURL(`**/reports/compare?of=${ids.card},${ids.mails}`);
    await page.reload();
    await page.getByRole("heading", { name: "Effect on kept users" }).waitFor();
    await page.getByRole("cell", { name: "+9.20 points" }).waitFor();
    await page.getByRole("cell", { name: "+7.66 points" }).waitFor();
    await page.getByRole("heading", { name: "What they were worth" }).waitFor();
    await page.goto(`${it.server.url}/reports/compare?of=${ids.card}`);
    await page.getByText("Choose two verdicts or more").waitFor();
    await page.goto(`${it.server.url}/reports/compare?of=${ids.card},r-none`);
    await page.getByText("no report has the id r-none").waitFor();
    await page.close();
  });

  test("an admin adds one from a file and removes it; what is none is refused", async () => {
    const page = await it.signedIn("admin", "/reports");
    await page.getByRole("button", { name: "Add a report" }).click();
    const choose = async (files: Record<string, string>): Promise<void> => {
      const paths = Object.entries(files).map(async ([name, text]) => {
        const path = join(folder, name);
        await writeFile(path, text);
        return path;
      });
      await page.locator("input[type=file]").setInputFiles(await Promise.all(paths));
      await page.getByRole("button", { name: "Add", exact: true }).click();
    };
    const alert = page.getByRole("dialog").getByRole("alert");
    await choose({ "verdict.json": "{" });
    await alert.getByText("verdict.json is not JSON.").waitFor();
    await choose({ "plan.yaml": "title: a plan" });
    await alert.getByText("Choose one JSON file; it is the report.").waitFor();
    await choose({ "a.json": "{}", "b.json": "{}" });
    await alert.getByText("2 JSON files were chosen: one report at a time.").waitFor();
    await choose({ "verdict.json": JSON.stringify({ ...card, grade: "Z" }) });
    await alert.getByText(/^\$\.report\.grade: expected one of "A"/).waitFor();
    const title = "A verdict from a file";
    await choose({ "verdict.json": JSON.stringify({ ...card, title }) });
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    await page.getByRole("button", { name: "Remove" }).click();
    const dialog = page.getByRole("dialog", { name: `Remove ${title}?` });
    await dialog.getByRole("button", { name: "Remove" }).click();
    await page.getByText(`${title} is removed.`).waitFor();
    await page.waitForURL("**/reports");
    expect(await page.getByRole("link", { name: title }).count()).toBe(0);
    await page.close();
  });

  test("every kind of report is shown; a key that is none's is told so", async () => {
    const page = await it.signedIn("viewer");
    const complaints = complaintsOf(page);
    for (const kind of ["plan-study", "valuation", "judgement", "back-test"] as const) {
      const object = await reportObject(kind);
      const { report } = (await client.report.add({ report: object })).report!;
      await page.goto(`${it.server.url}/reports/${report}`);
      await page.getByRole("heading", { level: 1, name: String(object.title) }).waitFor();
      await page.getByRole("heading", { level: 2 }).first().waitFor();
      expect(await page.locator("main").textContent()).not.toMatch(/NaN|undefined|\bnull\b/);
    }
    expect(complaints).toEqual([]);
    await page.goto(`${it.server.url}/reports/r-none`);
    await page.getByText("This server has no report r-none.").waitFor();
    await page.close();
  }, 180_000);

  test("hostile names are text", async () => {
    const text = JSON.stringify(card);
    const hostile = text.replaceAll("kept users", JSON.stringify(HOSTILE).slice(1, -1));
    const report = { ...(JSON.parse(hostile) as ReportObject), title: HOSTILE, headline: HOSTILE };
    const { report: id } = (await client.report.add({ report })).report!;
    const page = await it.signedIn("viewer");
    const complaints = complaintsOf(page);
    await page.goto(`${it.server.url}/reports`);
    await page.getByRole("link", { name: HOSTILE }).first().waitFor();
    await page.goto(`${it.server.url}/reports/${id}`);
    await page.getByRole("heading", { level: 1, name: HOSTILE }).waitFor();
    await page.getByRole("figure").first().locator("canvas").waitFor();
    await page.getByRole("figure").first().hover();
    await page.goto(`${it.server.url}/reports/compare?of=${id},${ids.card}`);
    await page.getByRole("heading", { name: `Effect on ${HOSTILE}` }).waitFor();
    expect(complaints).toEqual([]);
    await client.report.remove({ report: id });
    await page.close();
  });

  test("the pages speak German and Chinese around reports that speak English", async () => {
    const page = await it.signedIn("viewer");
    for (const [language, heading, note] of [
      ["de", "Berichte", "Berichte sprechen Englisch"],
      ["zh", "报告", "报告正文为英文"],
    ] as const) {
      await page.evaluate((name) => localStorage.setItem("hongbao.language", name), language);
      await page.goto(`${it.server.url}/reports`);
      await page.getByRole("heading", { level: 1, name: heading }).waitFor();
      await page.goto(`${it.server.url}/reports/${ids.card}`);
      await page.getByText(note).waitFor();
    }
    await page.close();
  });

  test.each(["light", "dark"] as const)("axe finds nothing, %s", async (scheme) => {
    const page = await it.signedIn("admin");
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await client.report.add({ report: paid, campaign: CAMPAIGN });
    const faults: string[] = [];
    for (const width of [1280, 380]) {
      await page.setViewportSize({ width, height: 800 });
      const places = ["/reports", PLACE, `/reports/${ids.card}`];
      for (const place of [...places, `/reports/compare?of=${ids.card},${ids.mails}`]) {
        faults.push(...(await faultsAt(page, `${it.server.url}${place}`, width)));
      }
      await page.goto(`${it.server.url}/reports`);
      await page.getByRole("button", { name: "Add a report" }).click();
      await page.getByRole("dialog", { name: "Add a report" }).waitFor();
      await page.waitForTimeout(300);
      faults.push(...(await faultsHere(page, width)));
    }
    expect(faults).toEqual([]);
    await page.close();
  });
});

if (CHROMIUM === undefined) test("verdicts in a browser", ({ skip }) => skip(NO_CHROMIUM));
