// Figures that say what the engine does: what a curve lets out and holds back, in a real browser.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClient } from "../../src/client/index.ts";
import { execute } from "../../src/host/index.ts";
import { CAMPAIGN, campaignYaml } from "../contract/campaign.ts";
import { CHROMIUM, type ConsoleDrill, NO_CHROMIUM, openConsole } from "./console.fixture.ts";

/** The suite's campaign under another id, with lines replaced. */
function named(id: string, ...changes: [from: string | RegExp, to: string][]): string {
  const yaml = campaignYaml().replace(`campaign: ${CAMPAIGN}`, `campaign: ${id}`);
  return changes.reduce((text, [from, to]) => text.replace(from, to), yaml);
}

const IN_FIRST = "2026-02-13T00:00:00+08:00 }";

describe.runIf(CHROMIUM !== undefined)("figures", () => {
  let it: ConsoleDrill;
  const open = async (yaml: string): Promise<void> => {
    const body = { yaml };
    const answer = await execute(it.engine, "campaign.open", { params: {}, query: null, body });
    expect(answer.status).toBe("opened");
  };
  const claim = async (campaign: string, count: number): Promise<string[]> => {
    const statuses: string[] = [];
    for (let i = 0; i < count; i++) {
      const asked = { id: `c${i}`, user: `u${i}`, offer: "card" };
      statuses.push((await it.engine.money("claim", campaign, asked)).status);
    }
    return statuses;
  };
  const rowText = (page: Page, table: string, row: RegExp): Promise<string | null> =>
    page.getByRole("region", { name: table }).getByRole("row", { name: row }).textContent();

  beforeAll(async () => {
    it = await openConsole();
  });

  afterAll(async () => {
    await it.close();
  });

  test("of a curve: what it has let out, and that it holds back", async () => {
    const paced = `${IN_FIRST.slice(0, -2)}, budget: 700.00, pacing: even }`;
    await open(named("paced", [IN_FIRST, paced], ["user-total", "constructor"]));
    // 8 of 168 hours: 33.33 of 700.00, and 300.00 of the second wave's.
    const all = await claim("paced", 4);
    expect(all).toEqual(["granted", "paced", "paced", "paced"]);
    const page = await it.signedIn("viewer", "/campaigns/paced/live");
    await page.getByText("3 claims were refused as ahead of the curve").waitFor();
    await page.getByText("CN¥25.00 granted so far, 75% of the CN¥33.33").waitFor();
    const limit = "CN¥700.00CN¥33.33 let out by now";
    expect(await rowText(page, "Limits", /^wave-pacing:first/)).toContain(limit);
    expect(await rowText(page, "Limits", /^wave-pacing:first/)).toMatch(/75%3$/);
    expect(await rowText(page, "Limits", /^constructor/)).toMatch(/–0$/);
    expect(await page.getByText("None is near").count()).toBe(0);
    await page.close();
  });

  test("what is left and grants no reward is no money to give", async () => {
    // Envelopes of 1.00 and 2.00 would fit.
    await open(named("out", ["1000.00", "55.50"], [/ {2}- id: envelope\n( {4}.*\n)+/, ""]));
    expect(await claim("out", 3)).toEqual(["granted", "granted", "budget_exhausted"]);
    const page = await it.signedIn("admin");
    const needs = page.getByRole("region", { name: "Needs attention" });
    const none = "What is left grants no reward, nobody gets anything: CN¥5.50, 9.9% of the budget";
    await needs.getByText(none).waitFor();
    for (const address of ["/campaigns/out", "/campaigns/out/live"]) {
      await page.goto(`${it.server.url}${address}`);
      await page.getByText("what is left grants no reward: nobody gets anything").waitFor();
      await page.getByRole("heading", { name: "Offers" }).or(page.getByText("Limits")).waitFor();
      expect(await page.getByText("claims are open").count()).toBe(0);
      expect(await page.getByText("Until when the money lasts").count()).toBe(0);
    }
    await page.close();
  });

  test("a revision tells what can be granted, and limits that are exceeded", async () => {
    const own = `${IN_FIRST.slice(0, -2)}, budget: 140.00 }`;
    const second: [RegExp, string] = [/(id: second, .*?) \}/, "$1, budget: 100.00 }"];
    const bounded = named("revised", [IN_FIRST, own], second);
    await open(bounded);
    const card = { offer: "card", attributes: { device: "phone" } };
    for (const id of ["c-1", "c-2"])
      await it.engine.money("claim", "revised", { id, user: id, ...card });
    const page = await it.signedIn("admin", "/campaigns/revised/revise");
    const changed = bounded
      .replace("budget: 140.00", "budget: 500.00")
      .replace("counts: grants, limit: 2, missing", "counts: grants, limit: 1, missing");
    await page.getByLabel("Text of the campaign file").fill(changed);
    await page.getByLabel("Why", { exact: true }).fill("More came");
    await page.getByRole("button", { name: "Preview", exact: true }).click();
    const row = page.getByRole("row", { name: /^Can still be granted/ });
    // 90.00 and 450.00 of the first wave, 100.00 of the second.
    await row.waitFor();
    expect(await row.textContent()).toBe("Can still be grantedCN¥190.00CN¥550.00");
    await page.getByText("device-total: one has over 1 grant, up to 2 grants").waitFor();
    await page.close();
  });

  test("how long batches take is told where nobody calls for one claim alone", async () => {
    const { secret } = await it.keys.add({ name: "batches", scope: "app" }, 1);
    const app = createClient({ url: it.server.url, key: secret });
    const page = await it.signedIn("viewer", `/campaigns/${CAMPAIGN}/live`);
    await page.getByText("p50 / p99, ms").waitFor();
    const told = page.getByText("p50 / p99 a batch, ms").locator("..");
    const line = { id: "b-1", user: "bea", offer: "card" };
    // What was answered before anybody looked is not of now.
    await expect
      .poll(async () => {
        for await (const _ of app.claims.batch(CAMPAIGN, [line]));
        return (await told.count()) === 0 ? "" : told.textContent();
      })
      .toMatch(/ms[\d.]+ \/ [\d.]+$/);
    await app.close();
    await page.close();
  });

  test("limits of a closed campaign alarm nobody", async () => {
    const stock =
      '  - { id: stock, of: "offer:card", counts: grants, limit: 1 }\n  - { id: user-total';
    await open(named("closed", ["  - { id: user-total", stock]));
    const asked = { id: "c-1", user: "ann", offer: "card" };
    const { grant } = (await it.engine.money("claim", "closed", asked)) as { grant: string };
    const page = await it.signedIn("viewer", "/campaigns/closed/live");
    await page.getByText("One is at 80% or more.").waitFor();
    await it.engine.money("redeem", "closed", { id: "r-1", grant });
    for (const step of ["end", "close"] as const) {
      const call = { params: { campaign: "closed" }, query: null, body: {} };
      expect((await execute(it.engine, `campaign.${step}`, call)).status).toBe("ok");
    }
    await page.getByText("The campaign is closed: nothing is asked any more.").waitFor();
    await expect.poll(() => page.getByText("is at 80% or more").count()).toBe(0);
    expect(await rowText(page, "Limits", /^stock/)).toMatch(/100%/);
    await page.close();
  });

  test("what is held waits in the list and in the counts", async () => {
    const asked = { id: "held", user: "ann", offer: "card" };
    const answer = await it.engine.money("claim", CAMPAIGN, asked);
    const params = { campaign: CAMPAIGN, grant: (answer as { grant: string }).grant };
    const body = { id: "h-1", why: "many of one device" };
    await execute(it.engine, "grant.hold", { params, query: null, body });
    const page = await it.signedIn("admin");
    const need = page.getByRole("region", { name: "Needs attention" }).getByRole("listitem");
    const waits = need.filter({ hasText: "One grant waits for a release: CN¥25.00 is held." });
    await waits.getByRole("link", { name: "Look" }).click();
    await page.waitForURL(`**/campaigns/${CAMPAIGN}/suspects?state=held`);
    await page.getByRole("heading", { name: "One grant of CN¥25.00" }).waitFor();
    await page.goto(`${it.server.url}/campaigns/${CAMPAIGN}`);
    await expect
      .poll(() => page.getByText("Held now").locator("..").textContent())
      .toBe("Held now1");
    await page.close();
  });
});

if (CHROMIUM === undefined) test("figures in a browser", ({ skip }) => skip(NO_CHROMIUM));
