// What a browser writes to its disk while somebody looks a user up: nothing of whom, nothing of
// what he has, so that whoever sits there next, or takes the disk, finds neither.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClient } from "../../src/client/index.ts";
import { CAMPAIGN } from "../contract/campaign.ts";
import {
  CHROMIUM,
  type ConsoleDrill,
  FLAGS,
  NO_CHROMIUM,
  openConsole,
  signIn,
} from "./console.fixture.ts";

const USER = "alice-at-the-corner-4711";

describe.runIf(CHROMIUM !== undefined)("a browser's disk", () => {
  let it: ConsoleDrill;
  let profile: string;

  beforeAll(async () => {
    it = await openConsole();
    profile = await mkdtemp(join(tmpdir(), "hongbao-profile-"));
  }, 60_000);

  afterAll(async () => {
    await it.close();
    await rm(profile, { recursive: true, force: true });
  });

  test("holds neither a user who was looked up, nor his grants", async () => {
    const { secret } = await it.keys.add({ name: "app", scope: "app" }, 1);
    const app = createClient({ url: it.server.url, key: secret });
    const { grant } = await app.claim({ campaign: CAMPAIGN, id: "c-1", user: USER, offer: "card" });
    await app.close();
    const admin = await it.keys.add({ name: "admin", scope: "admin" }, 1);
    const options = { executablePath: CHROMIUM!, args: FLAGS, locale: "en-GB" };
    const context = await chromium.launchPersistentContext(profile, options);
    await context.addInitScript("localStorage['hongbao.tour'] = 'seen'");
    const page = await context.newPage();
    await signIn(page, `${it.server.url}/campaigns/${CAMPAIGN}/grants`, admin.secret);
    await page.getByLabel("User id").fill(USER);
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: grant! }).waitFor();
    await context.close();
    expect(await filesWith(profile, `:${it.server.port}`)).not.toEqual([]);
    expect(await filesWith(profile, USER)).toEqual([]);
    expect(await filesWith(profile, grant!)).toEqual([]);
  }, 60_000);
});

async function filesWith(folder: string, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && (await readFile(path)).includes(text)) found.push(path);
  }
  return found;
}

if (CHROMIUM === undefined) test("what lies on a browser's disk", ({ skip }) => skip(NO_CHROMIUM));
