// A campaign's rules as a file in a real browser: what Revise begins with, and every version in
// History to be kept.
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClient } from "../../src/client/index.ts";
import { parseCampaignFile } from "../../src/contract/index.ts";
import { execute } from "../../src/host/index.ts";
import { CAMPAIGN, campaignYaml } from "../contract/campaign.ts";
import {
  CHROMIUM,
  complaintsOf,
  faultsAt,
  faultsHere,
  HOSTILE,
  NO_CHROMIUM,
} from "./console.fixture.ts";
import { type LoggedConsole, openLoggedConsole } from "./logged-console.fixture.ts";

const TEXT = "Text of the campaign file";

describe.runIf(CHROMIUM !== undefined)("the file in force", () => {
  let it: LoggedConsole;

  beforeAll(async () => {
    it = await openLoggedConsole(campaignYaml());
  });

  afterAll(async () => {
    await it.close();
  });

  function pageOf(campaign: string, page = "revise"): Promise<Page> {
    return it.signedIn("admin", `/campaigns/${campaign}/${page}`);
  }

  /** What stands in the editor, once something does. */
  async function textIn(page: Page): Promise<string> {
    await page.getByText("The rules in force, as a file without comments.").waitFor();
    return await page.getByLabel(TEXT).inputValue();
  }

  test("stands in the editor, and as it is it changes nothing", async () => {
    const page = await pageOf(CAMPAIGN);
    const complaints = complaintsOf(page);
    const yaml = await textIn(page);
    expect(yaml).toContain("# Campaign suite as it was opened");
    expect(yaml).toContain("reward: { fixed: 25.00 }");
    await page.getByText("The file is valid.").waitFor();
    await page.getByLabel("Why", { exact: true }).fill("Only a look");
    await page.getByRole("button", { name: "Preview", exact: true }).click();
    await page.getByText("Nothing: what this file says is in force already.").waitFor();
    expect(await faultsHere(page, 1280)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("is changed in the editor, and can be gone back to", async () => {
    const page = await pageOf(CAMPAIGN);
    const yaml = await textIn(page);
    expect(await page.getByRole("button", { name: "Back to the rules in force" }).count()).toBe(0);
    await page.getByLabel(TEXT).fill(yaml.replace("budget: 1000.00", "budget: 1500.00"));
    await page.getByText("One value differs from what is in force.").waitFor();
    // One's own file, with its comments, can be taken in its place.
    const own = { name: "own.yaml", mimeType: "text/yaml", buffer: Buffer.from(campaignYaml()) };
    await page.locator('input[type="file"]').setInputFiles(own);
    await page.getByText("This is the file in force.").waitFor();
    expect(await page.getByLabel(TEXT).inputValue()).toBe(campaignYaml());
    await page.getByRole("button", { name: "Back to the rules in force" }).click();
    expect(await textIn(page)).toBe(yaml);
    await page.close();
  });

  test("is another one once it is revised, and every version can be kept", async () => {
    const yaml = campaignYaml().replace(`campaign: ${CAMPAIGN}`, "campaign: kept");
    await execute(it.engine, "campaign.open", { params: {}, query: null, body: { yaml } });
    const page = await pageOf("kept");
    await page.getByLabel(TEXT).fill((await textIn(page)).replace("A card", "An own card"));
    await page.getByLabel("Why", { exact: true }).fill("A better name");
    await page.getByRole("button", { name: "Preview", exact: true }).click();
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText("Done: version 1 is in force.").waitFor();
    await page.getByRole("button", { name: "Back to the rules in force" }).click();
    expect(await textIn(page)).toContain("# Campaign kept as version 1 has it");
    await page.getByRole("link", { name: "The whole history" }).click();
    const titles = ["title: A card", "title: An own card"];
    for (const [version, what] of ["what was opened", "version 1"].entries()) {
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: `Download ${what} as a file` }).click();
      const file = await download;
      expect(file.suggestedFilename()).toBe(`kept-version-${version}.yaml`);
      expect(await readFile(await file.path(), "utf8")).toContain(titles[version]);
    }
    expect(await faultsHere(page, 1280)).toEqual([]);
    await page.close();
  });

  test("is the file of the API, whatever stands in it; what no editor shows is named", async () => {
    const title = "Eid \u200f\u202eabc";
    const yaml = campaignYaml()
      .replace(`campaign: ${CAMPAIGN}`, "campaign: blind")
      .replace(/^title: .*$/m, `title: ${title}`);
    await execute(it.engine, "campaign.open", { params: {}, query: null, body: { yaml } });
    const { secret } = await it.keys.add({ name: "api", scope: "viewer" }, 1);
    const api = createClient({ url: it.server.url, key: secret });
    const file = (await api.campaign.file({ campaign: "blind" })).yaml!;
    await api.close();
    expect(file).toContain(title);
    const page = await pageOf("blind");
    expect(await textIn(page)).toBe(file);
    await page.getByText(/Signs in it that cannot be seen: line \d+ \(\\u200f \\u202e\)/).waitFor();
    await page.getByLabel(TEXT).fill(file.replace("budget: 1000.00", "budget: 1500.00"));
    await page.getByText("One value differs from what is in force.").waitFor();
    await page.getByLabel(TEXT).fill(file.replace(title, `${title}\u200b`));
    await page.getByText("One value differs from what is in force.").waitFor();
    await page.getByText("What differs").click();
    await page.getByText("Eid \\u200f\\u202eabc\\u200b").waitFor();
    await page.goto(`${it.server.url}/campaigns/blind/versions`);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download what was opened as a file" }).click();
    expect(await readFile(await (await download).path(), "utf8")).toBe(file);
    await page.close();
  });

  test("that is too large, or cannot be read, is refused with the reason", async () => {
    const page = await pageOf(CAMPAIGN);
    const yaml = await textIn(page);
    const choose = (bytes: number) =>
      page.locator('input[type="file"]').setInputFiles({
        ...{ name: "big.yaml", mimeType: "text/yaml", buffer: Buffer.alloc(bytes, "#") },
      });
    await choose(1_200_000);
    await page.getByText("big.yaml has 1.2 MB: files of at most 1 MB are read here.").waitFor();
    await page.evaluate(() => {
      File.prototype.text = () => Promise.reject(new DOMException("", "NotReadableError"));
    });
    await choose(9);
    await page.getByText("big.yaml cannot be read: it was moved or changed").waitFor();
    expect(await page.getByLabel(TEXT).inputValue()).toBe(yaml);
    expect(await faultsHere(page, 1280)).toEqual([]);
    await page.close();
  });

  test("is told to be none where no file can say it, and names are text", async () => {
    const { definition } = parseCampaignFile(campaignYaml());
    const odd = { ...definition!, id: "odd", title: HOSTILE, settlingLagMs: 500 };
    const body = { definition: odd };
    await execute(it.engine, "campaign.open", { params: {}, query: null, body });
    const page = await pageOf("odd");
    const complaints = complaintsOf(page);
    await page.getByText("No file can say these rules, which came as JSON.").waitFor();
    await page.getByText("0.5 seconds").waitFor();
    expect(await page.getByLabel(TEXT).inputValue()).toBe("");
    expect(complaints).toEqual([]);
    await page.close();
  });

  test.each(["light", "dark"] as const)(
    "has no fault that axe knows, in the %s",
    async (scheme) => {
      const page = await pageOf(CAMPAIGN);
      await page.emulateMedia({ colorScheme: scheme });
      for (const width of [1280, 380]) {
        await page.setViewportSize({ width, height: 800 });
        for (const name of ["revise", "versions"]) {
          const address = `${it.server.url}/campaigns/${CAMPAIGN}/${name}`;
          expect(await faultsAt(page, address, width)).toEqual([]);
        }
      }
      await page.close();
    },
  );
});

if (CHROMIUM === undefined) test("the file in force in a browser", ({ skip }) => skip(NO_CHROMIUM));
