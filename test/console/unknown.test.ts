// Money that is asked for while nobody knows whether the server hears it, in a real browser:
// without a network, with answers that are lost or late. What was cancelled is not done later, and
// nothing is done twice.
import type { Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CAMPAIGN } from "../contract/campaign.ts";
import {
  CHROMIUM,
  type ConsoleDrill,
  faultsHere,
  NO_CHROMIUM,
  openConsole,
} from "./console.fixture.ts";

const HERE = `/campaigns/${CAMPAIGN}`;
/** Longer than the client waits before it asks again. */
const PATIENCE_MS = 6000;

let claims = 0;

describe.runIf(CHROMIUM !== undefined)("money of unknown fate", () => {
  let it: ConsoleDrill;

  beforeAll(async () => {
    it = await openConsole();
  });

  afterAll(async () => {
    await it.close();
  });

  async function pageOf(grant: string): Promise<Page> {
    return it.signedIn("admin", `${HERE}/grants/${grant}`);
  }

  async function granted(): Promise<string> {
    claims += 1;
    const body = { id: `c-${claims}`, user: `user-${claims}`, offer: "card" };
    return (await it.engine.money("claim", CAMPAIGN, body)).grant!;
  }

  async function cancelled(): Promise<string> {
    const grant = await granted();
    await it.engine.money("cancel", CAMPAIGN, { id: `x-${grant}`, grant });
    return grant;
  }

  /** Of payments that came too late: what the line bore, and what was lost. */
  function coveredMinor(): number {
    const { contingencyMinor, lossMinor } = it.engine.state.campaigns[0]!.books;
    return contingencyMinor + lossMinor;
  }

  async function fillClawback(page: Page): Promise<void> {
    await page.getByRole("button", { name: "Claw back", exact: true }).click();
    await page.getByLabel("Reason").fill("wrong person");
  }

  async function fillCover(page: Page): Promise<void> {
    await page.getByRole("button", { name: "Book a late payment" }).click();
    await page.getByLabel("Amount in CNY").fill("1.00");
    await page.getByLabel("When the merchant was paid").fill("2026-02-05T10:00:00");
    await page.getByLabel("Reason").fill("paid by hand");
  }

  test("what is cancelled without a network is not done once there is one", async () => {
    const grant = await granted();
    const page = await pageOf(grant);
    await fillClawback(page);
    await page.context().setOffline(true);
    const window = page.getByRole("dialog");
    await window.getByRole("button", { name: "Claw back CN¥25.00" }).click();
    await window.getByText("The server has not answered yet").waitFor();
    await page.getByText("the server does not answer").first().waitFor();
    await window.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("It is asked no more").waitFor();
    const again = page.waitForRequest(/\/clawback$/, { timeout: PATIENCE_MS });
    await page.context().setOffline(false);
    await expect(again).rejects.toThrow("Timeout");
    await page.getByText("the server does not answer").waitFor({ state: "detached" });
    expect(await page.getByRole("button", { name: "Claw back", exact: true }).count()).toBe(1);
    await page.close();
  });

  test("a server that is reached answers, whatever the browser says of the network", async () => {
    const grant = await granted();
    const page = await pageOf(grant);
    await page.evaluate("dispatchEvent(new Event('offline'))");
    await fillClawback(page);
    await page.getByRole("button", { name: "Claw back CN¥25.00" }).click();
    await page.getByText("Clawed back: CN¥25.00 returned to the budget").waitFor();
    await page.getByText("It was taken back").waitFor();
    await page.close();
  });

  test("what one asked is not done as another one who signs in meanwhile", async () => {
    const grant = await granted();
    const page = await pageOf(grant);
    await fillClawback(page);
    await page.route("**/clawback", (route) => route.abort());
    await page.getByRole("button", { name: "Claw back CN¥25.00" }).click();
    await page.getByText("The server has not answered yet").waitFor();
    const { secret } = await it.keys.add({ name: "another admin", scope: "admin" }, 1);
    const other = await page.context().newPage();
    await other.goto(it.server.url);
    await other.getByRole("button", { name: "the admin" }).click();
    await other.getByRole("menuitem", { name: "Sign out" }).click();
    await other.getByLabel("Key", { exact: true }).fill(secret);
    await other.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "another admin" }).waitFor();
    const again = page.waitForRequest(/\/clawback$/, { timeout: PATIENCE_MS });
    await page.unroute("**/clawback");
    await expect(again).rejects.toThrow("Timeout");
    await page.context().close();
  });

  test("who cannot be signed out is told that he is still signed in", async () => {
    const page = await it.signedIn("admin", HERE);
    await page.context().setOffline(true);
    await page.getByRole("button", { name: "the admin" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByText("Still signed in: the server did not answer.").waitFor();
    await page.context().setOffline(false);
    await page.getByRole("button", { name: "the admin" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByLabel("Key", { exact: true }).waitFor();
    await page.close();
  });

  test("a payment whose answer was lost stays as it was sent, and is booked once", async () => {
    const grant = await cancelled();
    const before = coveredMinor();
    const page = await pageOf(grant);
    const ids: string[] = [];
    // No answer for good: an error that says nothing of its fate, and is not asked again.
    const lose = async (route: Route): Promise<void> => {
      ids.push(route.request().postDataJSON().id);
      await route.fetch();
      await route.fulfill({ status: 200, contentType: "text/html", body: "<html></html>" });
    };
    await page.route("**/cover", lose);
    await fillCover(page);
    const window = page.getByRole("dialog");
    const sure = window.getByRole("button", { name: "Book CN¥1.00" });
    await sure.click();
    await window.getByText("What was sent stays until that is known.").waitFor();
    expect(coveredMinor()).toBe(before + 100);
    expect(await window.getByLabel("Reason").isDisabled()).toBe(true);
    expect(await window.getByLabel("Amount in CNY").isDisabled()).toBe(true);
    expect(await faultsHere(page, 1280)).toEqual([]);
    await page.unroute("**/cover", lose);
    const sent = page.waitForRequest(/\/cover$/);
    await sure.click();
    expect((await sent).postDataJSON().id).toBe(ids[0]);
    await page.getByText(ids[0]!).first().waitFor();
    expect(coveredMinor()).toBe(before + 100);
    await page.route("**/cover", lose);
    await fillCover(page);
    await sure.click();
    await window.getByText("What was sent stays until that is known.").waitFor();
    await window.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("It is asked no more, but may have been done").waitFor();
    await page.close();
  });

  test("an answer on its way is told with the id that was sent", async () => {
    const page = await pageOf(await cancelled());
    let answer = (): void => {};
    const isLate = new Promise<void>((resolve) => {
      answer = resolve;
    });
    let id = "";
    await page.route("**/cover", async (route) => {
      id = route.request().postDataJSON().id;
      await isLate;
      await route.continue();
    });
    await fillCover(page);
    const window = page.getByRole("dialog");
    await window.getByRole("button", { name: "Book CN¥1.00" }).click();
    await expect.poll(() => id).not.toBe("");
    expect(await window.getByLabel("Reason").isDisabled()).toBe(true);
    answer();
    await window.waitFor({ state: "detached" });
    await page.getByRole("status").filter({ hasText: id }).waitFor();
    await page.close();
  });

  /** Two grants on one device, found and about to be clawed back. */
  async function ring(device: string): Promise<Page> {
    for (const i of [1, 2]) {
      const body = { id: `${device}-${i}`, user: `${device}-${i}`, offer: "card" };
      const { grant } = await it.engine.money("claim", CAMPAIGN, {
        ...{ ...body, attributes: { device } },
      });
      if (i === 1)
        await it.engine.money("redeem", CAMPAIGN, {
          id: `r-${device}`,
          grant: grant!,
          amountMinor: 700,
        });
    }
    const page = await it.signedIn("admin", `${HERE}/grants`);
    await page.getByRole("link", { name: "Many at once" }).click();
    await page.getByLabel("Attribute").selectOption("device");
    await page.getByLabel("Its values").fill(device);
    await page.getByRole("button", { name: "Find" }).click();
    await page.getByRole("heading", { name: "2 grants of CN¥50.00" }).waitFor();
    await page.getByRole("button", { name: "Claw back", exact: true }).click();
    await page.getByLabel("Reason").fill("one device");
    return page;
  }

  const ALL = "Claw back 2 grants, CN¥50.00";
  const ACT = "**/suspects/act";

  function clawBacks(): number {
    return it.engine.state.campaigns[0]!.suspicion.counts.clawedBack;
  }

  test("many at once: whoever stops while the server is silent has stopped", async () => {
    const page = await ring("d-silent");
    const before = clawBacks();
    await page.route(ACT, (route) => route.abort());
    await page.getByRole("button", { name: ALL }).click();
    const window = page.getByRole("dialog");
    await window.getByText("The server has not answered yet").waitFor();
    await window.getByRole("button", { name: "Stop" }).click();
    await window.waitFor({ state: "detached" });
    await page.getByText("Stopped: 0 of 2 are done for certain").waitFor();
    const again = page.waitForRequest(/suspects\/act$/, { timeout: PATIENCE_MS });
    await page.unroute(ACT);
    await expect(again).rejects.toThrow("Timeout");
    expect(clawBacks()).toBe(before);
    await page.close();
  });

  test("many at once: whoever leaves the page has stopped, and is told", async () => {
    const page = await ring("d-left");
    const before = clawBacks();
    const asked = page.waitForRequest(/suspects\/act$/);
    await page.route(ACT, () => {});
    await page.getByRole("button", { name: ALL }).click();
    const first = await asked;
    const ended = page.waitForEvent("requestfailed", (request) => request === first);
    await page.goBack();
    await ended;
    await page.getByText("Stopped: 0 of 2 are done for certain").waitFor();
    expect(clawBacks()).toBe(before);
    await page.close();
  });

  test("many at once: a lost answer is asked for in the same words, and all count", async () => {
    const page = await ring("d-lost");
    const before = clawBacks();
    const lose = async (route: Route): Promise<void> => {
      await route.fetch();
      await route.fulfill({ status: 200, contentType: "text/html", body: "<html></html>" });
    };
    await page.route(ACT, lose);
    const window = page.getByRole("dialog");
    await window
      .getByText("CN¥43.00 unspent return to the budget; CN¥7.00 spent are owing.")
      .waitFor();
    await page.getByRole("button", { name: ALL }).click();
    await window.getByText("What was sent stays until this is closed").waitFor();
    expect(clawBacks()).toBe(before + 2);
    expect(await window.getByLabel("Reason").isDisabled()).toBe(true);
    await page.unroute(ACT);
    await window.getByRole("button", { name: ALL }).click();
    await page.getByText("2 of 2 done; 0 changed meanwhile, 0 not possible.").waitFor();
    // What stands below is as it is now.
    await page.getByRole("cell", { name: "clawed back" }).first().waitFor();
    await page.getByRole("button", { name: "Claw back" }).waitFor({ state: "detached" });
    expect(clawBacks()).toBe(before + 2);
    await page.close();
  });
});

if (CHROMIUM === undefined)
  test("money of unknown fate in a browser", ({ skip }) => skip(NO_CHROMIUM));
