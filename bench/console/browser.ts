// Chromium, and what it measures of a page: what it loads, when it answers, how long its main
// thread is kept, how much its heap holds.
import { existsSync } from "node:fs";
import { gzipSync } from "node:zlib";
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Page,
  type Response,
} from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-sync",
];
const SETTLED_MS = 1500;

/** Why there is no browser, in one line; null: there is. */
export function browserAbsent(): string | null {
  return PLACES.some(existsSync) ? null : "no Chromium (Debian: apt-get install chromium)";
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: PLACES.find(existsSync)!, args: FLAGS });
}

/** Signs in with a key, and keeps the session. */
export async function signIn(browser: Browser, url: string, key: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel("Key", { exact: true }).fill(key);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("navigation").waitFor();
  await page.close();
  return context;
}

export interface FirstPage {
  gzippedBytes: number;
  interactiveMs: number;
}

/** What the browser loads of our files for the first page, and when it shows and answers. */
export async function firstPage(browser: Browser, url: string, key: string): Promise<FirstPage> {
  const context = await signIn(browser, url, key);
  const state = await context.storageState();
  await context.close();
  // A context of its own has an empty cache.
  const fresh = await browser.newContext({ storageState: state });
  const page = await fresh.newPage();
  await watch(page);
  const files: Response[] = [];
  page.on("response", (response) => {
    if (!response.url().includes("/v1/")) files.push(response);
  });
  await page.goto(url);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForTimeout(SETTLED_MS);
  const bodies = await Promise.all(files.map((file) => file.body()));
  const sizes = bodies.map((body) => gzipSync(body).length);
  const { shownMs, tasks } = await seen(page);
  const lastMs = Math.max(0, ...tasks.map(({ atMs, ms }) => atMs + ms));
  await fresh.close();
  return {
    gzippedBytes: sizes.reduce((sum, size) => sum + size, 0),
    interactiveMs: Math.max(shownMs, lastMs),
  };
}

interface Seen {
  /** When the page had its heading. */
  shownMs: number;
  /** What kept the main thread for more than 50 ms. */
  tasks: { atMs: number; ms: number }[];
}

/** To be called before the page is opened. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen: { shownMs: number; tasks: { atMs: number; ms: number }[] } = {
      ...{ shownMs: 0, tasks: [] },
    };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) {
        seen.tasks.push({ atMs: startTime, ms: duration });
      }
    }).observe({ type: "longtask", buffered: true });
    const changes = new MutationObserver(() => {
      if (document.querySelector("h1") === null) return;
      seen.shownMs = performance.now();
      changes.disconnect();
    });
    changes.observe(document, { childList: true, subtree: true });
  });
}

export function seen(page: Page): Promise<Seen> {
  return page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
}

/** Forgets the long tasks so far. */
export async function forgetTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    (globalThis as unknown as { seen: Seen }).seen.tasks = [];
  });
}

/** Bytes that the page's heap holds after its garbage was taken away. */
export async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}
