// A campaign as it runs, in a real browser against a real server: what is shown is what the books
// say, it moves by itself, says when it is old, and goes on when the server is back.
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { execute } from "../../src/host/index.ts";
import { CAMPAIGN, campaignYaml, MINUTE_MS, STARTS_AT_MS } from "../contract/campaign.ts";
import {
  CHROMIUM,
  type ConsoleDrill,
  complaintsOf,
  faultsAt,
  HOSTILE,
  NO_CHROMIUM,
  openConsole,
} from "./console.fixture.ts";

const LIVE = `/campaigns/${CAMPAIGN}/live`;

describe.runIf(CHROMIUM !== undefined)("a campaign as it runs", () => {
  let it: ConsoleDrill;
  let claims = 0;

  /** As many cards, each for a user of his own. */
  const grant = async (count: number, offer = "card"): Promise<void> => {
    for (let i = 0; i < count; i++) {
      const claim = { id: `c${claims}`, user: `u${claims}`, offer };
      claims += 1;
      await it.engine.money("claim", CAMPAIGN, claim);
    }
  };
  const rowOf = (page: Page, name: RegExp) => page.getByRole("row", { name });

  beforeAll(async () => {
    it = await openConsole();
    await grant(3);
  });

  afterAll(async () => {
    await it.close();
  });

  test("is linked from the campaign, and says what the books say", async () => {
    const page = await it.signedIn("viewer", `/campaigns/${CAMPAIGN}`);
    await page.getByRole("link", { name: "Live" }).click();
    await page.waitForURL(`**${LIVE}`);
    await page.getByRole("heading", { name: "The contract suite, live" }).waitFor();
    await page.getByText("CN¥0.00 of CN¥1,000.00 spent, CN¥925.00 free").waitFor();
    await page.getByText("CN¥75.00 granted so far").waitFor();
    await page.getByText("Times in Asia/Shanghai").waitFor();
    expect(await page.getByRole("button", { name: "Pause" }).count()).toBe(0);
    await page.close();
  });

  test("moves by itself: money, refusals by reason, limits and events", async () => {
    const page = await it.signedIn("viewer", LIVE);
    await page.getByText("Nothing has happened since this page was opened").waitFor();
    await grant(2, "envelope");
    for (let i = 0; i < 5; i++) {
      const claim = { id: `many-${i}`, user: "ann", offer: "envelope" };
      await it.engine.money("claim", CAMPAIGN, claim);
    }
    // A snapshot may have come between the claims.
    const refused = (row: RegExp) => expect.poll(() => rowOf(page, row).textContent());
    await refused(/Limit reached/).toMatch(/cap_reached.*2$/);
    await refused(/^user-total/).toMatch(/–2$/);
    await rowOf(page, /Granted envelope/)
      .first()
      .waitFor();
    const { books } = it.engine.find(CAMPAIGN)!.state;
    const free = (books.budgetMinor - books.reservedMinor) / 100;
    await page.getByText(`CN¥${free.toFixed(2)} free`).waitFor();
    await page.close();
  });

  test("counts a second, by the clock of the server", async () => {
    const page = await it.signedIn("viewer", LIVE);
    const tile = page.getByText("Claims / s").locator("..");
    await tile.waitFor();
    for (let second = 0; second < 8; second++) {
      await grant(4, "envelope");
      it.clock.set(STARTS_AT_MS + MINUTE_MS + 1000 * second);
      await page.waitForTimeout(300);
    }
    await expect.poll(() => tile.textContent()).toBe("Claims / s4");
    await page.close();
  });

  test("the whole campaign has an address, and a chart has its numbers behind it", async () => {
    const page = await it.signedIn("viewer", LIVE);
    await page.getByText("Whole campaign").click();
    await page.waitForURL(`**${LIVE}?span=whole`);
    await page.reload();
    const whole = page.getByRole("radio", { name: "Whole campaign" });
    await whole.waitFor({ state: "attached" });
    expect(await whole.isChecked()).toBe(true);
    await page.getByRole("button", { name: /Granted and redeemed in all/ }).click();
    await page.getByRole("menuitem").first().click();
    await page.getByRole("columnheader", { name: "Even burn" }).waitFor();
    await page.close();
  });

  test("its tables are sorted while they move, and nobody loses his place", async () => {
    const page = await it.signedIn("viewer", `${LIVE}?span=whole`);
    const limits = page.getByRole("region", { name: "Limits" });
    const cap = limits.getByRole("button", { name: "Cap" });
    await cap.click();
    await cap.click();
    await page.waitForURL(/limits\.sort=-campaign\.cap/);
    const names = (): Promise<string[]> => limits.locator("tbody td:first-child").allTextContents();
    const sorted = await names();
    expect(sorted).toEqual(sorted.toSorted(new Intl.Collator().compare).toReversed());
    const isBefore = await page.evaluate("document.activeElement.textContent");
    const refused = async (): Promise<string> =>
      (await limits.getByRole("row", { name: /^user-total/ }).textContent()) ?? "";
    const before = await refused();
    const claim = { id: "once-more", user: "ann", offer: "envelope" };
    await it.engine.money("claim", CAMPAIGN, claim);
    await expect.poll(refused).not.toBe(before);
    expect(await names()).toEqual(sorted);
    expect(await page.evaluate("document.activeElement.textContent")).toBe(isBefore);
    await page.getByText("So far", { exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get("span") === null);
    expect(new URL(page.url()).searchParams.get("limits.sort")).toBe("-campaign.cap");
    await page.close();
  });

  test("a chart is saved as a picture and as numbers", async () => {
    const page = await it.signedIn("viewer", LIVE);
    const saved = async (item: RegExp): Promise<Buffer> => {
      await page.getByRole("button", { name: /Granted and redeemed in all/ }).click();
      const file = page.waitForEvent("download");
      await page.getByRole("menuitem", { name: item }).click();
      return readFile(await (await file).path());
    };
    await page.locator("figure canvas").first().waitFor();
    const picture = await saved(/PNG/);
    expect([...picture.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    expect(picture.length).toBeGreaterThan(5_000);
    const numbers = (await saved(/CSV/)).toString();
    expect(numbers.split("\n")[0]).toMatch(/Granted/);
    await page.close();
  });

  test("says when it is old, keeps what was seen, goes on when the server is back", async () => {
    const page = await it.signedIn("viewer", LIVE);
    await page.getByRole("heading", { name: "Limits" }).waitFor();
    const stale = page.getByText("the server does not answer").first();
    await it.server.close();
    await stale.waitFor();
    expect(await page.getByRole("heading", { name: "Limits" }).count()).toBe(1);
    await grant(1, "envelope");
    await it.restart();
    await stale.waitFor({ state: "detached" });
    const { counts } = it.engine.find(CAMPAIGN)!.state;
    await grant(1, "envelope");
    await rowOf(page, /Granted envelope/)
      .first()
      .waitFor();
    expect(counts.granted).toBeGreaterThan(0);
    await page.close();
  });

  test("a page that nobody sees lets go of its stream, and takes it up again", async () => {
    const streams = async (): Promise<string> => {
      const text = await (await fetch(`${it.server.url}/metrics`)).text();
      return /^hongbao_live_streams (\d+)$/m.exec(text)![1]!;
    };
    await expect.poll(streams).toBe("0");
    const page = await it.signedIn("viewer", LIVE);
    await page.getByRole("heading", { name: "Limits" }).waitFor();
    const turn = (state: string): Promise<void> =>
      page.evaluate((to) => {
        Object.defineProperty(document, "visibilityState", { value: to, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }, state);
    await turn("hidden");
    await turn("visible");
    await page.waitForTimeout(500);
    expect(await streams()).toBe("1");
    await turn("hidden");
    await expect.poll(streams).toBe("0");
    await turn("visible");
    await expect.poll(streams).toBe("1");
    await page.close();
  });

  test("a key for another campaign is told so, and one that is revoked is signed out", async () => {
    const { key, secret } = await it.keys.add({ name: "other", scope: "viewer", campaign: "x" }, 1);
    const page = await it.newPage();
    await page.goto(`${it.server.url}${LIVE}`);
    await page.getByLabel("Key", { exact: true }).fill(secret);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("this key is bound to the campaign x").waitFor();
    await it.keys.revoke(key.key ?? key, 2);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByLabel("Key", { exact: true }).waitFor();
    await page.close();
  });

  test("text from outside is text, and no campaign is said to be none", async () => {
    const yaml = campaignYaml()
      .replace(`campaign: ${CAMPAIGN}`, "campaign: hostile")
      .replace("title: The contract suite", `title: ${JSON.stringify(HOSTILE)}`);
    const body = { yaml };
    await execute(it.engine, "campaign.open", { params: {}, query: null, body });
    const page = await it.signedIn("viewer", "/campaigns/hostile/live");
    const complaints = complaintsOf(page);
    await page.getByRole("heading", { level: 1 }).getByText(HOSTILE).waitFor();
    const granted = await it.engine.money("claim", "hostile", {
      ...{ id: "h", user: "ann", offer: "card" },
    });
    const why = `${HOSTILE} seen`;
    const params = { campaign: "hostile", grant: granted.grant! };
    const hold = { id: "hold", why };
    await execute(it.engine, "grant.hold", { params, query: null, body: hold });
    await page.getByText(why).waitFor();
    await page.goto(`${it.server.url}/campaigns/nowhere/live`);
    await page.getByText("This server has no campaign nowhere").waitFor();
    expect(complaints.filter((one) => !/status of 4/.test(one))).toEqual([]);
    await page.close();
  });

  test("speaks the reader's language", async () => {
    const page = await it.signedIn("viewer", LIVE);
    await page.getByRole("heading", { name: "Refusals by reason" }).waitFor();
    await page.getByLabel("Language").selectOption("de");
    await page.getByRole("heading", { name: "Ablehnungen nach Grund" }).waitFor();
    await rowOf(page, /Grenze erreicht/).waitFor();
    await page.getByLabel("Sprache").selectOption("zh");
    await page.getByRole("heading", { name: "按原因的拒绝" }).waitFor();
    await page.close();
  });

  test.each(["light", "dark"] as const)(
    "a chart is drawn in the ink of its page: %s",
    async (scheme) => {
      const page = await it.signedIn("viewer");
      await page.emulateMedia({ colorScheme: scheme });
      await page.goto(`${it.server.url}${LIVE}`);
      await page.locator("canvas").first().waitFor();
      await page.waitForTimeout(500);
      const [dark, light] = await page.evaluate(() => {
        const canvas = document.querySelector("canvas")!;
        const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
        const counts = [0, 0];
        for (let i = 0; i < data.length; i += 4) {
          const [r, g, b, a] = data.subarray(i, i + 4);
          if (a! < 200 || Math.max(r!, g!, b!) - Math.min(r!, g!, b!) > 8) continue;
          if (r! < 60) counts[0]! += 1;
          if (r! > 180) counts[1]! += 1;
        }
        return counts;
      });
      // Letters in near-black, or in near-white.
      expect(scheme === "light" ? dark! : light!).toBeGreaterThan(100);
      expect(scheme === "light" ? light! : dark!).toBe(0);
      await page.close();
    },
  );

  test.each(["light", "dark"] as const)(
    "axe finds nothing, %s, wide and narrow",
    async (scheme) => {
      const page = await it.signedIn("admin");
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      const faults: string[] = [];
      for (const width of [1280, 380]) {
        await page.setViewportSize({ width, height: 800 });
        faults.push(...(await faultsAt(page, `${it.server.url}${LIVE}`, width)));
      }
      expect(faults).toEqual([]);
      await page.close();
    },
  );
});

if (CHROMIUM === undefined) test("the live page in a browser", ({ skip }) => skip(NO_CHROMIUM));
