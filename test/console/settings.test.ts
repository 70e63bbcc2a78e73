// The settings in a real browser: what answers survive, how the server is, webhooks with what was
// given up; what a viewer sees; and that addresses and failures from outside are text.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LIMITS } from "../../src/base/limits.ts";
import { OutboxFolder, readEndpoints } from "../../src/webhooks/index.ts";
import {
  CHROMIUM,
  complaintsOf,
  faultsAt,
  faultsHere,
  HOSTILE,
  NO_CHROMIUM,
  openConsole,
} from "./console.fixture.ts";
import { type LoggedConsole, openLoggedConsole } from "./logged-console.fixture.ts";

describe.runIf(CHROMIUM !== undefined)("the settings", () => {
  let it: LoggedConsole;

  beforeAll(async () => {
    it = await openLoggedConsole();
    await it.ledger.grant(2);
  });

  afterAll(async () => {
    await it.close();
  });

  async function bury(endpoint: string, place: string): Promise<void> {
    const folder = new OutboxFolder(it.ledger.directory, endpoint);
    await folder.make();
    const [sequence, index] = place.split(".").map(Number);
    await folder.writeDead(place, {
      ...{ id: place, sequence: sequence!, index: index!, type: "granted", campaign: "suite" },
      ...{ atMs: 1, lane: "g", body: "{}", attempts: 11, deadAtMs: 2, last: HOSTILE },
    });
  }

  test("the server says plainly what an answer survives, and how it is", async () => {
    const page = await it.signedIn("viewer");
    const complaints = complaintsOf(page);
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByText("The server takes requests.").waitFor();
    await page.getByText("An answer leaves only once the disk has confirmed").waitFor();
    await page.getByText(/^Every record is written through to the disk/).waitFor();
    await page.getByText("Room on the disk").waitFor();
    await page.getByRole("cell", { name: "campaign.list" }).waitFor();
    expect(await page.getByRole("tab").allTextContents()).toEqual(["Server"]);
    const records = page.getByText("Records", { exact: true }).locator("..");
    const shown = async (): Promise<string> => (await records.textContent()) ?? "";
    const isCurrent = async (): Promise<boolean> =>
      (await shown()) === `Records${it.engine.journal.lastSequence}`;
    await expect.poll(isCurrent).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("an endpoint is made with a secret shown once, paused for a reason, removed", async () => {
    const page = await it.signedIn("admin", "/settings");
    await page.getByRole("tab", { name: "Webhooks" }).click();
    await page.getByText("No endpoints yet.").waitFor();
    expect(page.url()).toContain("/settings/webhooks");
    await page.getByLabel("Address").fill("http://10.0.0.1/hooks");
    await page.getByRole("button", { name: "Add an endpoint" }).click();
    await page.getByText("It must be public, with https, and not one of too many.").waitFor();
    await page.getByLabel("Address").fill("https://shop.example/hooks");
    const kinds = page.getByRole("combobox", { name: "Kinds of events (optional)" });
    for (const kind of ["granted", "redeemed"]) {
      await kinds.fill(kind);
      await page.getByRole("option", { name: kind, exact: true }).click();
    }
    await page.getByRole("combobox", { name: "Campaigns (optional)" }).fill("Not An Id");
    await page.getByRole("button", { name: "Add an endpoint" }).click();
    await page.getByText("Ids are lower-case letters, digits and hyphens, at most 63.").waitFor();
    const named = page.getByRole("combobox", { name: "Campaigns (optional)" });
    await named.focus();
    for (let each = 0; each < 3; each++) await named.press("Backspace");
    await page.getByRole("button", { name: "Add an endpoint" }).click();
    await page.getByText("The secret that signs messages.").waitFor();
    const [made] = await readEndpoints(it.ledger.directory);
    await page.getByText(made!.secrets[0]!.secret).waitFor();
    await page.getByRole("cell", { name: "granted, redeemed" }).waitFor();
    await page.getByRole("cell", { name: "on, nothing delivered yet" }).waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByLabel("Reason").fill(HOSTILE);
    await page.getByRole("dialog").getByRole("button", { name: "Pause" }).click();
    await page.getByText(HOSTILE).waitFor();
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Go on" }).click();
    await page.getByRole("button", { name: "Pause" }).waitFor();
    await page.getByRole("button", { name: "Remove" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await page.getByText("No endpoints yet.").waitFor();
    await page.close();
  });

  test("an endpoint whose secret was lost on its way is named, to be removed", async () => {
    const page = await it.signedIn("admin", "/settings/webhooks");
    await page.getByText("No endpoints yet.").waitFor();
    await page.route("**/v1/webhooks", async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      await route.fetch();
      await route.abort("connectionreset");
    });
    await page.getByLabel("Address").fill("https://shop.example/lost");
    await page.getByRole("button", { name: "Add an endpoint" }).click();
    await page.getByText("It was added all the same").waitFor();
    const [lost, ...more] = await readEndpoints(it.ledger.directory);
    expect(more).toEqual([]);
    await page.getByRole("alert").filter({ hasText: lost!.endpoint }).waitFor();
    await page.getByRole("button", { name: "Remove" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await page.getByText("No endpoints yet.").waitFor();
    await page.close();
  });

  test("what was given up is shown, sent again, or thrown away on a second word", async () => {
    const page = await it.signedIn("admin", "/settings/webhooks");
    const complaints = complaintsOf(page);
    await page.getByLabel("Address").fill("https://shop.example/dead");
    await page.getByRole("button", { name: "Add an endpoint" }).click();
    await page.getByText("The secret that signs messages.").waitFor();
    const { endpoint } = (await readEndpoints(it.ledger.directory))[0]!;
    for (const place of ["4.0", "4.1"]) await bury(endpoint, place);
    await page.getByRole("link", { name: "2", exact: true }).click();
    expect(page.url()).toContain(`dead=${endpoint}`);
    await page.getByRole("cell", { name: HOSTILE }).first().waitFor();
    await page.getByRole("button", { name: "Send again" }).first().click();
    await page.getByText("One is sent again by the sender.").waitFor();
    const again = page.getByRole("row", { name: /to be sent again$/ });
    await again.waitFor();
    expect(await again.getByRole("button").count()).toBe(0);
    await page.getByRole("button", { name: "Throw all away" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("2 messages will never be sent.").waitFor();
    // What nobody has seen yet is not thrown away unseen.
    await bury(endpoint, "4.2");
    await page.getByRole("row", { name: /4\.2/, includeHidden: true }).waitFor();
    await dialog.getByText("2 messages will never be sent.").waitFor();
    await dialog.getByRole("button", { name: "Throw away" }).click();
    await page.getByText("2 are thrown away by the sender.").waitFor();
    const folder = new OutboxFolder(it.ledger.directory, endpoint);
    const [dropped] = await folder.wishes("drop");
    expect(await folder.readWish("drop", dropped!)).toEqual(["4.0", "4.1"]);
    expect([await folder.wishes("replay"), await folder.wishes("drop")]).toMatchObject([
      { length: 1 },
      { length: 1 },
    ]);
    for (const place of ["4.0", "4.1", "4.2"]) await folder.removeDead(place);
    await page.getByRole("row", { name: /4\.2/ }).waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("what is thrown away while the server is silent can be taken back", async () => {
    const { endpoint } = (await readEndpoints(it.ledger.directory))[0]!;
    await bury(endpoint, "4.3");
    const page = await it.signedIn("admin", `/settings/webhooks?dead=${endpoint}`);
    const folder = new OutboxFolder(it.ledger.directory, endpoint);
    const before = await folder.wishes("drop");
    await page.route("**/drop", (route) => route.abort());
    await page.getByRole("button", { name: "Throw all away" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Throw away" }).click();
    await dialog.getByText("The server has not answered yet").waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("It is asked no more").waitFor();
    await page.unroute("**/drop");
    // Somebody else was quicker: nothing is left to be sent again.
    await page.route("**/replay", async (route) => {
      await folder.removeDead("4.3");
      await route.continue();
    });
    await page.getByRole("button", { name: "Send all again" }).click();
    await page.getByText("None of them waits here any more").waitFor();
    expect(await folder.wishes("drop")).toEqual(before);
    await page.close();
  });

  test("many that were given up are sorted and searched, page after page", async () => {
    const page = await it.signedIn("admin", "/settings/webhooks");
    await page.getByLabel("Address").fill("https://shop.example/many");
    await page.getByRole("button", { name: "Add an endpoint" }).click();
    await page.getByText("The secret that signs messages.").waitFor();
    const all = await readEndpoints(it.ledger.directory);
    const { endpoint } = all.find(({ url }) => url.endsWith("/many"))!;
    for (let n = 0; n <= LIMITS.page; n++) await bury(endpoint, `5.${n}`);
    await page.goto(`${it.server.url}/settings/webhooks?dead=${endpoint}`);
    await page.getByText("1,000 of 1,000").waitFor();
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByText("1,001 of 1,001").waitFor();
    await page.getByRole("button", { name: "Place", exact: true }).click();
    await page.getByRole("button", { name: "Place", exact: true }).click();
    await page.waitForURL(/dead\.sort=-hooks\.place/);
    expect(await page.locator("tbody code").first().textContent()).toBe(`5.${LIMITS.page}`);
    await page.keyboard.press("/");
    await page.keyboard.type("5.7 suite");
    await page.getByText("111 of 1,001").waitFor();
    await page.close();
  });

  test("the words of German and Chinese", async () => {
    const page = await it.signedIn("admin", "/settings");
    await page.getByLabel("Language").selectOption("de");
    await page.getByRole("heading", { name: "Was eine Antwort übersteht" }).waitFor();
    await page.getByLabel("Sprache").selectOption("zh");
    await page.getByRole("heading", { name: "应答能经受什么" }).waitFor();
    await page.close();
  });

  test.each(["light", "dark"] as const)("axe finds nothing, %s", async (scheme) => {
    const page = await it.signedIn("admin");
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    const [first] = await readEndpoints(it.ledger.directory);
    await bury(first!.endpoint, "4.1");
    const faults: string[] = [];
    for (const width of [1280, 380]) {
      await page.setViewportSize({ width, height: 800 });
      const at = (path: string): Promise<string[]> =>
        faultsAt(page, `${it.server.url}/settings${path}`, width);
      faults.push(...(await at("")), ...(await at("/keys")));
      faults.push(...(await at(`/webhooks?dead=${first!.endpoint}`)));
      faults.push(...(await at("/webhooks")));
      await page.getByRole("button", { name: "Remove" }).first().click();
      await page.getByRole("dialog").waitFor();
      faults.push(...(await faultsHere(page, width)));
    }
    expect(faults).toEqual([]);
    await page.close();
  });
});

describe.runIf(CHROMIUM !== undefined)("the settings of a server that keeps nothing", () => {
  test("say in red that answers are not durable, and what is not known", async () => {
    const it = await openConsole({ webhooks: null });
    const page = await it.signedIn("admin", "/settings");
    await page.getByRole("alert").getByText("Answers are NOT durable").waitFor();
    await page.getByText("This server runs without receipts").waitFor();
    await page.getByRole("tab", { name: "Webhooks" }).click();
    await page.getByText("this server was started without a data directory").waitFor();
    await it.close();
  });
});

if (CHROMIUM === undefined) test("the settings in a browser", ({ skip }) => skip(NO_CHROMIUM));
