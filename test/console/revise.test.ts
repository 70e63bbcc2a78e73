// The console's page for changing a campaign that lives: only what was previewed is applied, who
// came first is told, and nobody consents to what he has not seen.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AnswerOf, type Client, createClient } from "../../src/client/index.ts";
import { execute } from "../../src/host/index.ts";
import { CAMPAIGN, campaignYaml, MINUTE_MS, STARTS_AT_MS } from "../contract/campaign.ts";
import {
  CHROMIUM,
  type ConsoleDrill,
  complaintsOf,
  faultsHere,
  HOSTILE,
  NO_CHROMIUM,
  openConsole,
} from "./console.fixture.ts";

const LONGER = [
  "{ fixed: 25.00 }, expires: { after: 2d }",
  "{ fixed: 25.00 }, expires: { after: 4d }",
];

describe.runIf(CHROMIUM !== undefined)("the console's page Revise", () => {
  let it: ConsoleDrill;
  /** Somebody with a key of his own, who uses no browser. */
  let rival: Client;

  beforeAll(async () => {
    it = await openConsole();
    const { secret } = await it.keys.add({ name: "rival", scope: "admin" }, 1);
    rival = createClient({ url: it.server.url, key: secret });
  });

  afterAll(async () => {
    await rival.close();
    await it.close();
  });

  function yamlOf(campaign: string, budget = "1000.00", more = ""): string {
    const yaml = campaignYaml().replace(`campaign: ${CAMPAIGN}`, `campaign: ${campaign}`);
    return `${yaml.replace("budget: 1000.00", `budget: ${budget}`)}${more}`;
  }

  const FOUR_EYES = "fourEyes: true\n";

  /** A campaign of its own, with a grant, and its page. */
  async function openOn(campaign: string, more = ""): Promise<string> {
    const body = { yaml: yamlOf(campaign, "1000.00", more) };
    await execute(it.engine, "campaign.open", { params: {}, query: null, body });
    await it.engine.money("claim", campaign, { id: "c-1", user: "ann", offer: "card" });
    return `/campaigns/${campaign}/revise`;
  }

  async function booksOf(campaign: string): Promise<AnswerOf<"campaign.show">["books"] & object> {
    return (await rival.campaign.show({ campaign })).books!;
  }

  async function type(page: Page, yaml: string, why: string): Promise<void> {
    await page.getByLabel("Text of the campaign file").fill(yaml);
    await page.getByLabel("Why", { exact: true }).fill(why);
  }

  async function preview(page: Page): Promise<void> {
    await page.getByRole("button", { name: "Preview", exact: true }).click();
    await page.getByRole("button", { name: /Apply|Propose/ }).waitFor();
  }

  test("what was previewed is applied, and what is edited must be previewed again", async () => {
    const page = await it.signedIn("admin", `/campaigns/${CAMPAIGN}`);
    await page.getByRole("link", { name: "Revise" }).click();
    await page.waitForURL(`**/campaigns/${CAMPAIGN}/revise`);
    await page.getByText("None: the campaign runs as it was opened.").waitFor();
    await page.goto(`${it.server.url}${await openOn("applied")}`);
    await type(page, yamlOf("applied", "1500.00"), "More came");
    await preview(page);
    const row = page.getByRole("row", { name: /^budget/ });
    expect(await row.textContent()).toBe("budgetCN¥1,000.00CN¥1,500.00");
    expect(await page.getByRole("row", { name: /^Budget CN¥1,000.00 CN¥1,500.00/ }).count()).toBe(
      1,
    );
    expect(await page.getByRole("row", { name: /^with 95% CN¥/ }).count()).toBe(1);
    const apply = page.getByRole("button", { name: "Apply" });
    await page.getByLabel("Text of the campaign file").fill(yamlOf("applied", "2000.00"));
    await page.getByText("Something was edited since this preview").waitFor();
    expect(await apply.isEnabled()).toBe(false);
    await page.getByLabel("Text of the campaign file").fill(yamlOf("applied", "1500.00"));
    await page.getByLabel("Why", { exact: true }).fill("More came than planned");
    expect(await apply.isEnabled()).toBe(false);
    await preview(page);
    expect((await booksOf("applied")).version).toBe(0);
    await apply.click();
    await page.getByRole("status").getByText("Done: version 1 is in force.").waitFor();
    expect(await booksOf("applied")).toMatchObject({ version: 1, budgetMinor: 150_000 });
    await page.getByText("by the admin (k-").waitFor();
    await page.getByText("Reason: More came than planned").waitFor();
    await page.close();
  });

  test("a file is held against what is in force before anything is asked", async () => {
    const page = await it.signedIn("admin", await openOn("compared"));
    await page.getByText("The rules in force, as a file without comments.").waitFor();
    const text = page.getByLabel("Text of the campaign file");
    await text.fill(yamlOf("compared"));
    await page.getByText("This is the file in force.").waitFor();
    await text.fill(yamlOf("compared", "1500.00"));
    await page.getByText("One value differs from what is in force.").waitFor();
    await page.getByText("What differs").click();
    const row = page.getByRole("row", { name: /^budget/ });
    expect(await row.textContent()).toBe("budgetCN¥1,000.00CN¥1,500.00");
    await text.fill(yamlOf("compared").replace("currency: CNY", "currency: EUR"));
    await page.getByText("As it stands it cannot be put in force").waitFor();
    expect((await booksOf("compared")).version).toBe(0);
    await page.close();
  });

  test("grants given before get the new expiry only if somebody says so", async () => {
    const page = await it.signedIn("admin", await openOn("moved"));
    await type(page, yamlOf("moved").replace(LONGER[0]!, LONGER[1]!), "Five days more");
    await preview(page);
    await page.getByText("The new expiry of card is for grants to come only.").waitFor();
    await page.getByRole("button", { name: "Also for those given before" }).click();
    expect(await page.getByRole("button", { name: "Apply" }).isEnabled()).toBe(false);
    await preview(page);
    await page.getByText("One earlier grant expires later.").waitFor();
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText("Done: version 1 is in force.").waitFor();
    await page.close();
  });

  test("how long the money lasts is foreseen before and after", async () => {
    const address = await openOn("lasting");
    for (let i = 0; i < 29; i++) {
      it.clock.set(STARTS_AT_MS + i * 4 * MINUTE_MS);
      await it.engine.tick();
      const claim = { id: `c-at-${i}`, user: `user-${i}`, offer: "card" };
      await it.engine.money("claim", "lasting", claim);
    }
    const page = await it.signedIn("admin", address);
    await type(page, yamlOf("lasting", "4000.00"), "It would not last");
    await preview(page);
    const lasts = await page.getByRole("row", { name: /^Money lasts until/ }).textContent();
    const [before, after] = lasts!.match(/6 Feb 2026, \d\d:\d\d/g)!;
    expect(before! < after!).toBe(true);
    await page.getByRole("row", { name: /^with 90% 6 Feb 2026.* to 6 Feb/ }).waitFor();
    await page.getByRole("row", { name: /^chance to run out before claims end 100/ }).waitFor();
    await page.close();
  });

  test("a file that is wrong, may not be put in force, or changes nothing is told so", async () => {
    const page = await it.signedIn("admin", await openOn("refused"));
    const button = page.getByRole("button", { name: "Preview", exact: true });
    await type(page, yamlOf("refused", "lots"), "Why not");
    await page.getByText("One problem").waitFor();
    expect(await button.isEnabled()).toBe(false);
    await type(page, yamlOf("refused").replace(/ {2}- id: members[\s\S]*?2d \}\n/, ""), "Less");
    await button.click();
    await page.getByText("This cannot be put in force:").waitFor();
    await page.getByText(/nothing can be removed/).waitFor();
    await type(page, yamlOf("refused"), "The same");
    await button.click();
    await page.getByText("Nothing: what this file says is in force already.").waitFor();
    expect(await page.getByRole("button", { name: "Apply" }).isEnabled()).toBe(false);
    await page.close();
  });

  test("whoever comes second hears who came first, when and why, and previews again", async () => {
    const page = await it.signedIn("admin", await openOn("raced"));
    await type(page, yamlOf("raced", "1500.00"), "Mine");
    await preview(page);
    // What the page knows of the campaign stays as it is: only the refusal can tell.
    await page.route("**/v1/campaigns/raced", (route) => route.abort());
    const { status } = await rival.campaign.revise({
      ...{ campaign: "raced", yaml: yamlOf("raced", "1200.00"), version: 1, why: "The rival's" },
    });
    expect(status).toBe("revised");
    await page.getByRole("button", { name: "Apply" }).click();
    const told = page.getByRole("alert").filter({ hasText: "The campaign has been revised" });
    await told.getByText(/Version 1, .*2026.*, by rival \(k-[^)]+\)/).waitFor();
    expect(await told.textContent()).toContain("Reason: The rival's");
    expect(await page.getByRole("button", { name: "Apply" }).isEnabled()).toBe(false);
    expect((await booksOf("raced")).budgetMinor).toBe(120_000);
    await page.getByRole("button", { name: "Preview again" }).click();
    const row = page.getByRole("row", { name: "budget CN¥1,200.00 CN¥1,500.00", exact: true });
    await row.waitFor();
    await page.unroute("**/v1/campaigns/raced");
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText("Done: version 2 is in force.").waitFor();
    expect((await booksOf("raced")).budgetMinor).toBe(150_000);
    await page.close();
  });

  test("a revision by somebody else takes the button away before it is pressed", async () => {
    const page = await it.signedIn("admin", await openOn("noticed"));
    await type(page, yamlOf("noticed", "1500.00"), "Mine");
    await preview(page);
    const yaml = yamlOf("noticed", "1200.00");
    await rival.campaign.revise({ campaign: "noticed", yaml, version: 1, why: "First" });
    await page.getByText("The campaign has been revised meanwhile").waitFor();
    expect(await page.getByRole("button", { name: "Apply" }).isEnabled()).toBe(false);
    await page.close();
  });

  test("where two must agree one proposes, and another one looks and approves", async () => {
    const address = await openOn("agreed", FOUR_EYES);
    const page = await it.signedIn("admin", address);
    await type(page, yamlOf("agreed", "1500.00", FOUR_EYES), "Less is left");
    await preview(page);
    await page.getByRole("button", { name: "Propose" }).click();
    await page.getByText("Proposed. It is in force once").waitFor();
    await page.getByText("You proposed this. Somebody else must approve it").waitFor();
    expect(await page.getByRole("button", { name: "Approve" }).count()).toBe(0);
    expect((await booksOf("agreed")).version).toBe(0);
    const other = await it.signedIn("admin", address);
    await other.getByText(/the admin \(k-[^)]+\) proposes version 1/).waitFor();
    await other.getByText((await booksOf("agreed")).proposal!.digest).waitFor();
    await other.getByRole("row", { name: "budget CN¥1,000.00 CN¥1,500.00", exact: true }).waitFor();
    await other.getByRole("button", { name: "Approve" }).click();
    await other.getByText("Done: version 1 is in force.").waitFor();
    await other.getByText(/by the admin \(k-[^)]+\), approved by the admin \(k-[^)]+\)/).waitFor();
    await page.close();
    await other.close();
  });

  test("consent to a proposal that another one replaced is refused, and told", async () => {
    const address = await openOn("swapped", FOUR_EYES);
    const propose = (budget: string, why: string) => {
      const yaml = yamlOf("swapped", budget, FOUR_EYES);
      return rival.campaign.revise({ campaign: "swapped", yaml, version: 1, why });
    };
    await propose("1100.00", "A little more");
    const page = await it.signedIn("admin", address);
    await page.getByRole("row", { name: "budget CN¥1,000.00 CN¥1,100.00", exact: true }).waitFor();
    await page.route("**/v1/campaigns/swapped", (route) => route.abort());
    await propose("9000.00", "Far more");
    await page.getByRole("button", { name: "Approve" }).click();
    await page.getByText("the proposal that you looked at does not wait any more").waitFor();
    expect(await booksOf("swapped")).toMatchObject({ version: 0, budgetMinor: 100_000 });
    await page.unroute("**/v1/campaigns/swapped");
    await page.getByText("Another proposal has taken the place").waitFor();
    expect(await page.getByRole("button", { name: "Approve" }).isEnabled()).toBe(false);
    await page.getByRole("button", { name: "Look at the new one" }).click();
    await page.getByRole("row", { name: "budget CN¥1,000.00 CN¥9,000.00", exact: true }).waitFor();
    await page.getByRole("button", { name: "Reject" }).click();
    await page.getByLabel("Why not").fill("Too much");
    await page.getByRole("button", { name: "Reject" }).click();
    await page.getByText("The proposal is taken back; nothing was changed.").waitFor();
    expect((await booksOf("swapped")).proposal).toBeUndefined();
    await page.close();
  });

  test("whoever proposes hears whose place he takes, and reasons are text", async () => {
    const address = await openOn("hostile", FOUR_EYES);
    const yaml = yamlOf("hostile", "1100.00", FOUR_EYES);
    await rival.campaign.revise({ campaign: "hostile", yaml, version: 1, why: HOSTILE });
    const page = await it.signedIn("admin", address);
    const complaints = complaintsOf(page);
    await page.getByText(`Reason: ${HOSTILE}`).waitFor();
    await type(page, yamlOf("hostile", "1300.00", FOUR_EYES), HOSTILE);
    await preview(page);
    await page.getByText(/take the place of the proposal by rival/).waitFor();
    await page.getByRole("button", { name: "Propose" }).click();
    await page.getByText("Another proposal has taken the place").waitFor();
    await page.getByRole("button", { name: "Look at the new one" }).click();
    await page.getByRole("button", { name: "Take it back" }).waitFor();
    const { digest } = (await booksOf("hostile")).proposal!;
    await rival.campaign.approve({ campaign: "hostile", version: 1, digest });
    await page.getByText(/Version 1, .* approved by rival/).waitFor();
    expect(await page.getByText(`Reason: ${HOSTILE}`).count()).toBe(1);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("a viewer reads who waits and who was last, and can do nothing", async () => {
    const address = await openOn("viewed", FOUR_EYES);
    const yaml = yamlOf("viewed", "1100.00", FOUR_EYES);
    await rival.campaign.revise({ campaign: "viewed", yaml, version: 1, why: "Wait for it" });
    const page = await it.signedIn("viewer", "/campaigns/viewed");
    await page.getByRole("heading", { name: "Waves" }).waitFor();
    await page.getByRole("link", { name: "Revise" }).click();
    await page.waitForURL(`**${address}`);
    await page.getByText("This key may look only").waitFor();
    await page.getByText("Reason: Wait for it").waitFor();
    expect(await page.locator("main").getByRole("button").count()).toBe(0);
    expect(await page.getByRole("textbox").count()).toBe(0);
    await page.goto(`${it.server.url}/campaigns/nowhere/revise`);
    await page.getByText("This server has no campaign nowhere.").waitFor();
    await page.close();
  });

  test.each(["light", "dark"] as const)("axe finds nothing in it, %s", async (scheme) => {
    const campaign = `axe-${scheme}`;
    const address = await openOn(campaign, FOUR_EYES);
    const yaml = yamlOf(campaign, "1100.00", FOUR_EYES);
    await rival.campaign.revise({ campaign, yaml, version: 1, why: "A little more" });
    const page = await it.signedIn("admin", address);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.getByRole("row", { name: "budget CN¥1,000.00 CN¥1,100.00", exact: true }).waitFor();
    const faults: string[] = [];
    const look = async (): Promise<void> => {
      for (const width of [1280, 380]) {
        await page.setViewportSize({ width, height: 800 });
        await page.waitForTimeout(300);
        faults.push(...(await faultsHere(page, width)));
      }
    };
    await type(page, yamlOf(campaign, "lots", FOUR_EYES), "Far more");
    await page.getByText("One problem").waitFor();
    await look();
    const longer = yamlOf(campaign, "1500.00", FOUR_EYES).replace(LONGER[0]!, LONGER[1]!);
    await type(page, longer, "Far more");
    await page.getByRole("button", { name: "Preview", exact: true }).click();
    await page.getByRole("row", { name: "budget CN¥1,000.00 CN¥1,500.00", exact: true }).waitFor();
    await page.getByRole("button", { name: "Also for those given before" }).click();
    await look();
    await page.getByRole("button", { name: "Reject" }).click();
    await page.getByLabel("Why not").waitFor();
    await look();
    await page.goto(`${it.server.url}/campaigns/${campaign}`);
    await page.getByRole("link", { name: "Look at it" }).waitFor();
    await look();
    expect(faults).toEqual([]);
    await page.close();
  });
});

if (CHROMIUM === undefined) test("the page Revise in a browser", ({ skip }) => skip(NO_CHROMIUM));
