// Keys in the console: bound to a campaign, and revoked with what that does to whoever does it.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CAMPAIGN } from "../contract/campaign.ts";
import {
  CHROMIUM,
  type ConsoleDrill,
  faultsHere,
  NO_CHROMIUM,
  openConsole,
} from "./console.fixture.ts";

describe.runIf(CHROMIUM !== undefined)("keys in the console", () => {
  let it: ConsoleDrill;

  beforeAll(async () => {
    it = await openConsole();
  });

  afterAll(async () => {
    await it.close();
  });

  test("a key is made for one campaign alone, where one is chosen", async () => {
    const page = await it.signedIn("admin", "/settings/keys");
    for (const [name, campaign] of [
      ["bound", CAMPAIGN],
      ["free", ""],
    ] as const) {
      await page.getByLabel("Name").fill(name);
      await page.getByLabel("For the campaign").selectOption(campaign);
      await page.getByRole("button", { name: "Make a key" }).click();
      await page.getByRole("row", { name: new RegExp(`^${name}`) }).waitFor();
      const made = it.keys.list().find((one) => one.name === name);
      expect(made?.campaign).toBe(campaign === "" ? undefined : campaign);
    }
    await page.close();
  });

  test("a key whose secret was lost on its way is named, to be revoked", async () => {
    const page = await it.signedIn("admin", "/settings/keys");
    await page
      .getByRole("row", { name: /^the admin/ })
      .first()
      .waitFor();
    await page.route("**/v1/keys", async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      await route.fetch();
      await route.abort("connectionreset");
    });
    await page.getByLabel("Name").fill("lost");
    await page.getByRole("button", { name: "Make a key" }).click();
    await page.getByText(/It was made all the same, k-\w+, and its secret is lost/).waitFor();
    const [lost, ...more] = it.keys.list().filter(({ name }) => name === "lost");
    expect(more).toEqual([]);
    await page.getByRole("alert").filter({ hasText: lost!.key }).waitFor();
    await page.getByRole("row", { name: /^lost/ }).waitFor();
    await page.close();
  });

  test("one's own key, and the last that makes others, are not revoked by accident", async () => {
    const page = await it.signedIn("admin", "/settings/keys");
    for (const { key, scope } of it.keys.list().slice(0, -1)) {
      if (scope === "admin") await it.keys.revoke(key, 2);
    }
    await page.reload();
    // An admin of one campaign makes no keys.
    await it.keys.add({ name: "of one", scope: "admin", campaign: CAMPAIGN }, 3);
    const other = page.getByRole("row", { name: /^bound/ });
    await other.getByRole("button", { name: "Revoke" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("refused from this moment on").waitFor();
    expect(await dialog.getByRole("alert").count()).toBe(0);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    const own = page.getByRole("row", { name: /^the admin/ }).filter({ hasNotText: "revoked" });
    await own.getByRole("button", { name: "Revoke" }).click();
    await dialog.getByText("the key that you are signed in with").waitFor();
    await dialog.getByText("The last admin key").waitFor();
    expect(await faultsHere(page, 1280)).toEqual([]);
    const revoke = dialog.getByRole("button", { name: "Revoke" });
    expect(await revoke.isDisabled()).toBe(true);
    await dialog.getByLabel("Type its name to be sure: the admin").fill("the admin");
    await revoke.click();
    await page.getByText("The session of the admin has ended").waitFor();
    await page.close();
  });
});

if (CHROMIUM === undefined) test("keys in the console", ({ skip }) => skip(NO_CHROMIUM));
