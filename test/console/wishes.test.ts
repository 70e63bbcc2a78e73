// What is asked of the server through a window, in a real browser: only what was done is told as
// done, the money that a step is about stands in its words, and whoever cancels while the server
// is silent has cancelled.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CAMPAIGN, campaignYaml } from "../contract/campaign.ts";
import { CHROMIUM, type ConsoleDrill, NO_CHROMIUM, openConsole } from "./console.fixture.ts";

const HERE = `/campaigns/${CAMPAIGN}`;
/** Longer than the client waits before it asks again. */
const PATIENCE_MS = 6000;

describe.runIf(CHROMIUM !== undefined)("a wish", () => {
  let it: ConsoleDrill;

  beforeAll(async () => {
    it = await openConsole();
  });

  afterAll(async () => {
    await it.close();
  });

  async function granted(user: string, id: string): Promise<string> {
    const { grant } = await it.engine.money("claim", CAMPAIGN, { id, user, offer: "card" });
    return grant!;
  }

  test("to open a campaign under an id that is taken opens nothing, and says so", async () => {
    const page = await it.signedIn("admin", "/open");
    const text = page.getByLabel("Text of the campaign file");
    const other = campaignYaml().replace("The contract suite", "Quite another");
    await text.fill(other);
    // As soon as the id stands there.
    await page.getByText(`There is a campaign ${CAMPAIGN} already`).waitFor();
    await page.getByRole("button", { name: "Open the campaign" }).click();
    await page.getByRole("button", { name: "Yes, open it" }).click();
    await page.getByText("Nothing was opened").waitFor();
    expect(new URL(page.url()).pathname).toBe("/open");
    expect(await text.inputValue()).toBe(other);
    await text.fill(other.replace(`campaign: ${CAMPAIGN}`, "campaign: another"));
    await page.getByText("Nothing was opened").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Open the campaign" }).click();
    await page.getByRole("button", { name: "Yes, open it" }).click();
    await page.getByText("another is open.").waitFor();
    await page.getByRole("heading", { name: "Quite another" }).waitFor();
    await page.close();
  });

  test("about a held grant names the money that waits", async () => {
    const grant = await granted("holder", "c-held");
    await it.engine.money("redeem", CAMPAIGN, { id: "r-held", grant, amountMinor: 700 });
    const page = await it.signedIn("admin", `${HERE}/grants/${grant}`);
    await page.getByRole("button", { name: "Hold", exact: true }).click();
    await page.getByLabel("Reason").fill("looks odd");
    await page.getByRole("button", { name: "Hold CN¥18.00" }).click();
    await page.getByText("CN¥18.00 of it wait").waitFor();
    for (const [step, sure, words] of [
      ["Release", "Release CN¥18.00", "CN¥18.00 can be spent again"],
      ["Claw back", "Claw back CN¥25.00", "CN¥18.00 unspent return to the budget; CN¥7.00 spent"],
    ] as const) {
      await page.getByRole("button", { name: step, exact: true }).click();
      const window = page.getByRole("dialog");
      await window.getByText(words).waitFor();
      expect(await window.getByRole("button", { name: sure }).count()).toBe(1);
      await window.getByRole("button", { name: "Cancel" }).click();
      await window.waitFor({ state: "detached" });
    }
    await granted("holder", "c-free");
    await page.getByRole("link", { name: "Grants", exact: true }).first().click();
    await page.getByLabel("User id").fill("holder");
    await page.keyboard.press("Enter");
    await page
      .getByText("Grants: 2, CN¥50.00: CN¥7.00 spent, CN¥25.00 left, CN¥18.00 held.")
      .waitFor();
    expect(await page.getByRole("cell", { name: "stands still" }).count()).toBe(1);
    await page.close();
  });

  test("that is cancelled while the server is silent is not done later", async () => {
    const page = await it.signedIn("admin", HERE);
    await page.getByRole("button", { name: "Pause" }).click();
    const window = page.getByRole("dialog");
    await it.server.close();
    await window.getByRole("button", { name: "Yes, pause it" }).click();
    await window.getByText("The server has not answered yet").waitFor();
    await window.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("It is asked no more").waitFor();
    const again = page.waitForRequest(/\/pause$/, { timeout: PATIENCE_MS });
    await expect(again).rejects.toThrow("Timeout");
    await it.restart();
    await page.getByText("the server does not answer").waitFor({ state: "detached" });
    expect(await page.getByRole("button", { name: "Pause" }).count()).toBe(1);
    await page.close();
  });

  test("that takes its own button away leaves the keyboard where the next one is", async () => {
    const page = await it.signedIn("admin", HERE);
    const focused = () => page.evaluate("document.activeElement.textContent");
    for (const [step, next] of [
      ["Pause", "Resume"],
      ["Resume", "Pause"],
    ] as const) {
      await page.getByRole("button", { name: step, exact: true }).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: `Yes, ${step.toLowerCase()} it` }).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: next, exact: true }).waitFor();
      await expect.poll(focused).toBe(next);
    }
    await page.getByText("Paused: claims are refused until it is resumed.").waitFor();
    await page.close();
  });
});

if (CHROMIUM === undefined)
  test("what is asked through a window in a browser", ({ skip }) => skip(NO_CHROMIUM));
