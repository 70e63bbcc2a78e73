// The pages of grants in a real browser: found by user and by id, held, released, extended and
// clawed back, their luck and their receipt; what a viewer sees; and that no user id stays behind.
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dataPaths } from "../../src/host/data-directory.ts";
import { DrivenClock, execute } from "../../src/host/index.ts";
import { checkReceipt } from "../../src/journal/index.ts";
import { LogFollower } from "../../src/transparency/log-follower.ts";
import { publicKeys } from "../../src/transparency/signing-keys.ts";
import { CAMPAIGN, STARTS_AT_MS } from "../contract/campaign.ts";
import { eventually, LoggedLedger } from "../transparency.fixture.ts";
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

const PLACE = `/campaigns/${CAMPAIGN}/grants`;

let claims = 0;

describe.runIf(CHROMIUM !== undefined)("the pages of grants", () => {
  let it: ConsoleDrill;

  beforeAll(async () => {
    it = await openConsole();
  });

  afterAll(async () => {
    await it.close();
  });

  async function granted(user: string, offer = "card"): Promise<string> {
    claims += 1;
    const body = { id: `c-${claims}`, user, offer };
    const { status, grant } = await it.engine.money("claim", CAMPAIGN, body);
    expect(status).toBe("granted");
    return grant!;
  }

  async function shown(grant: string): Promise<{ expiresAtMs: number }> {
    const call = { params: { campaign: CAMPAIGN, grant }, query: null, body: null };
    return (await execute(it.engine, "grant.show", call)).grant!;
  }

  async function act(page: Page, step: string, why: string): Promise<void> {
    await page.getByRole("button", { name: step, exact: true }).click();
    await page.getByLabel("Reason").fill(why);
    await page.getByRole("button", { name: new RegExp(`^${step} CN¥`) }).click();
  }

  test("a grant is found by the id of its claim or of an order", async () => {
    const grant = await granted("user-of-an-order");
    const order = "order 7/é#?";
    await it.engine.money("redeem", CAMPAIGN, { id: order, grant, amountMinor: 100 });
    for (const id of [`c-${claims}`, order]) {
      const page = await it.signedIn("viewer", PLACE);
      await page.getByLabel("Claim or order id").fill(id);
      await page.getByRole("button", { name: "Find", exact: true }).click();
      await page.waitForURL(`**${PLACE}/${grant}`);
      await page.close();
    }
    const page = await it.signedIn("viewer", PLACE);
    await page.getByLabel("Claim or order id").fill("never");
    await page.keyboard.press("Enter");
    await page.getByText("Nothing was done under this id").waitFor();
    expect(new URL(page.url()).pathname).toBe(PLACE);
    await page.close();
  });

  test("a user's grants are found, and his id stays in neither address nor browser", async () => {
    const grant = await granted("user-secret-1");
    await it.engine.money("redeem", CAMPAIGN, { id: "r-1", grant, amountMinor: 1800 });
    const page = await it.signedIn("admin", `/campaigns/${CAMPAIGN}`);
    await page.getByRole("navigation").getByRole("link", { name: "Grants" }).click();
    await page.getByLabel("User id").fill(" user-secret-1 ");
    await page.keyboard.press("Enter");
    await page.getByText("One grant of CN¥25.00: CN¥18.00 spent, CN¥7.00 left.").waitFor();
    expect(page.url()).toBe(`${it.server.url}${PLACE}`);
    await page.getByRole("link", { name: grant }).click();
    await page.getByText("CN¥7.00 of it can be spent until 8 Feb 2026, 08:00.").waitFor();
    expect(page.url()).toBe(`${it.server.url}${PLACE}/${grant}`);
    await page.goBack();
    await page.getByText("One grant of CN¥25.00").waitFor();
    const kept = "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state])";
    expect(await page.evaluate(kept)).not.toContain("user-secret-1");
    await page.reload();
    await page.getByLabel("User id").waitFor();
    expect(await page.getByLabel("User id").inputValue()).toBe("");
    await page.close();
  });

  test("who has nothing and what is unknown is said, with what to do next", async () => {
    const page = await it.signedIn("admin", PLACE);
    await page.getByLabel("User id").fill("nobody");
    await page.keyboard.press("Enter");
    await page.getByText("Nobody with this id has a grant here").waitFor();
    await page.getByLabel("Grant id").fill("0000nosuch");
    await page.keyboard.press("Enter");
    await page.getByText(`${CAMPAIGN} has no grant 0000nosuch`).waitFor();
    await page.getByRole("link", { name: "Search for another one" }).click();
    await page.getByLabel("Grant id").waitFor();
    await page.close();
  });

  test("an admin holds, releases and claws back, for a reason and knowing the amount", async () => {
    const grant = await granted("user-held");
    await it.engine.money("redeem", CAMPAIGN, { id: "r-2", grant, amountMinor: 1800 });
    const page = await it.signedIn("admin", `${PLACE}/${grant}`);
    await page.getByRole("button", { name: "Hold", exact: true }).click();
    const sure = page.getByRole("button", { name: "Hold CN¥7.00" });
    expect(await sure.isEnabled()).toBe(false);
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await act(page, "Hold", "forty accounts on one device");
    await page.getByText("Held: it cannot be spent for now.").waitFor();
    const spend = { id: "r-3", grant };
    expect((await it.engine.money("redeem", CAMPAIGN, spend)).status).toBe("held");
    await act(page, "Release", "a family tablet");
    await page.getByText("Released: it can be spent until 8 Feb 2026, 08:00.").waitFor();
    await page.getByRole("button", { name: "Claw back", exact: true }).click();
    await page.getByText("CN¥7.00 unspent return to the budget; CN¥18.00 spent").waitFor();
    await page.getByLabel("Reason").fill("sold on a market place");
    await page.getByLabel("Evidence (optional)").fill("case 382");
    await page.getByRole("button", { name: "Claw back CN¥25.00" }).click();
    await page.getByText("Clawed back: CN¥7.00 returned to the budget, CN¥18.00 owing.").waitFor();
    await page.getByText("It was taken back").waitFor();
    expect(await page.getByRole("button", { name: /Hold|Claw/ }).count()).toBe(0);
    await page.close();
  });

  test("an admin extends one grant, seeing what would follow, in the campaign's zone", async () => {
    const grant = await granted("user-extended");
    const page = await it.signedIn("admin", `${PLACE}/${grant}`);
    await page.getByRole("button", { name: "Extend", exact: true }).click();
    const until = page.getByLabel("New expiry");
    expect(await until.inputValue()).toBe("2026-02-09T08:00");
    const follows = "8 Feb 2026, 08:00 → 9 Feb 2026, 08:00. CN¥25.00 stay reserved until then.";
    await page.getByText(follows).waitFor();
    const sure = page.getByRole("button", { name: "Extend this grant" });
    expect(await sure.isEnabled()).toBe(false);
    await page.getByLabel("Reason").fill("the shop was closed");
    await until.fill("2026-02-08T08:00");
    await page.getByText("later than now, and than 8 Feb 2026, 08:00").waitFor();
    expect(await sure.isEnabled()).toBe(false);
    await until.fill("2031-01-01T00:00");
    await page.getByText("Not possible: the campaign closes at").waitFor();
    expect(await sure.isEnabled()).toBe(false);
    expect((await shown(grant)).expiresAtMs).toBe(Date.parse("2026-02-08T08:00+08:00"));
    await until.fill("2026-02-09T12:30");
    await page.getByText("→ 9 Feb 2026, 12:30.").waitFor();
    await sure.click();
    await page.getByText("Extended: it expires at 9 Feb 2026, 12:30.").waitFor();
    await page.getByText("CN¥25.00 of it can be spent until 9 Feb 2026, 12:30.").waitFor();
    expect((await shown(grant)).expiresAtMs).toBe(Date.parse("2026-02-09T12:30+08:00"));
    await act(page, "Hold", "looked at");
    await page.getByText("Held: it cannot be spent for now.").waitFor();
    await page.getByRole("button", { name: "Extend", exact: true }).click();
    await page.getByText("The clock of a held grant stands").waitFor();
    expect(await until.inputValue()).toBe("");
    await until.fill("2026-02-10T00:00");
    await page.getByText("9 Feb 2026, 12:30 → 10 Feb 2026, 00:00. CN¥25.00 stay").waitFor();
    await page.getByRole("link", { name: "Revise the offer to move all its grants." }).click();
    await page.waitForURL(`${it.server.url}/campaigns/${CAMPAIGN}/revise`);
    await page.close();
  });

  test("what somebody else did meanwhile is told in words", async () => {
    const grant = await granted("user-raced");
    const page = await it.signedIn("admin", `${PLACE}/${grant}`);
    await page.getByRole("button", { name: "Hold", exact: true }).click();
    await it.engine.money("cancel", CAMPAIGN, { id: "x-1", grant });
    await page.getByLabel("Reason").fill("late");
    await page.getByRole("button", { name: "Hold CN¥25.00" }).click();
    await page.getByText("Nothing was changed: it was cancelled before.").waitFor();
    await page.close();
  });

  test("a viewer sees the grant of a link, and nothing to do with it", async () => {
    const grant = await granted("user-seen", "envelope");
    const page = await it.signedIn("viewer", `${PLACE}/${grant}`);
    await page.getByRole("heading", { name: "Why this amount" }).waitFor();
    await page.getByText("drawn", { exact: true }).waitFor();
    expect(await page.getByRole("button", { name: /Hold|Extend|Claw|Download/ }).count()).toBe(0);
    await page.getByRole("navigation").getByRole("link", { name: "Grants" }).click();
    await page.getByText("sign in with an admin key").waitFor();
    expect(await page.getByLabel("User id").count()).toBe(0);
    const path = `/v1/campaigns/${CAMPAIGN}/grants/${grant}/hold`;
    const headers = { "content-type": "application/json" };
    const request = { method: "POST", headers, body: JSON.stringify({ id: "h-9", why: "no" }) };
    const http = await page.evaluate(
      ([path, request]) => fetch(path, request).then(({ status }) => status),
      [path, request] as const,
    );
    expect(http).toBe(403);
    await page.close();
  });

  test("hostile user ids, grant ids and reasons are text", async () => {
    const grant = await granted(HOSTILE);
    const page = await it.signedIn("admin", PLACE);
    const complaints = complaintsOf(page);
    await page.getByLabel("User id").fill(HOSTILE);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: `Grants of ${HOSTILE}` }).waitFor();
    await page.getByRole("link", { name: grant }).click();
    await act(page, "Hold", HOSTILE);
    await page.getByText("Held: it cannot be spent").waitFor();
    await page.goto(
      `${it.server.url}${PLACE}/${encodeURIComponent("<img src=x onerror=alert(1)>")}`,
    );
    await page.getByText("onerror").waitFor();
    await page.getByRole("navigation").getByRole("link", { name: "Grants" }).click();
    await page.getByLabel("User id").waitFor();
    const tooLong = "汉".repeat(167);
    await page.goto(`${it.server.url}${PLACE}/${grant}`);
    await page.getByRole("button", { name: "Release" }).click();
    await page.getByLabel("Reason").fill(tooLong);
    await page.getByText("Too long: at most 500 bytes.").waitFor();
    // 503: a server without receipts says so.
    expect(complaints.filter((one) => !/status of (4|503)/.test(one))).toEqual([]);
    await page.close();
  });

  test("the words of German and Chinese", async () => {
    const grant = await granted("user-worded");
    const page = await it.signedIn("admin", `${PLACE}/${grant}`);
    await page.getByLabel("Language").selectOption("de");
    await page.getByRole("button", { name: "Zurückfordern" }).click();
    await page.getByRole("button", { name: /25,00\sCN¥ zurückfordern/ }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByLabel("Sprache").selectOption("zh");
    await page.getByRole("button", { name: "冻结" }).click();
    await page.getByRole("button", { name: "冻结 ¥25.00" }).waitFor();
    await page.close();
  });

  test.each(["light", "dark"] as const)("axe finds nothing, %s", async (scheme) => {
    const user = `user-${scheme}`;
    const grants = [await granted(user), await granted(user, "envelope")];
    const page = await it.signedIn("admin");
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    const faults: string[] = [];
    for (const width of [1280, 380]) {
      await page.setViewportSize({ width, height: 800 });
      for (const grant of grants) {
        faults.push(...(await faultsAt(page, `${it.server.url}${PLACE}/${grant}`, width)));
      }
      await page.getByRole("button", { name: "Claw back" }).click();
      await page.getByLabel("Reason").fill("looks wrong");
      faults.push(...(await faultsHere(page, width)));
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Extend" }).click();
      await page.getByText("stay reserved until then").waitFor();
      faults.push(...(await faultsHere(page, width)));
      faults.push(...(await faultsAt(page, `${it.server.url}${PLACE}`, width)));
      await page.getByLabel("User id").fill(user);
      await page.keyboard.press("Enter");
      await page.getByRole("link", { name: grants[0]! }).waitFor();
      faults.push(...(await faultsHere(page, width)));
    }
    expect(faults).toEqual([]);
    await page.close();
  });
});

describe.runIf(CHROMIUM !== undefined)("with receipts", () => {
  test("a grant's receipt is saved as a file that holds without the server", async () => {
    const ledger = await LoggedLedger.make();
    const { journal, log, secrets } = dataPaths(ledger.directory);
    const place = { journal, log, secrets };
    const options = { place, intervalMs: 20, witnesses: [], onNotice: () => {} };
    const follower = await LogFollower.start(ledger.engine, options);
    const drill = { engine: ledger.engine, clock: new DrivenClock(STARTS_AT_MS) };
    const it = await openConsole({ drill, follower });
    const [grant] = await ledger.grant(1);
    const [key] = await eventually(async () => {
      const found = await publicKeys(log);
      return found.length > 0 ? found : null;
    });
    const page = await it.signedIn("viewer", `${PLACE}/${grant}`);
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download the receipt" }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toBe(`${grant}.receipt.json`);
    const facts = checkReceipt(await readFile(await file.path()), { key: key! });
    expect(facts).toMatchObject({ kind: "granted" });
    await page.getByText("Saved. It can be checked without this server.").waitFor();
    await it.close();
    await follower.close();
    await ledger.remove();
  });
});

if (CHROMIUM === undefined)
  test("the pages of grants in a browser", ({ skip }) => skip(NO_CHROMIUM));
