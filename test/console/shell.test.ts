// What every page of the console stands in: sessions that end and go on, drafts, addresses, keys.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Scope } from "../../src/contract/index.ts";
import { execute } from "../../src/host/index.ts";
import { CAMPAIGN, campaignYaml } from "../contract/campaign.ts";
import {
  CHROMIUM,
  type ConsoleDrill,
  faultsHere,
  NO_CHROMIUM,
  openConsole,
} from "./console.fixture.ts";

const REVISE = `/campaigns/${CAMPAIGN}/revise`;
const FILE = "Text of the campaign file";

describe.runIf(CHROMIUM !== undefined)("the console's shell", () => {
  let it: ConsoleDrill;

  beforeAll(async () => {
    it = await openConsole();
  });

  afterAll(async () => {
    await it.close();
  });

  /** A page signed in with a key of that name, and how to end the key. */
  async function as(name: string, address: string, scope: Scope = "admin"): Promise<Page> {
    const page = await it.newPage();
    await page.goto(`${it.server.url}${address}`);
    await enter(page, name, scope);
    await page.getByRole("navigation").waitFor();
    return page;
  }

  async function enter(page: Page, name: string, scope: Scope = "admin"): Promise<void> {
    const { secret } = await it.keys.add({ name, scope }, 1);
    await page.getByLabel("Key", { exact: true }).fill(secret);
    await page.getByRole("button", { name: "Sign in" }).click();
  }

  async function revoke(name: string): Promise<void> {
    const { key } = it.keys
      .list()
      .find((one) => one.name === name && one.revokedAtMs === undefined)!;
    await it.keys.revoke(key, 2);
  }

  const draft = `${campaignYaml()}# half done\n`;

  async function write(page: Page): Promise<void> {
    await page.getByLabel(FILE).fill(draft);
    await page.getByLabel("Why", { exact: true }).fill("more for the weekend");
  }

  async function expectDraft(page: Page): Promise<void> {
    await page.getByLabel(FILE).waitFor();
    expect(await page.getByLabel(FILE).inputValue()).toBe(draft);
    expect(await page.getByLabel("Why", { exact: true }).inputValue()).toBe("more for the weekend");
  }

  test("a session that ends leaves the work unseen behind the door, and goes on", async () => {
    const page = await as("ann", REVISE);

    await write(page);
    // Whatever the page asks next is refused: its campaign, each second.
    await revoke("ann");
    await page.getByText("The session of ann has ended").waitFor();
    expect(await page.locator("h1:visible").allTextContents()).toEqual(["hongbao · Sign in"]);
    expect(await page.getByLabel(FILE).isVisible()).toBe(false);
    expect(await page.evaluate("document.body.innerText")).not.toContain("half done");
    expect(await faultsHere(page, 1280)).toEqual([]);
    for (let times = 0; times < 3; times++) await page.keyboard.press("Escape");
    for (let stops = 0; stops < 6; stops++) {
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.closest('#root') === null")).toBe(true);
    }
    await enter(page, "ann");
    await expectDraft(page);
    await page.getByRole("button", { name: "Preview" }).click();
    await page.close();
  });

  test("what asked before a session ended asks on, whatever is pressed in the door", async () => {
    const page = await as("eva", `/campaigns/${CAMPAIGN}`);
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await page.getByRole("dialog").waitFor();
    await revoke("eva");
    await page.getByText("The session of eva has ended").waitFor();
    for (let times = 0; times < 3; times++) await page.keyboard.press("Escape");
    await enter(page, "eva");
    await page.getByRole("dialog").getByRole("button", { name: "Pause" }).waitFor();
    await page.close();
  });

  test("whoever else signs in begins anew, without what the one before him wrote", async () => {
    const page = await as("ben", REVISE);
    await write(page);
    await revoke("ben");
    await page.getByText("The session of ben has ended").waitFor();
    await enter(page, "cem");
    await page.getByRole("button", { name: "cem" }).waitFor();
    await page.getByLabel(FILE).waitFor();
    expect(await page.getByLabel("Why", { exact: true }).inputValue()).toBe("");
    expect(await page.getByLabel(FILE).inputValue()).not.toContain("half done");
    await page.close();
  });

  test("what was written waits while one looks at another page, until one signs out", async () => {
    const page = await as("dan", REVISE);
    await write(page);
    const pages = page.getByRole("navigation");
    await pages.getByRole("link", { name: "Reports" }).click();
    await page.getByRole("heading", { level: 1, name: "Reports" }).waitFor();
    await page.goBack();
    await expectDraft(page);
    // The browser asks before all of it is left.
    const asked = new Promise<string>((resolve) => {
      page.once("dialog", (dialog) => {
        resolve(dialog.type());
        void dialog.dismiss();
      });
    });
    await page.evaluate("setTimeout(() => location.reload())");
    expect(await asked).toBe("beforeunload");
    await expectDraft(page);
    expect(await page.evaluate("JSON.stringify([localStorage, sessionStorage])")).not.toContain(
      "half done",
    );
    await page.getByRole("button", { name: "dan" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await enter(page, "dan");
    await page.getByLabel(FILE).waitFor();
    expect(await page.getByLabel("Why", { exact: true }).inputValue()).toBe("");
    await page.close();
  });

  test("a slash leads to the search on a keyboard where it is Shift and 7, too", async () => {
    const page = await it.signedIn("admin", `/campaigns/${CAMPAIGN}/grants`);
    const keyboard = await page.context().newCDPSession(page);
    const press = async (key: string, code: string): Promise<void> => {
      const one = { modifiers: 8, key, code, text: key };
      await keyboard.send("Input.dispatchKeyEvent", { type: "keyDown", ...one });
      await keyboard.send("Input.dispatchKeyEvent", { type: "keyUp", ...one });
    };
    const here = () => page.evaluate("document.activeElement.labels?.[0]?.textContent ?? ''");
    await page.getByLabel("User", { exact: false }).first().waitFor();
    await press("/", "Digit7");
    await expect.poll(here).toContain("ser");
    expect(await page.evaluate("document.activeElement.value")).toBe("");
    await page.goto(`${it.server.url}/campaigns/${CAMPAIGN}/suspects`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.locator("main form").waitFor();
    await press("/", "Digit7");
    await expect.poll(here).toBe("State");
    await page.locator("h1").click();
    await page.evaluate("document.activeElement.blur()");
    await press("?", "Minus");
    await page.getByRole("dialog", { name: "Help" }).waitFor();
    await page.close();
  });

  test("a slash leads to a search from pages that have none", async () => {
    const page = await it.signedIn("viewer", `/campaigns/${CAMPAIGN}/live`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.keyboard.press("/");
    await page.waitForURL(`**/campaigns/${CAMPAIGN}/grants`);
    const here = () => page.evaluate("document.activeElement.labels?.[0]?.textContent ?? ''");
    await expect.poll(here).not.toBe("");
    for (const at of ["/", "/reports", "/plan"]) {
      await page.goto(`${it.server.url}${at}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.keyboard.press("/");
      const sought = () => page.evaluate("document.activeElement.ariaLabel ?? ''");
      await expect.poll(sought).toBe("Filter: Campaigns");
      expect(new URL(page.url()).pathname).toBe("/");
    }
    await page.close();
  });

  test("on a phone the theme is chosen in the menu of who is signed in", async () => {
    const page = await as("gil", "/");
    await page.setViewportSize({ width: 380, height: 800 });
    await page.getByRole("button", { name: "gil" }).click();
    await page.getByRole("menuitemradio", { name: "Dark" }).click();
    const scheme = () => page.evaluate("document.documentElement.dataset.mantineColorScheme");
    await expect.poll(scheme).toBe("dark");
    await page.getByRole("button", { name: "gil" }).click();
    await page.getByRole("menuitemradio", { name: "Dark", checked: true }).waitFor();
    expect(await faultsHere(page, 380)).toEqual([]);
    await page.close();
  });

  test("a mistyped address is a page that says so, for programs an error", async () => {
    const page = await it.signedIn("viewer");
    for (const place of ["/nope", "/campaigns/%2e%2e/live", "/campaigns/%E0%A4%A", "/reportss/x"]) {
      const answer = (await page.goto(`${it.server.url}${place}`))!;
      expect([place, answer.status()]).toEqual([place, 404]);
      expect(answer.headers()["content-security-policy"]).toContain("script-src 'self'");
      expect(answer.headers()["x-frame-options"]).toBe("DENY");
      const words = /There is no such page|has no campaign/;
      await page.getByRole("heading", { level: 1, name: words }).waitFor();
      expect(await faultsHere(page, 1280)).toEqual([]);
      const program = await fetch(`${it.server.url}${place}`);
      expect(program.headers.get("content-type")).toContain("application/json");
    }
    for (const place of ["/v1/nope", "/docs/nope", "/healthz/nope"]) {
      const headers = { accept: "text/html" };
      const answer = await fetch(`${it.server.url}${place}`, { headers });
      expect([place, answer.headers.get("content-type")]).toEqual([
        place,
        expect.stringContaining("application/json"),
      ]);
    }
    await page.goto(`${it.server.url}/campaigns`);
    await page.getByRole("heading", { level: 1, name: "Campaigns" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/");
    await page.close();
  });

  test("a campaign may be called open", async () => {
    const yaml = campaignYaml().replace(`campaign: ${CAMPAIGN}`, "campaign: open");
    await execute(it.engine, "campaign.open", { params: {}, query: null, body: { yaml } });
    const page = await it.signedIn("admin", "/campaigns/open");
    await page.getByRole("heading", { level: 1, name: "The contract suite" }).waitFor();
    await page.goto(`${it.server.url}/`);
    await page.getByRole("link", { name: "Open a campaign" }).click();
    await page.getByRole("heading", { level: 1, name: "Open a campaign" }).waitFor();
    await page.close();
  });

  test("what is known by no name is said at once, with the way to what there is", async () => {
    const page = await it.signedIn("viewer");
    const wrong = [
      ["/campaigns/nowhere/grants", "campaign nowhere", "To the campaigns"],
      ["/campaigns/NO%20ID", "campaign NO ID", "To the campaigns"],
      ["/reports/r-1", "report r-1", "To the reports"],
      ["/reports/NO!", "report NO!", "To the reports"],
    ] as const;
    for (const [place, what, way] of wrong) {
      let asked = 0;
      const count = (request: { url(): string }): void => {
        if (/v1\/(campaigns|reports)\//.test(request.url())) asked += 1;
      };
      await page.goto(`${it.server.url}${place}`);
      page.on("request", count);
      const words = `This server has no ${what}.`;
      await page.getByRole("heading", { level: 1, name: words }).waitFor();
      expect(await page.getByRole("link", { name: way }).count()).toBe(1);
      expect(await page.getByRole("button", { name: "Try again" }).count()).toBe(0);
      if (place.startsWith("/reports")) expect(asked).toBeLessThanOrEqual(1);
      page.off("request", count);
    }
    await page.close();
  });

  test("a server that answers is not called silent: what lags follows by itself", async () => {
    await it.engine.money("claim", CAMPAIGN, { id: "c-lag", user: "lag", offer: "card" });
    const page = await it.signedIn("viewer");
    const error = {
      ...{ code: "receipts_unavailable", message: "no receipts now: it lags" },
      ...{ retryable: true, next: "Ask again in a moment." },
    };
    await page.route("**/v1/reports", (route) => route.fulfill({ status: 503, json: { error } }));
    await page.getByRole("navigation").getByRole("link", { name: "Reports" }).click();
    await page.getByText("This follows in a moment: no receipts now: it lags").waitFor();
    expect(await page.getByRole("button", { name: "Try again" }).count()).toBe(0);
    await page.unroute("**/v1/reports");
    await page.getByText("This follows in a moment").waitFor({ state: "detached" });
    await page.close();
  });

  test("what no field can show of an address counts as absent", async () => {
    const page = await it.signedIn(
      "admin",
      "/settings/keys?keys.hide=keys.name,keys.id&keys.sort=x",
    );
    for (let more = 0; more < 6; more++) await it.keys.add({ name: `k ${more}`, scope: "app" }, 1);
    await page.reload();
    await page.getByRole("columnheader", { name: "Name" }).waitFor();
    expect(await page.getByRole("columnheader", { name: "Id", exact: true }).count()).toBe(0);
    const suspects = `/campaigns/${CAMPAIGN}/suspects?attribute=zzz&state=zzz&above=-1`;
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(`${it.server.url}${suspects}`);
    await page.locator("main form").waitFor();
    expect(await page.getByLabel("State").inputValue()).toBe("");
    expect(asked.filter((url) => url.includes("/suspects/"))).toEqual([]);
    await page.close();
  });

  test("another page begins at its top, and the way back leads to where one was", async () => {
    const page = await it.signedIn("viewer", `/campaigns/${CAMPAIGN}`);
    await page.setViewportSize({ width: 1280, height: 300 });
    const top = () => page.evaluate("Math.round(scrollY)");
    await page.getByRole("heading", { name: "Waves" }).waitFor();
    await page.evaluate("scrollTo(0, 200)");
    await expect.poll(top).toBe(200);
    await page.getByRole("link", { name: "hongbao" }).click();
    await page.getByRole("heading", { level: 1, name: "Campaigns" }).waitFor();
    expect(await top()).toBe(0);
    await page.goBack();
    await expect.poll(top).toBe(200);
    await page.close();
  });

  test("every page is reached in a window that is low, or much enlarged", async () => {
    const page = await as("fay", `/campaigns/${CAMPAIGN}`);
    await page.setViewportSize({ width: 1280, height: 300 });
    await page.getByRole("navigation").getByRole("link", { name: "Settings" }).click();
    await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
    expect(await faultsHere(page, 1280)).toEqual([]);
    await page.close();
  });

  test("the tabs of Audit are steps of the way back", async () => {
    const page = await it.signedIn("viewer", `/campaigns/${CAMPAIGN}/audit`);
    await page.getByRole("tab", { name: "Luck" }).click();
    await page.getByRole("tab", { name: "Luck", selected: true }).waitFor();
    await page.goBack();
    await page.getByRole("tab", { selected: true }).first().waitFor();
    expect(new URL(page.url()).pathname).toContain("/audit");
    expect(await page.getByRole("tab", { name: "Luck", selected: true }).count()).toBe(0);
    await page.close();
  });

  test("a tab notices at once who is signed in in another one", async () => {
    const first = await as("eva", "/");
    const second = await first.context().newPage();
    await second.goto(`${it.server.url}/settings`);
    await second.getByRole("button", { name: "eva" }).click();
    await second.getByRole("menuitem", { name: "Sign out" }).click();
    await first.getByLabel("Key", { exact: true }).waitFor();
    await enter(second, "fay", "viewer");
    await first.getByRole("button", { name: "fay" }).waitFor();
    await first.context().close();
  });
});

if (CHROMIUM === undefined) test("the console's shell", ({ skip }) => skip(NO_CHROMIUM));
