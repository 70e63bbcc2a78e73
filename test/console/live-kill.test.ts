// The Live page over `hongbao serve`, which is killed while somebody looks: what was seen last
// stays and is said to be old, and it goes on by itself once the server is back.
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, createClient } from "../../src/client/index.ts";
import { ServerProcess } from "../e2e/server-process.ts";
import { CHROMIUM, NO_CHROMIUM, openBrowser, pageIn, signIn } from "./console.fixture.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const CAMPAIGN = "first";
/** For a start of the server on a busy machine. */
const START_MS = 60_000;

describe.runIf(CHROMIUM !== undefined)("a server killed while Live is looked at", () => {
  let data: string;
  let server: ServerProcess;
  let browser: Browser;
  const clients: Client[] = [];

  beforeAll(async () => {
    execFileSync(process.execPath, [join(ROOT, "scripts/setup.mjs"), "--quiet"], { cwd: ROOT });
    data = await mkdtemp(join(tmpdir(), "hongbao-live-kill-"));
    browser = await openBrowser();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    for (const client of clients) await client.close();
    await server?.kill();
    await rm(data, { recursive: true, force: true });
  });

  function clientOf(url: string, key: string): Client {
    const client = createClient({ url, key });
    clients.push(client);
    return client;
  }

  test("the page says so, keeps its figures, and goes on with the right ones", async () => {
    server = new ServerProcess(data);
    const { url, adminKey } = await server.ready();
    const admin = clientOf(url, adminKey!);
    const file = join(ROOT, "examples/first-campaign/campaign.yaml");
    const yaml = (await readFile(file, "utf8")).replace("share: 10 %", "share: 0 %");
    await admin.campaign.open({ yaml });
    const app = clientOf(url, (await admin.keys.add({ name: "app", scope: "app" })).secret);
    const claim = async (user: string): Promise<number> => {
      const attributes = { device: user };
      const given = await app.claim({ campaign: CAMPAIGN, offer: "coffee", user, attributes });
      expect(given.status).toBe("granted");
      return given.amountMinor!;
    };
    let minor = 0;
    for (const user of ["ann", "ben", "cem"]) minor += await claim(user);
    const { books } = await admin.campaign.show({ campaign: CAMPAIGN });
    const { currency, decimals } = books!;
    const style = { style: "currency", currency } as const;
    const money = (amount: number): string =>
      new Intl.NumberFormat("en-GB", style).format(amount / 10 ** decimals);
    const granted = (amount: number): string => `${money(amount)} granted so far`;

    const page = await pageIn(browser);
    await signIn(page, `${url}/campaigns/${CAMPAIGN}/live`, adminKey!);
    await page.getByText(granted(minor)).waitFor();
    const stale = page.getByRole("status").filter({ hasText: "the server does not answer" });
    expect(await stale.count()).toBe(0);
    await server.kill();
    await stale.first().waitFor();
    expect(await page.getByText(granted(minor)).count()).toBe(1);
    server = new ServerProcess(data, ["--port", new URL(url).port]);
    await server.ready();
    await stale.first().waitFor({ state: "detached", timeout: START_MS });
    await page.getByText(granted(minor)).waitFor();
    minor += await claim("dee");
    await page.getByText(granted(minor)).waitFor();
    expect((await admin.campaign.show({ campaign: CAMPAIGN })).books!.counts.grants).toBe(4);
    // Nobody had to sign in again, or to load the page anew.
    expect(await page.getByLabel("Key", { exact: true }).count()).toBe(0);
    await page.close();
  }, 180_000);
});

if (CHROMIUM === undefined) test("a server killed under Live", ({ skip }) => skip(NO_CHROMIUM));
