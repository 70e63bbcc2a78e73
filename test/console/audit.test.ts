// The audit page in a real browser: checkpoints compared, a receipt checked, a journal downloaded
// and verified in a thread of the page, broken ones with their place, odds with a chart, draws.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ed25519 } from "@noble/curves/ed25519.js";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { payloadWords } from "../../src/core/event-view.ts";
import { dataPaths } from "../../src/host/data-directory.ts";
import { execute } from "../../src/host/index.ts";
import { openDirectoryJournal, readDirectory } from "../../src/journal/index.ts";
import { ED25519, formatSignedNote } from "../../src/journal/log/checkpoint.ts";
import { verifierKey } from "../../src/journal/log/note-keys.ts";
import { CAMPAIGN, campaignYaml, DAY_MS, MINUTE_MS, STARTS_AT_MS } from "../contract/campaign.ts";
import { eventually } from "../transparency.fixture.ts";
import {
  CHROMIUM,
  complaintsOf,
  faultsAt,
  faultsHere,
  HOSTILE,
  NO_CHROMIUM,
} from "./console.fixture.ts";
import { type LoggedConsole, openLoggedConsole } from "./logged-console.fixture.ts";

const PLACE = `/campaigns/${CAMPAIGN}/audit`;
/** With a draw of two prizes, whose entries close after an hour. */
const YAML = `${campaignYaml()}
draws:
  - id: sunday
    title: The Sunday draw
    closes: 2026-02-06T09:00:00+08:00
    entriesPerUser: 1
    takeUp: 24h
    prizes:
      - { id: grand, title: The grand prize, amount: 100.00, stock: 1 }
      - { id: small, title: A small one, amount: 8.00, stock: 2 }
`;

/** The same checkpoint of other records. */
function forkOf(note: string): string {
  const lines = note.split("\n");
  lines[2] = Buffer.alloc(32, 7).toString("base64");
  return lines.join("\n");
}

/** The same, signed by another key of the log's name. */
function signedFork(note: string): { fork: string; key: string } {
  const secret = new Uint8Array(32).fill(5);
  const text = `${forkOf(note).split("\n\n")[0]}\n`;
  const signature = ed25519.sign(Buffer.from(text), secret);
  const key = verifierKey(note.split("\n")[0]!, ED25519, ed25519.getPublicKey(secret));
  const fork = formatSignedNote(text, [{ name: key.name, keyId: key.keyId, signature }]);
  return { fork, key: key.text };
}

describe.runIf(CHROMIUM !== undefined)("the audit page", () => {
  let it: LoggedConsole;
  let grants: string[];

  beforeAll(async () => {
    it = await openLoggedConsole(YAML);
    grants = await it.ledger.grant(4);
    for (let i = 0; i < 8; i++) {
      const body = { id: `e-${i}`, user: `lucky-${i}`, offer: "envelope" };
      await it.engine.money("claim", CAMPAIGN, body);
    }
  });

  afterAll(async () => {
    await it.close();
  });

  /** What was downloaded by a click. */
  async function saved(page: Page, name: string, role: "button" | "link"): Promise<string> {
    const file = page.waitForEvent("download");
    await page.getByRole(role, { name }).click();
    return await (await file).path();
  }

  async function archive(page: Page): Promise<Buffer> {
    return readFile(await saved(page, "Download the journal", "link"));
  }

  async function choose(page: Page, name: string, content: Buffer): Promise<void> {
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Choose files" }).click();
    const file = { name, mimeType: "application/octet-stream", buffer: content };
    await (await chooser).setFiles([file]);
  }

  test("a checkpoint that was kept is part of the log of now, a forged one is not", async () => {
    const page = await it.signedIn("viewer", `/campaigns/${CAMPAIGN}`);
    await page.getByRole("link", { name: "Audit" }).click();
    await page
      .getByText(/^hongbao\//)
      .first()
      .waitFor();
    const kept = await readFile(await saved(page, "Save this checkpoint", "button"), "utf8");
    grants.push(...(await it.ledger.grant(3)));
    const size = Number(kept.split("\n")[1]);
    await eventually(async () => {
      const now = await it.follower.ask("checkpoint", null);
      return now.size > size ? now : null;
    });
    const compare = async (text: string): Promise<void> => {
      await page.getByLabel("Text of the checkpoint").fill(text);
      await page.getByRole("button", { name: "Compare" }).click();
    };
    await compare(kept);
    await page.getByText(new RegExp(`its ${size} records are the first of`)).waitFor();
    // What was said of one text is not said of another.
    await page.getByLabel("Text of the checkpoint").fill(forkOf(kept));
    expect(await page.getByText(/are the first of/).count()).toBe(0);
    const unsigned = page.getByText("The log’s key did not sign this text");
    await page.getByRole("button", { name: "Compare" }).click();
    await unsigned.waitFor();
    await compare(kept.replace(/— .*\n/, "— nobody AAAAAAAAAAAAAAAAAAAA\n"));
    await unsigned.waitFor();
    // Another log under the same name, whose key somebody kept: the server's does not help it.
    const { fork, key } = signedFork(kept);
    await compare(fork);
    await unsigned.waitFor();
    await page.getByLabel("Public key of the log").fill(key);
    expect(await unsigned.count()).toBe(0);
    await compare(fork);
    await page.getByText("NOT consistent").waitFor();
    await compare(kept);
    await unsigned.waitFor();
    await page.getByLabel("Public key of the log").fill("no key");
    await compare(kept);
    await page.getByText("This is no public key").waitFor();
    await compare(HOSTILE);
    await page.getByText("This is no signed checkpoint.").waitFor();
    await page.close();
  });

  test("a receipt is checked without the server, and what it proves is said", async () => {
    const receipt = JSON.stringify(await it.ledger.receiptOf(it.follower, grants[0]!));
    const page = await it.signedIn("viewer", `${PLACE}?tab=receipt`);
    const complaints = complaintsOf(page);
    await page.getByLabel("The receipt’s text").fill(receipt);
    await expect
      .poll(() => page.getByLabel("Public key of the log").inputValue())
      .toMatch(/^hongbao\//);
    const asked: string[] = [];
    page.on("request", (request) => {
      if (request.method() !== "GET") asked.push(request.url());
    });
    await page.getByRole("button", { name: "Check", exact: true }).click();
    await page.getByText("Genuine").waitFor();
    await page.getByText(/grants CN¥25.00 as grant 0/).waitFor();
    await page.getByText("Whose the grant is.").waitFor();
    const forged = receipt.replace(/"chain":"(.)/, (_, first: string) => {
      return `"chain":"${first === "f" ? "0" : "f"}`;
    });
    await page.getByLabel("The receipt’s text").fill(forged);
    expect(await page.getByText("Genuine").count()).toBe(0);
    await page.getByRole("button", { name: "Check", exact: true }).click();
    await page.getByText("It proves nothing").waitFor();
    await page.getByLabel("The receipt’s text").fill(HOSTILE);
    await page.getByRole("button", { name: "Check", exact: true }).click();
    await page.getByText("expected JSON, found a cut or other file").waitFor();
    expect(asked).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("the journal is downloaded and found sound in the browser", async () => {
    const page = await it.signedIn("admin", `${PLACE}?tab=journal`);
    const complaints = complaintsOf(page);
    const content = await archive(page);
    await choose(page, "journal.tar", content);
    await page.getByText("Sound", { exact: true }).waitFor();
    await page.getByText(/\d+ records with \d+ events were judged/).waitFor();
    await page.getByText(/checkpoints sign these records/).waitFor();
    await page.getByText("Signatures were checked with this server’s key.").waitFor();
    await page.getByRole("heading", { name: "What was checked" }).waitFor();
    await page.getByRole("cell", { name: "The contract suite suite" }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("a folder of a journal is taken, too, and verified while nobody waits", async () => {
    const page = await it.signedIn("viewer", `${PLACE}?tab=journal`);
    await page.getByText("To download the journal, sign in with an admin key.").waitFor();
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Choose a folder" }).click();
    await (await chooser).setFiles(dataPaths(it.ledger.directory).journal);
    await page.getByText("Sound", { exact: true }).waitFor();
    await page.getByText("No checkpoint was found beside it").waitFor();
    await page.close();
  });

  test("a broken journal tells where, and what is none says so", async () => {
    const page = await it.signedIn("admin", `${PLACE}?tab=journal`);
    const content = await archive(page);
    // A byte of the first record: one head of the archive, header and seal of the segment before.
    content[512 + 8192 + 300]! ^= 1;
    await choose(page, "journal.tar", content);
    await page.getByText("The files are damaged").waitFor();
    await page.getByText(/000000000001\.journal at byte 8,192, record 1/).waitFor();
    await choose(page, "photo.png", Buffer.from("no journal"));
    await page.getByText("This is no journal").waitFor();
    await choose(page, "journal.tar", content.subarray(0, 20_000));
    await page.getByText(/it was cut off/).waitFor();
    await page.close();
  });

  test("a journal that contradicts itself is not sound, and where is in a table", async () => {
    const page = await it.signedIn("admin", `${PLACE}?tab=journal`);
    const folder = await mkdtemp(join(tmpdir(), "hongbao-forged-"));
    const file = join(folder, "copy.tar");
    await writeFile(file, await archive(page));
    await promisify(execFile)("tar", ["-xf", file, "-C", folder]);
    await forge(join(folder, "journal"));
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Choose a folder" }).click();
    await (await chooser).setFiles(join(folder, "journal"));
    await page.getByText("Not sound").waitFor();
    await page.getByRole("heading", { name: "What is wrong" }).waitFor();
    const problem = page.getByRole("row", { name: /ids of whatever moves or holds money/ });
    expect(await problem.first().textContent()).toMatch(
      /^record \d+, event \d+ \(granted\), suite/,
    );
    await page
      .getByText(/wrong (once|\d+ times)/)
      .first()
      .waitFor();
    expect(await faultsHere(page, 1280)).toEqual([]);
    await rm(folder, { recursive: true, force: true });
    await page.close();
  });

  /** Writes a record of before once more, with the chain that the format wants. */
  async function forge(directory: string): Promise<void> {
    const reader = await readDirectory(directory);
    let payload = new Uint8Array(0);
    for await (const record of reader.records(2)) {
      if (payload.length === 0 && record.eventCount > 0) payload = record.payload.slice();
    }
    const journal = await openDirectoryJournal({ directory });
    await journal.prepare(payload.length);
    let eventCount = 0;
    const words = payloadWords(payload);
    for (let at = 0; at < words.length; at += words[at]! >>> 16) eventCount += 1;
    const blindingSeed = new Uint8Array(16);
    await journal.append({ atMs: journal.lastAtMs, eventCount, payload, blindingSeed });
    await journal.close();
  }

  test("odds stand beside what came, with a chart and its numbers", async () => {
    const page = await it.signedIn("viewer", `${PLACE}?tab=luck`);
    await page.getByText("Locked in before anybody could claim").waitFor();
    await page.getByText(/^8 draws\..*(: luck|: take a look)\.$/).waitFor();
    await page.getByRole("img", { name: "envelope: granted and expected, by amount" }).waitFor();
    const row = page.getByRole("row", { name: /CN¥1\.00/ }).first();
    expect(await row.textContent()).toContain("50%");
    await page.close();
  });

  test("a draw says how many entered, what was won, and by which grants", async () => {
    for (let i = 0; i < 4; i++) {
      const params = { campaign: CAMPAIGN, draw: "sunday" };
      const body = { id: `d-${i}`, user: `drawn-${i}` };
      const { status } = await execute(it.engine, "draw.enter", { params, query: null, body });
      expect(status).toBe("entered");
    }
    const page = await it.signedIn("viewer", PLACE);
    await page.getByRole("tab", { name: "Draws" }).click();
    await page.getByText("Open until 6 Feb 2026, 09:00: 4 entries so far.").waitFor();
    expect(page.url()).toContain("tab=draws");
    it.clock.set(STARTS_AT_MS + 61 * MINUTE_MS);
    await page.getByText("Closed with 4 entries: 3 won, 0 passed over.").waitFor();
    await page.getByText("No public round takes part in it.").waitFor();
    const grand = page.getByRole("row", { name: /^The grand prize/ });
    expect(await grand.textContent()).toBe("The grand prizeCN¥100.0010");
    const winners = page.getByRole("link", { name: /^[0-9a-z]{20}$/ });
    expect(await winners.count()).toBe(3);
    const won = page.getByRole("row", { name: /^1 [0-9a-z]{20} The grand prize/ });
    expect(await won.textContent()).toMatch(/The grand prizeCN¥100\.00to be spent$/);
    const address = page.url();
    await page.goto(`${address}&sunday.after=2`);
    await expect.poll(() => winners.count()).toBe(1);
    await page.getByRole("row", { name: /^3 [0-9a-z]{20} / }).waitFor();
    await page.goto(address);
    await winners.nth(2).waitFor();
    await winners.first().click();
    await page.getByText("Winner 1 of the draw sunday; 4 entries.").waitFor();
    await page.close();
  });

  test("the words of German and Chinese", async () => {
    const page = await it.signedIn("admin", PLACE);
    await page.getByLabel("Language").selectOption("de");
    await page.getByRole("heading", { name: "Prüfung" }).waitFor();
    await page.getByLabel("Sprache").selectOption("zh");
    await page.getByRole("tab", { name: "日志", exact: true }).click();
    await page.getByText("将归档或日志文件夹拖到这里").waitFor();
    await page.close();
  });

  test.each(["light", "dark"] as const)("axe finds nothing, %s", async (scheme) => {
    const page = await it.signedIn("admin", `${PLACE}?tab=journal`);
    const file = join(tmpdir(), `hongbao-audit-${process.pid}-${scheme}.tar`);
    await writeFile(file, await archive(page));
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    const faults: string[] = [];
    for (const width of [1280, 380]) {
      await page.setViewportSize({ width, height: 800 });
      for (const tab of ["chain", "receipt", "luck", "draws", "journal"]) {
        faults.push(...(await faultsAt(page, `${it.server.url}${PLACE}?tab=${tab}`, width)));
      }
      await choose(page, "journal.tar", await readFile(file));
      await page.getByText("Sound", { exact: true }).waitFor();
      faults.push(...(await faultsHere(page, width)));
    }
    expect(faults).toEqual([]);
    await page.close();
  });

  test("a prize that lapsed is drawn again, and the numbers of the page add up", async () => {
    // They expire, and a settling lag later they are there again.
    for (const days of [1.5, 3]) {
      it.clock.set(STARTS_AT_MS + days * DAY_MS);
      await it.engine.tick();
    }
    const page = await it.signedIn("viewer", `${PLACE}?tab=draws`);
    await page.getByText("A prize that lapses or is taken back is drawn again").waitFor();
    await page.getByText("Of 3 prizes 1 are held or taken up; 3 came back.").waitFor();
    expect(await page.getByRole("cell", { name: "expired" }).count()).toBe(3);
    await page.getByRole("row", { name: /^4 .* to be spent$/ }).waitFor();
    await page.close();
  });
});

if (CHROMIUM === undefined) test("the audit page in a browser", ({ skip }) => skip(NO_CHROMIUM));
