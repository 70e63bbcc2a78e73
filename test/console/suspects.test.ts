// The page of suspects in a real browser: a ring is found, previewed, and held as a whole.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CAMPAIGN } from "../contract/campaign.ts";
import {
  CHROMIUM,
  type ConsoleDrill,
  complaintsOf,
  faultsAt,
  faultsHere,
  NO_CHROMIUM,
  openConsole,
} from "./console.fixture.ts";

const PLACE = `/campaigns/${CAMPAIGN}/suspects`;
const HOSTILE = `<img/src=x/onerror=alert(1)>`;

describe.runIf(CHROMIUM !== undefined)("the page of suspects", () => {
  let it: ConsoleDrill;
  const grants: string[] = [];

  beforeAll(async () => {
    it = await openConsole();
    for (const [i, device] of ["d-1", "d-1", "d-2", "d-2", "d-3"].entries()) {
      const body = { id: `c-${i}`, user: `user-${i}`, offer: "card", attributes: { device } };
      grants.push((await it.engine.money("claim", CAMPAIGN, body)).grant!);
    }
  });

  afterAll(async () => {
    await it.close();
  });

  test("a ring is found, and just what was found is held; what changed is left alone", async () => {
    const page = await it.signedIn("admin", `/campaigns/${CAMPAIGN}/grants`);
    await page.getByRole("link", { name: "Many at once" }).click();
    await page.getByLabel("Attribute").selectOption("device");
    await page.getByLabel("Shared by more than").fill("1");
    await page.getByRole("button", { name: "Find" }).click();
    await page.getByRole("heading", { name: "4 grants of CN¥100.00" }).waitFor();
    await page.getByText("4 users have them.").waitFor();
    await page.waitForURL(/suspects\?attribute=device&above=1$/);
    await page.reload();
    await page.getByText("4 users have them.").waitFor();
    expect(await page.getByRole("button", { name: "Release" }).count()).toBe(0);
    await it.engine.money("cancel", CAMPAIGN, { id: "x-1", grant: grants[0]! });
    await page.getByRole("button", { name: "Hold" }).click();
    await page.getByLabel("Reason").fill("two accounts on each device");
    await page.getByRole("button", { name: "Hold 4 grants, CN¥100.00" }).click();
    await page.getByText("3 of 4 done; 1 changed meanwhile, 0 not possible.").waitFor();
    const state = async (grant: string): Promise<string> =>
      (await it.engine.money("redeem", CAMPAIGN, { id: `r-${grant}`, grant })).status;
    expect(await state(grants[1]!)).toBe("held");
    expect(await state(grants[4]!)).toBe("redeemed");
    await page.getByRole("button", { name: "Find" }).click();
    // Of the four one is cancelled: nothing of it can be released.
    await page.getByRole("button", { name: "Release" }).click();
    await page.getByText("3 grants of CN¥75.00 can be spent again.").waitFor();
    await page.getByRole("button", { name: "Release 3 grants, CN¥75.00" }).waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByLabel("State", { exact: true }).selectOption("held");
    await page.getByRole("button", { name: "Find" }).click();
    await page.getByRole("button", { name: "Claw back" }).click();
    await page.getByLabel("Reason").fill("proven");
    await page.getByRole("button", { name: /^Claw back [23] grants/ }).click();
    await page.getByText(/returned to the budget, CN¥0.00 owing/).waitFor();
    await page.close();
  });

  test("a viewer looks and does nothing; nothing found is said; hostile text is text", async () => {
    const page = await it.signedIn("viewer", PLACE);
    const complaints = complaintsOf(page);
    await page.getByRole("button", { name: "Find" }).click();
    await page.getByRole("heading", { name: "5 grants" }).waitFor();
    expect(await page.getByRole("button", { name: /Hold|Release|Extend|Claw/ }).count()).toBe(0);
    await page.getByLabel("Attribute").selectOption("device");
    await page.getByLabel("Its values").fill(HOSTILE);
    await page.getByRole("button", { name: "Find" }).click();
    await page.getByText("No grant has all of this.").waitFor();
    // Values may be somebody's: no address has them.
    expect(page.url()).toMatch(/suspects$/);
    await page.goto(`${it.server.url}${PLACE}?offer=${encodeURIComponent(HOSTILE)}`);
    await page.getByRole("alert").waitFor();
    expect(await page.getByLabel("Offer").inputValue()).toBe(HOSTILE);
    expect(complaints.filter((one) => !/status of 4/.test(one))).toEqual([]);
    await page.close();
  });

  test("what was found is extended together, in the campaign's zone", async () => {
    for (const user of ["late-1", "late-2"]) {
      await it.engine.money("claim", CAMPAIGN, { id: `c-${user}`, user, offer: "envelope" });
    }
    const page = await it.signedIn("admin", PLACE);
    await page.getByLabel("Offer").selectOption("envelope");
    await page.getByRole("button", { name: "Find" }).click();
    await page.getByRole("button", { name: "Extend" }).click();
    await page.getByText("last longer where it is later.").waitFor();
    const sure = page.getByRole("button", { name: /^Extend 2 grants, CN¥/ });
    await page.getByLabel("Reason").fill("the shop was closed");
    expect(await sure.isEnabled()).toBe(false);
    await page.getByLabel("New expiry").fill("2031-01-01T00:00");
    expect(await sure.isEnabled()).toBe(false);
    await page.getByLabel("New expiry").fill("2026-02-11T00:00");
    await sure.click();
    await page.getByText("2 of 2 done; 0 changed meanwhile, 0 not possible.").waitFor();
    const ends = it.engine.state.campaigns[0]!.extensions;
    expect(ends.length).toBe(2);
    expect(ends.endAt(0)).toBe(Date.parse("2026-02-11T00:00+08:00"));
    await page.close();
  });

  test.each(["light", "dark"] as const)("axe finds nothing, %s", async (scheme) => {
    const page = await it.signedIn("admin");
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    const body = { id: `c-${scheme}`, user: `user-${scheme}`, offer: "card" };
    await it.engine.money("claim", CAMPAIGN, body);
    const faults: string[] = [];
    for (const width of [1280, 380]) {
      await page.setViewportSize({ width, height: 800 });
      faults.push(...(await faultsAt(page, `${it.server.url}${PLACE}`, width)));
      await page.getByLabel("Attribute").selectOption("device");
      await page.getByLabel("Shared by more than").fill("0");
      await page.getByRole("button", { name: "Find" }).click();
      await page.getByRole("heading", { name: "Who shares what" }).waitFor();
      faults.push(...(await faultsHere(page, width)));
      await page.getByLabel("Attribute").selectOption("");
      await page.getByRole("button", { name: "Find" }).click();
      await page.getByRole("button", { name: "Hold" }).click();
      await page.getByLabel("Reason").fill("looks wrong");
      await page.waitForTimeout(300);
      faults.push(...(await faultsHere(page, width)));
    }
    expect(faults).toEqual([]);
    await page.close();
  });
});

if (CHROMIUM === undefined) test("suspects in a browser", ({ skip }) => skip(NO_CHROMIUM));
