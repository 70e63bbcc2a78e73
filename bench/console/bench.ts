// The console in a real browser: how much its first page is and how soon it answers; and what the
// Live page costs the browser while a campaign runs for minutes.
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { CARD, wholeCampaign } from "../campaign.ts";
import { firstLine, removeFolder, start, startScript, stop, temporaryFolder } from "../children.ts";
import type { Bench, Contender, Figures } from "../contender.ts";
import { median } from "../quantile.ts";
import { ROOT } from "../root.ts";
import {
  browserAbsent,
  firstPage,
  forgetTasks,
  heapBytes,
  openBrowser,
  seen,
  signIn,
  watch,
} from "./browser.ts";
import type { SteadyPlan, SteadyReport } from "./load-plan.ts";
import { longestTaskCpuMs } from "./task-trace.ts";

const CLAIMS_PER_SECOND = 2000;
const FIRST_PAGES = 5;
/** What a page sets up in its first minute is no growth. */
const WARM_SECONDS = 60;
const MEBIBYTE = 2 ** 20;

export function bench(minutes: number): Bench {
  return {
    name: "console",
    unit: "ms, longest task",
    method:
      "`hongbao serve` as built, Chromium without a screen on the same machine. firstPageKB: what" +
      " the browser loads for the list of campaigns with an empty cache, each file gzipped. " +
      `interactiveMs: from its address to its heading and the end of its last long task, median ` +
      `of ${FIRST_PAGES}. Then ${CLAIMS_PER_SECOND} single claims a second for ${minutes} ` +
      "minutes with the Live page open. Figure: the longest task of its main thread from its " +
      "first second on, by the clock, which whatever else runs there makes longer; 0 when none " +
      "took more than 50 ms. longestCpuMs: the longest one in processor time, over a twentieth " +
      "of the time. openingMs: the longest one before. " +
      "heapMB: what its heap holds after the first minute and a forced collection; growthMB: how " +
      "much more that is at the end.",
    ours: new ConsoleInBrowser(minutes),
    peers: [],
  };
}

interface Served {
  url: string;
  adminKey: string;
}

class ConsoleInBrowser implements Contender {
  readonly name = "hongbao";
  private readonly seconds: number;
  private readonly folder = temporaryFolder("console");
  private server: ReturnType<typeof start> | null = null;
  private served: Served | null = null;
  private browser: Browser | null = null;
  private appKey = "";
  private campaign = "";

  constructor(minutes: number) {
    this.seconds = 60 * minutes;
  }

  async start(): Promise<string | null> {
    const absent = browserAbsent();
    if (absent !== null) return absent;
    const main = join(ROOT, "dist", "cli", "main.js");
    this.server = start(process.execPath, [
      ...[main, "serve", "--data", this.folder, "--port", "0", "--json"],
    ]);
    this.served = await firstLine<Served>(this.server);
    const definition = wholeCampaign(Date.now());
    this.campaign = definition.id;
    await this.post("/v1/campaigns", { definition });
    const { secret } = await this.post("/v1/keys", { name: "bench", scope: "app" });
    this.appKey = String(secret);
    this.browser = await openBrowser();
    return null;
  }

  async run(run: number): Promise<Figures> {
    const { url, adminKey } = this.served!;
    const pages = [];
    for (let i = 0; i < FIRST_PAGES; i++) {
      pages.push(await firstPage(this.browser!, url, adminKey));
    }
    const live = await this.live(run);
    return {
      value: live.longestMs,
      more: {
        firstPageKB: pages[0]!.gzippedBytes / 1000,
        interactiveMs: median(pages.map(({ interactiveMs }) => interactiveMs)),
        ...live.more,
      },
    };
  }

  async stop(): Promise<void> {
    await this.browser?.close();
    if (this.server !== null) await stop(this.server);
    removeFolder(this.folder);
  }

  /** The Live page while the campaign runs. */
  private async live(run: number): Promise<{ longestMs: number; more: Record<string, number> }> {
    const { url, adminKey } = this.served!;
    const plan: SteadyPlan = {
      port: Number(new URL(url).port),
      path: `/v1/campaigns/${this.campaign}/claims`,
      headers: { authorization: `Bearer ${this.appKey}` },
      offer: CARD,
      ...{ run, perSecond: CLAIMS_PER_SECOND, seconds: this.seconds },
    };
    const load = startScript("./console/steady-load.ts", [JSON.stringify(plan)]);
    await firstLine(load);
    const report = firstLine<SteadyReport>(load);
    const context = await signIn(this.browser!, url, adminKey);
    const page = await context.newPage();
    await watch(page);
    await page.goto(`${url}/campaigns/${this.campaign}/live`);
    await page.locator("canvas").first().waitFor();
    await page.waitForTimeout(1000);
    const openingMs = longest(await seen(page));
    await forgetTasks(page);
    await page.waitForTimeout(1000 * Math.min(WARM_SECONDS, this.seconds / 3));
    const before = await heapBytes(page);
    const longestCpuMs = await longestTaskCpuMs(this.browser!, page, this.seconds / 20);
    const { perSecond } = await this.until(report, page);
    const after = await heapBytes(page);
    const tasks = (await seen(page)).tasks.length;
    const longestMs = longest(await seen(page));
    await stop(load);
    await context.close();
    const [heapMB, growthMB] = [before / MEBIBYTE, (after - before) / MEBIBYTE];
    const times = { tasksOver50Ms: tasks, longestCpuMs, openingMs };
    return { longestMs, more: { ...times, heapMB, growthMB, claimsPerSecond: perSecond } };
  }

  /** A page that stands still would cost nothing: it must show that claims come in to the end. */
  private async until(report: Promise<SteadyReport>, page: Page): Promise<SteadyReport> {
    const done = await report;
    const shown = await page.getByText("Claims / s").locator("..").textContent();
    const rate = Number(shown?.replace(/^.*\/ s/, "").replaceAll(",", ""));
    if (!(rate > 0)) throw new Error(`expected a page that shows claims, got ${shown}`);
    if ((done.statuses.granted ?? 0) > 0.5 * done.answered) return done;
    throw new Error(`expected mostly grants, got ${JSON.stringify(done.statuses)}`);
  }

  private async post(path: string, body: unknown): Promise<Record<string, unknown>> {
    const { url, adminKey } = this.served!;
    const headers = {
      authorization: `Bearer ${adminKey}`,
      "content-type": "application/json",
    };
    const init = { method: "POST", headers, body: JSON.stringify(body) };
    const response = await fetch(`${url}${path}`, init);
    if (response.ok) return (await response.json()) as Record<string, unknown>;
    throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  }
}

function longest({ tasks }: Awaited<ReturnType<typeof seen>>): number {
  return Math.max(0, ...tasks.map(({ ms }) => ms));
}
