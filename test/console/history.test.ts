// The past in a real browser: what became of a grant, money booked with one that is over, and the
// versions of a campaign with what each changed.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { execute } from "../../src/host/index.ts";
import { CAMPAIGN, campaignYaml, DAY_MS, STARTS_AT_MS } from "../contract/campaign.ts";
import {
  CHROMIUM,
  complaintsOf,
  faultsAt,
  faultsHere,
  HOSTILE,
  NO_CHROMIUM,
} from "./console.fixture.ts";
import { type LoggedConsole, openLoggedConsole } from "./logged-console.fixture.ts";

const PLACE = `/campaigns/${CAMPAIGN}`;
const YAML = `${campaignYaml()}
contingency: { line: cost centre 4711, amount: 20.00 }
`;

describe.runIf(CHROMIUM !== undefined)("the pages of the past", () => {
  let it: LoggedConsole;

  beforeAll(async () => {
    it = await openLoggedConsole(YAML);
  });

  afterAll(async () => {
    await it.close();
  });

  async function act(step: "hold" | "clawback", grant: string, why: string): Promise<void> {
    const params = { campaign: CAMPAIGN, grant };
    const body = { id: `${step}-${grant}`, why, evidence: "case 381" };
    const call = { params, query: null, body, by: "key-1" };
    const { status } = await execute(it.engine, `grant.${step}`, call);
    expect(["hold_placed", "clawed_back"]).toContain(status);
  }

  async function spend(grant: string, amountMinor: number, id: string): Promise<void> {
    const answer = await it.engine.money("redeem", CAMPAIGN, { id, grant, amountMinor });
    expect(answer.status).toBe("redeemed");
  }

  async function grantPage(grant: string, scope: "admin" | "viewer" = "admin"): Promise<Page> {
    return await it.signedIn(scope, `${PLACE}/grants/${grant}`);
  }

  test("a grant's history says what, when, by whom, why, and where it stands", async () => {
    const [grant] = await it.ledger.grant(1);
    await spend(grant!, 1800, "o-1");
    await act("hold", grant!, HOSTILE);
    const page = await grantPage(grant!, "viewer");
    const complaints = complaintsOf(page);
    await page.getByText("CN¥25.00 granted").waitFor();
    await page.getByText("CN¥18.00 spent, CN¥7.00 left").waitFor();
    await page.getByText("Held: CN¥7.00 cannot be spent").waitFor();
    await page.getByText(`“${HOSTILE}” · case 381`).waitFor();
    await page.getByText(/by key-1 · record \d+, event 0/).waitFor();
    expect(await page.getByRole("button", { name: /repayment|late payment/ }).count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("what is done on the page stands in the history at once", async () => {
    const [grant] = await it.ledger.grant(1);
    const page = await grantPage(grant!);
    await page.getByText("CN¥25.00 granted").waitFor();
    await page.getByText("Expires", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Hold", exact: true }).click();
    await page.getByLabel("Reason").fill("forty on one device");
    await page.getByRole("button", { name: "Hold CN¥25.00" }).click();
    await page.getByText("“forty on one device”").waitFor();
    await page.getByText("by the admin").waitFor();
    await page.close();
  });

  test("a repayment is booked, no more than is owing", async () => {
    const [grant] = await it.ledger.grant(1);
    await spend(grant!, 1800, "o-2");
    await act("clawback", grant!, "sold");
    const page = await grantPage(grant!);
    await page.getByRole("button", { name: "Book a repayment" }).click();
    await page.getByLabel("Amount in CNY").fill("18.01");
    await page.getByText("Expected an amount such as 18.00").waitFor();
    await page.getByLabel("Amount in CNY").fill("8.00");
    await page.getByText("Then CN¥10.00 will be owing.").waitFor();
    const sure = page.getByRole("button", { name: "Book CN¥8.00" });
    expect(await sure.isEnabled()).toBe(false);
    await page.getByLabel("Reason").fill("paid back");
    await sure.click();
    await page.getByText("Booked: CN¥8.00 came in, CN¥10.00 still owing.").waitFor();
    await page.getByText("CN¥8.00 came in, CN¥10.00 still owing", { exact: true }).waitFor();
    await page.close();
  });

  test("an amount is typed as the reader's language writes it, and never guessed", async () => {
    const [grant] = await it.ledger.grant(1);
    await spend(grant!, 1800, "o-3");
    await act("clawback", grant!, "sold");
    const page = await grantPage(grant!);
    await page.getByLabel("Language").selectOption("de");
    await page.getByRole("button", { name: "Rückzahlung buchen" }).click();
    const amount = page.getByLabel("Betrag in CNY");
    await amount.fill("1,800");
    await page.getByText("Erwartet wird ein Betrag wie 18,00").waitFor();
    await amount.fill("8,00");
    await page.getByRole("button", { name: /8,00\sCN¥/ }).waitFor();
    await page.close();
  });

  test("a late payment is booked on the line, the rest as a loss, and taken back", async () => {
    const [grant] = await it.ledger.grant(1);
    await it.engine.money("cancel", CAMPAIGN, { id: "x-1", grant: grant! });
    const page = await grantPage(grant!);
    const back = page.getByRole("button", { name: "Take a late payment back" });
    await page.getByText("cancelled", { exact: true }).first().waitFor();
    expect(await back.count()).toBe(0);
    await page.getByRole("button", { name: "Book a late payment" }).click();
    await page.getByText("The contingency line has CN¥20.00 left of CN¥20.00.").waitFor();
    await page.getByLabel("Amount in CNY").fill("25.00");
    await page.getByLabel("When the merchant was paid").fill("2026-02-06T08:00:01");
    await page.getByText("The line bears CN¥20.00, CN¥5.00 will be lost.").waitFor();
    await page.getByLabel("Id (a fresh one").fill("till-9-0001");
    await page.getByLabel("Reason").fill("the till was offline");
    const [sent] = await Promise.all([
      page.waitForRequest(/\/cover$/),
      page.getByRole("button", { name: "Book CN¥25.00" }).click(),
    ]);
    // By the clocks of Shanghai, wherever the browser is.
    expect(sent.postDataJSON().paidAtMs).toBe(Date.UTC(2026, 1, 6, 0, 0, 1));
    await page.getByText("CN¥5.00 lost. Its id is till-9-0001.").waitFor();
    await page.getByText("CN¥20.00 borne by the contingency line, CN¥5.00 lost").waitFor();
    await back.click();
    await page.getByLabel("Id of the payment").fill("till-9-0001");
    await page.getByLabel("Reason").fill("booked twice");
    await page.getByRole("button", { name: "Take it back" }).click();
    await page
      .getByText("Taken back: CN¥20.00 to the line, the loss is less by CN¥5.00.")
      .waitFor();
    await page.getByText("Payment taken back: CN¥20.00").waitFor();
    await back.waitFor({ state: "detached" });
    await page.close();
  });

  test("a campaign's versions: who, why, and what each changed", async () => {
    const longer = YAML.replace("expires: { after: 2d }", "expires: { after: 4d }");
    const body = { yaml: longer, version: 1, why: HOSTILE, moveExpiry: ["card"] };
    const call = { params: { campaign: CAMPAIGN }, query: null, body, by: "key-1" };
    expect((await execute(it.engine, "campaign.revise", call)).status).toBe("revised");
    const phase = { params: { campaign: CAMPAIGN }, query: null, body: {} };
    await execute(it.engine, "campaign.pause", phase);
    await execute(it.engine, "campaign.resume", phase);
    const page = await it.signedIn("viewer", PLACE);
    const complaints = complaintsOf(page);
    await page.getByRole("link", { name: "History" }).click();
    await page.getByRole("heading", { name: "Version 1 in force" }).waitFor();
    await page.getByText("One value changed").waitFor();
    const row = page.getByRole("row", { name: "offers card expires after" });
    expect(await row.textContent()).toBe("offers card expires after2 days4 days");
    await page.getByText(`“${HOSTILE}”`).waitFor();
    expect(await page.getByRole("heading", { name: "Paused" }).count()).toBe(0);
    await page.getByText("Everything", { exact: true }).click();
    await page.getByRole("heading", { name: "Paused" }).waitFor();
    expect(page.url()).toMatch(/\/versions\?show=all$/);
    await page.reload();
    await page.getByRole("heading", { name: "Paused" }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
    const [early] = await it.ledger.grant(1);
    it.clock.set(STARTS_AT_MS + DAY_MS);
    expect(early).toBeDefined();
  });

  test("the words of German and Chinese", async () => {
    const page = await it.signedIn("admin", `${PLACE}/versions`);
    await page.getByLabel("Language").selectOption("de");
    await page.getByRole("heading", { name: "Version 1 in Kraft" }).waitFor();
    await page.getByLabel("Sprache").selectOption("zh");
    await page.getByRole("heading", { name: "第 1 版生效" }).waitFor();
    await page.close();
  });

  test.each(["light", "dark"] as const)("axe finds nothing, %s", async (scheme) => {
    const [grant] = await it.ledger.grant(1);
    await spend(grant!, 1800, `o-${scheme}`);
    await act("clawback", grant!, "sold");
    const page = await it.signedIn("admin");
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    const faults: string[] = [];
    for (const width of [1280, 380]) {
      await page.setViewportSize({ width, height: 800 });
      const url = `${it.server.url}${PLACE}`;
      faults.push(...(await faultsAt(page, `${url}/versions?show=all`, width)));
      faults.push(...(await faultsAt(page, `${url}/grants/${grant}`, width)));
      await page.getByRole("button", { name: "Book a late payment" }).click();
      await page.getByLabel("Amount in CNY").fill("99");
      faults.push(...(await faultsHere(page, width)));
    }
    expect(faults).toEqual([]);
    await page.close();
  });
});

if (CHROMIUM === undefined)
  test("the pages of the past in a browser", ({ skip }) => skip(NO_CHROMIUM));
