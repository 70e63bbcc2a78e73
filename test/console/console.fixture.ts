// A real server with a real campaign, and Chromium to look at it. Chromium comes from the system
// (Debian: apt-get install chromium); without it whoever asks is told so in one line.
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import type { Scope } from "../../src/contract/index.ts";
import type { WebhookDesk } from "../../src/contract/webhook-desk.ts";
import { Keys, memoryKeyStore, type RunningServer, startServer } from "../../src/server/index.ts";
import type { SessionStore, StoredSession } from "../../src/server/sessions.ts";
import type { LogFollower } from "../../src/transparency/log-follower.ts";
import { webhookDesk } from "../../src/webhooks/index.ts";
import { type Drill, openDrill } from "../contract/subjects.ts";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export const CHROMIUM: string | undefined = PLACES.find(existsSync);
export const NO_CHROMIUM = "no Chromium on this machine (Debian: apt-get install chromium)";

/** What runs if a page takes it for anything but text. */
export const HOSTILE = `</script><img src=x onerror=alert(1)>"'<b>`;

/** For whatever a page should show; machines are shared. */
const WAIT_MS = 20_000;

export const FLAGS: string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

/** Whoever comes for the first time is offered the tour. */
export type Visit = "first" | "later";

export interface ConsoleDrill extends Drill {
  readonly keys: Keys;
  server: RunningServer;
  /** A page of a browser that nobody has signed in with. */
  newPage(visit?: Visit): Promise<Page>;
  /** A page that is signed in with a fresh key of that scope. */
  signedIn(scope: Scope, address?: string, visit?: Visit): Promise<Page>;
  /** Starts the server that was closed, at the same address. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** What a console is opened over: an engine, and the log beside it where receipts are wanted. */
export interface Ground {
  readonly drill?: Drill;
  readonly follower?: LogFollower;
  /** Null: the server has none; absent: an empty one. */
  readonly webhooks?: WebhookDesk | null;
}

export async function openConsole(ground?: Ground): Promise<ConsoleDrill> {
  const drill = ground?.drill ?? (await openDrill());
  const follower = Promise.resolve(ground?.follower ?? null);
  const { engine } = drill;
  const keys = await Keys.open(memoryKeyStore());
  let kept: StoredSession[] = [];
  const sessions: SessionStore = {
    read: async () => kept,
    write: async (all) => {
      kept = [...all];
    },
  };
  // As `hongbao serve` has one over its data directory; nothing lies in this one.
  const empty = (): WebhookDesk => webhookDesk(join(tmpdir(), "hongbao-console-without"));
  const webhooks = ground?.webhooks === undefined ? empty() : ground.webhooks;
  const desk = webhooks === null ? {} : { webhooks };
  const start = (port: number): Promise<RunningServer> => {
    return startServer({ engine, follower, keys, sessions, port, logLevel: "silent", ...desk });
  };
  const server = await start(0);
  const browser = await openBrowser();
  const newPage = (visit?: Visit): Promise<Page> => pageIn(browser, visit);
  const it: ConsoleDrill = {
    ...drill,
    keys,
    server,
    newPage,
    signedIn: async (scope, address = "/", visit = "later") => {
      const { secret } = await keys.add({ name: `the ${scope}`, scope }, 1);
      const page = await newPage(visit);
      await signIn(page, `${it.server.url}${address}`, secret);
      return page;
    },
    restart: async () => {
      it.server = await start(it.server.port);
    },
    close: async () => {
      await browser.close();
      await it.server.close();
      await engine.close();
    },
  };
  return it;
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM!, args: FLAGS });
}

/** With cookies of its own. */
export async function pageIn(browser: Browser, visit: Visit = "later"): Promise<Page> {
  const viewport = { width: 1280, height: 800 };
  const context = await browser.newContext({ locale: "en-GB", viewport });
  context.setDefaultTimeout(WAIT_MS);
  if (visit === "later") await context.addInitScript("localStorage['hongbao.tour'] = 'seen'");
  return context.newPage();
}

export async function signIn(page: Page, address: string, secret: string): Promise<void> {
  await page.goto(address);
  await page.getByLabel("Key", { exact: true }).fill(secret);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("navigation").waitFor();
}

/** What axe finds against WCAG 2.2 AA, a line each. */
async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await (
      globalThis as unknown as { axe: typeof import("axe-core") }
    ).axe.run(document, { runOnly: tags });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  });
}

/** What under the mouse is read with less than WCAG's contrast, of all that can be chosen. */
export async function faintUnderMouse(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const faint: string[] = [];
  for (const each of await page.locator(":is(a, button, [role=tab], tbody tr):visible").all()) {
    if (await each.isDisabled()) continue;
    await each.hover({ position: { x: 4, y: 4 }, force: true });
    faint.push(
      ...(await each.evaluate(async (element) => {
        const { run } = (globalThis as unknown as { axe: typeof import("axe-core") }).axe;
        const { violations } = await run(element as Element, { runOnly: ["color-contrast"] });
        return violations.flatMap(({ nodes }) => nodes.map(({ html }) => html));
      })),
    );
  }
  return faint;
}

/** Whatever the page complains of: errors, and what its policy forbids. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("dialog", (dialog) => {
    if (dialog.type() === "beforeunload") return void dialog.accept();
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return complaints;
}

/** At that address and width: what axe finds, and whether the page is wider than the screen. */
export async function faultsAt(page: Page, url: string, width: number): Promise<string[]> {
  await page.goto(url);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForTimeout(300);
  return faultsHere(page, width);
}

/** As the page stands now. */
export async function faultsHere(page: Page, width: number): Promise<string[]> {
  const faults = await accessibilityFaults(page);
  const wide = await page.evaluate("document.documentElement.scrollWidth");
  if (Number(wide) > width) faults.push(`${wide} pixels wide`);
  return faults.map((fault) => `${page.url()} at ${width}: ${fault}`);
}
