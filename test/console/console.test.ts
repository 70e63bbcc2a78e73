// The console in a real browser against a real server: signing in, every page and action, roles,
// hostile text, a server that goes away, and what axe has to say.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClient } from "../../src/client/index.ts";
import { execute } from "../../src/host/index.ts";
import { CAMPAIGN, campaignYaml } from "../contract/campaign.ts";
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

describe.runIf(CHROMIUM !== undefined)("the console", () => {
  let it: ConsoleDrill;

  beforeAll(async () => {
    it = await openConsole();
    for (const user of ["ann", "ben", "cem"]) {
      await it.engine.money("claim", CAMPAIGN, { id: `c-${user}`, user, offer: "card" });
    }
  });

  afterAll(async () => {
    await it.close();
  });

  test("asks for a key, says why one is refused, and leads where the address said", async () => {
    const page = await it.newPage();
    await page.goto(`${it.server.url}/campaigns/${CAMPAIGN}`);
    await page.getByLabel("Key", { exact: true }).fill("hb_k-x_yyyyyyyyyyyyyyyyyyyy");
    await page.getByRole("button", { name: "Sign in" }).click();
    expect(await page.getByRole("alert").textContent()).toBe(
      "The server does not know this key, or it was revoked.",
    );
    const { secret } = await it.keys.add({ name: "late", scope: "viewer" }, 1);
    await page.getByLabel("Key", { exact: true }).fill(secret);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "The contract suite" }).waitFor();
    expect(await page.evaluate("JSON.stringify([localStorage, sessionStorage])")).not.toContain(
      secret,
    );
    await page.getByRole("button", { name: "late" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByLabel("Key", { exact: true }).waitFor();
    await page.close();
  });

  test("a part that cannot be loaded says so, and comes when the server is back", async () => {
    const page = await it.signedIn("admin");
    const complaints = page.waitForEvent("console");
    await page.route("**/assets/*.js", (route) => route.abort());
    await page.getByRole("navigation").getByRole("link", { name: "Plan" }).click();
    await page.getByText("The server does not answer, or serves a newer console").waitFor();
    expect((await complaints).text()).toContain("ERR_FAILED");
    await page.getByRole("navigation").getByRole("link", { name: "Campaigns" }).click();
    await page.getByRole("heading", { name: "Campaigns" }).waitFor();
    await page.getByRole("navigation").getByRole("link", { name: "Plan" }).click();
    await page.unroute("**/assets/*.js");
    await page.getByRole("heading", { name: "Plan", exact: true }).waitFor();
    await page.close();
  });

  test("what is for admins says so to others who are sent there", async () => {
    const page = await it.signedIn("viewer");
    for (const place of ["/open", "/settings/keys", "/settings/webhooks"]) {
      await page.goto(`${it.server.url}${place}`);
      await page.getByText("This is for admins").waitFor();
      expect(await page.locator("main").getByRole("button").count()).toBe(0);
      expect(await faultsHere(page, 1280)).toEqual([]);
    }
    await page.close();
  });

  test("a page that breaks says so and leaves the others", async () => {
    const page = await it.signedIn("viewer");
    const books = { status: "ok", replayed: false, atMs: 0, sequence: 1, durable: true, books: {} };
    await page.route(`**/v1/campaigns/${CAMPAIGN}`, (route) => route.fulfill({ json: books }));
    await page.getByRole("link", { name: "The contract suite" }).click();
    await page.getByRole("alert").getByText("This page broke").waitFor();
    expect(await faultsHere(page, 1280)).toEqual([]);
    await page.getByRole("navigation").getByRole("link", { name: "Campaigns" }).click();
    await page.getByRole("link", { name: "The contract suite" }).waitFor();
    await page.close();
  });

  test("a link signs in once, leads where it says, and leaves nothing in the address", async () => {
    const { secret } = await it.keys.add({ name: "linked", scope: "viewer" }, 1);
    const program = createClient({ url: it.server.url, key: secret });
    const { code } = await program.session.code({});
    await program.close();
    const address = `${it.server.url}/campaigns/${CAMPAIGN}#code=${code}`;
    const page = await it.newPage();
    await page.goto(address);
    await page.getByRole("heading", { name: "The contract suite" }).waitFor();
    expect(page.url()).not.toContain("#");
    await page.close();
    const late = await it.newPage();
    await late.goto(address);
    expect(await late.getByRole("alert").textContent()).toContain(
      "This link was used or is too old",
    );
    await late.close();
  });

  test("a link asks whoever is signed in already; if he stays, what he writes does", async () => {
    const { secret } = await it.keys.add({ name: "Mallory", scope: "viewer" }, 1);
    const program = createClient({ url: it.server.url, key: secret });
    const [first, second] = [await program.session.code({}), await program.session.code({})];
    await program.close();
    const page = await it.signedIn("admin", `/campaigns/${CAMPAIGN}/revise`);
    const why = page.getByLabel("Why", { exact: true });
    await why.fill("A draft");
    const follow = (code: string) =>
      page.evaluate((hash) => location.assign(hash), `#code=${code}`);
    await follow(first.code);
    await page.getByText("You are signed in as the admin").waitFor();
    expect(page.url()).not.toContain("#");
    expect(await faultsHere(page, 1280)).toEqual([]);
    await page.getByRole("button", { name: "Stay signed in" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await why.inputValue()).toBe("A draft");
    expect(await page.getByText("Mallory").count()).toBe(0);
    // Opened anew, as from a mail.
    await why.fill("");
    await page.goto("about:blank");
    await page.goto(`${it.server.url}/campaigns/${CAMPAIGN}#code=${second.code}`);
    await page.getByText("You are signed in as the admin").waitFor();
    await page.getByRole("button", { name: "Sign in by the link" }).click();
    await page.getByText("Mallory").first().waitFor();
    expect(page.url()).not.toContain("#");
    await page.close();
  });

  test("money to the cent, times in the campaign's zone, the reader's words", async () => {
    const page = await it.signedIn("viewer");
    await page.getByRole("link", { name: "The contract suite" }).click();
    await page.getByText("CN¥0.00 of CN¥1,000.00 spent, CN¥925.00 free").waitFor();
    expect(await page.getByText("Times in Asia/Shanghai").count()).toBe(1);
    await page.getByLabel("Language").selectOption("de");
    await page.getByText(/1\.000,00\sCN¥ ausgegeben/).waitFor();
    await page.getByLabel("Sprache").selectOption("zh");
    await page.getByText("预算 ¥1,000.00").waitFor();
    expect(await page.evaluate("document.documentElement.lang")).toBe("zh-CN");
    await page.getByLabel("语言").selectOption("en");
    await page.close();
  });

  test("limits have their unit, and a campaign that nobody has asked says how to ask", async () => {
    const yaml = campaignYaml().replace(`campaign: ${CAMPAIGN}`, "campaign: fresh");
    await execute(it.engine, "campaign.open", { params: {}, query: null, body: { yaml } });
    const page = await it.signedIn("viewer", `/campaigns/${CAMPAIGN}`);
    await page.getByRole("cell", { name: "3 grants", exact: true }).waitFor();
    await page.getByRole("cell", { name: "CN¥40.00", exact: true }).waitFor();
    expect(await page.getByText("Nobody was granted anything yet").count()).toBe(0);
    await page.goto(`${it.server.url}/campaigns/fresh`);
    await page.getByText("Apps ask by POST /v1/campaigns/fresh/claims").waitFor();
    expect(await page.getByRole("link", { name: "the API" }).getAttribute("href")).toBe("/docs");
    expect(await faultsHere(page, 1280)).toEqual([]);
    await page.close();
  });

  test("a browser that keeps nothing shows it all the same, and forgets", async () => {
    const page = await it.newPage("first");
    const complaints = complaintsOf(page);
    await page.addInitScript(`for (const name of ["localStorage", "sessionStorage"]) {
      const get = () => { throw new DOMException("denied", "SecurityError"); };
      Object.defineProperty(window, name, { get });
    }`);
    const { secret } = await it.keys.add({ name: "private", scope: "viewer" }, 1);
    await page.goto(`${it.server.url}/campaigns/${CAMPAIGN}`);
    await page.getByLabel("Key", { exact: true }).fill(secret);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "No, thank you" }).click();
    await page.getByLabel("Language").selectOption("de");
    await page.getByRole("heading", { name: "Wellen" }).waitFor();
    await page.getByLabel("Hell oder dunkel").selectOption("dark");
    await page.reload();
    await page.getByRole("heading", { name: "Waves" }).waitFor();
    expect(complaints.filter((one) => !/status of 401/.test(one))).toEqual([]);
    await page.close();
  });

  test("a viewer sees no action and no keys; the server refuses him anyway", async () => {
    const page = await it.signedIn("viewer", `/campaigns/${CAMPAIGN}`);
    await page.getByRole("heading", { name: "Waves" }).waitFor();
    expect(await page.getByRole("button", { name: "Pause" }).count()).toBe(0);
    expect(await page.getByRole("link", { name: "Keys" }).count()).toBe(0);
    const path = `/v1/campaigns/${CAMPAIGN}/pause`;
    const http = await page.evaluate(
      (path) =>
        fetch(path, {
          method: "POST",
          body: "{}",
          headers: { "content-type": "application/json" },
        }).then(({ status }) => status),
      path,
    );
    expect(http).toBe(403);
    await page.close();
  });

  test("an admin pauses and resumes, asked once more each time", async () => {
    const page = await it.signedIn("admin", `/campaigns/${CAMPAIGN}`);
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByText("Claims are refused until you resume").waitFor();
    await page.getByText("CN¥925.00 stays free, CN¥75.00 can still be redeemed").waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    const claim = { id: "c-paused", user: "dee", offer: "envelope" };
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Yes, pause it" }).click();
    await page.getByRole("button", { name: "Resume" }).waitFor();
    expect((await it.engine.money("claim", CAMPAIGN, claim)).status).toBe("paused");
    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByRole("button", { name: "Yes, resume it" }).click();
    await page.getByRole("button", { name: "Pause" }).waitFor();
    await page.close();
  });

  test("a close that has to wait is not offered: the dialog says from when it can be", async () => {
    const yaml = campaignYaml().replace(`campaign: ${CAMPAIGN}`, "campaign: to-close");
    await execute(it.engine, "campaign.open", { params: {}, query: null, body: { yaml } });
    const body = { id: "c-1", user: "eve", offer: "card" };
    const { grant } = await it.engine.money("claim", "to-close", body);
    const params = { campaign: "to-close" };
    await execute(it.engine, "campaign.end", { params, query: null, body: {} });
    const page = await it.signedIn("admin", "/campaigns/to-close");
    await page.getByRole("button", { name: "Close", exact: true }).click();
    const window = page.getByRole("dialog");
    await window.getByText("It cannot be closed yet: CN¥25.00 reserved and CN¥0.00").waitFor();
    await window.getByText(/from \d+ \w+ \d{4}.* at the latest/).waitFor();
    expect(await window.getByText("It ends for good").count()).toBe(0);
    expect(await window.getByRole("button", { name: "Yes, close it" }).count()).toBe(0);
    await it.engine.money("cancel", "to-close", { id: "x-1", grant: grant! });
    await window.getByText("It ends for good").waitFor();
    await window.getByRole("button", { name: "Yes, close it" }).click();
    await page.getByText("Closed for good.").waitFor();
    await page.close();
  });

  test("a campaign is checked as one types, explained, and opened", async () => {
    const page = await it.signedIn("admin", "/open");
    const text = page.getByLabel("Text of the campaign file");
    const yaml = campaignYaml().replace(`campaign: ${CAMPAIGN}`, "campaign: typed");
    await text.fill(yaml.replace("budget: 1000.00", "budget: lots"));
    await page.getByRole("heading", { name: /problem/ }).waitFor();
    const open = page.getByRole("button", { name: "Open the campaign" });
    expect(await open.isEnabled()).toBe(false);
    await text.fill(yaml);
    await page.getByRole("heading", { name: "What it will do" }).waitFor();
    await open.click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("its id typed, its currency CNY, its time zone Asia/Shanghai").waitFor();
    await dialog.getByText("the budget of CN¥1,000.00").waitFor();
    await dialog.getByText(/the first claim: 6 Feb 2026, 00:00 \(Asia\/Shanghai\)/).waitFor();
    await dialog.getByText("a secret seed is drawn, committed to in the journal").waitFor();
    expect(await faultsHere(page, 1280)).toEqual([]);
    await dialog.getByRole("button", { name: "Cancel" }).click();
    expect(it.engine.find("typed")).toBeUndefined();
    await open.click();
    await dialog.getByRole("button", { name: "Yes, open it" }).click();
    await page.waitForURL("**/campaigns/typed");
    await page.close();
  });

  test("keys are made, shown once, and revoked", async () => {
    const page = await it.signedIn("admin", "/settings/keys");
    await page.getByLabel("Name").fill("till of m-1");
    await page.getByLabel("Scope").selectOption("merchant");
    await page.getByLabel("Merchant").fill("m-1");
    await page.getByRole("button", { name: "Make a key" }).click();
    const secret = (await page.getByRole("status").locator("code").textContent())!;
    expect(it.keys.authenticate(secret)).toMatchObject({ scope: "merchant", merchant: "m-1" });
    const row = page.getByRole("row", { name: /till of m-1/ });
    await row.getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await row.getByText(/revoked/).waitFor();
    expect(it.keys.authenticate(secret)).toBeNull();
    await page.close();
  });

  test("text from outside is text, wherever it is shown", async () => {
    const yaml = campaignYaml()
      .replace(`campaign: ${CAMPAIGN}`, "campaign: hostile")
      .replace("title: The contract suite", `title: ${JSON.stringify(HOSTILE)}`);
    const body = { yaml };
    await execute(it.engine, "campaign.open", { params: {}, query: null, body });
    await it.keys.add({ name: HOSTILE, scope: "viewer" }, 1);
    const page = await it.signedIn("admin");
    const complaints = complaintsOf(page);
    await page.getByRole("link", { name: HOSTILE }).click();
    await page.getByRole("heading", { name: HOSTILE }).waitFor();
    await page.goto(`${it.server.url}/settings/keys`);
    await page.getByRole("cell", { name: HOSTILE }).waitFor();
    const address = encodeURIComponent(`<img src=x onerror=alert(1)>`);
    await page.goto(`${it.server.url}/campaigns/${address}`);
    await page.getByRole("heading", { name: "This server has no campaign <img" }).waitFor();
    expect(complaints.filter((one) => !/status of 4/.test(one))).toEqual([]);
    await page.close();
  });

  test("a server that goes away is told, what was seen stays, and it goes on", async () => {
    const page = await it.signedIn("viewer", `/campaigns/${CAMPAIGN}`);
    await page.getByRole("heading", { name: "Waves" }).waitFor();
    await it.server.close();
    await page.getByText("the server does not answer").first().waitFor({ timeout: 20_000 });
    expect(await page.getByRole("heading", { name: "Waves" }).count()).toBe(1);
    await it.restart();
    await page.getByText("the server does not answer").first().waitFor({ state: "detached" });
    await page.close();
  });

  test("runs under a policy without inline scripts, framed by nobody", async () => {
    const response = await fetch(`${it.server.url}/campaigns/any/where`);
    const policy = response.headers.get("content-security-policy")!;
    expect(policy).toMatch(/default-src 'none'.*script-src 'self';.*frame-ancestors 'none'/);
    expect(/script-src[^;]*unsafe/.test(policy)).toBe(false);
    expect(response.headers.get("x-frame-options")).toBe("DENY");
    expect(response.headers.get("cache-control")).toBe("no-cache");
    const asset = /src="(\/assets\/[^"]+)"/.exec(await response.text())![1];
    const script = await fetch(`${it.server.url}${asset}`);
    expect(script.headers.get("cache-control")).toContain("immutable");
    expect((await fetch(`${it.server.url}/assets/..%2f..%2fpackage.json`)).status).toBe(404);
    expect((await fetch(`${it.server.url}/v1/nowhere`)).headers.get("content-type")).toMatch(
      /json/,
    );
  });

  test.each(["light", "dark"] as const)(
    "axe finds nothing, %s, wide and narrow",
    async (scheme) => {
      const page = await it.signedIn("admin");
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      const faults: string[] = [];
      for (const width of [1280, 380]) {
        await page.setViewportSize({ width, height: 800 });
        for (const address of ["/", `/campaigns/${CAMPAIGN}`, "/open", "/settings/keys"]) {
          faults.push(...(await faultsAt(page, `${it.server.url}${address}`, width)));
        }
      }
      await page.goto(`${it.server.url}/campaigns/${CAMPAIGN}`);
      await page.getByRole("button", { name: "End" }).click();
      await page.getByRole("dialog").waitFor();
      faults.push(...(await faultsHere(page, 380)));
      expect(faults).toEqual([]);
      await page.close();
    },
  );
});

if (CHROMIUM === undefined) test("the console in a browser", ({ skip }) => skip(NO_CHROMIUM));
