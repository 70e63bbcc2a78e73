// How long the tasks of a page's main thread take of a processor, as Chromium's own trace tells.
// How long they take by the clock depends on whatever else the machine does.
import type { Browser, Page } from "playwright-core";

const CATEGORIES = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"];
const MAIN = "CrRendererMain";
const TASK = /RunTask$/;

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  args?: { name?: string };
  /** Microseconds of the thread's own time. */
  tdur?: number;
}

/** The longest task of the pages' main threads within some seconds, in ms of processor time. */
export async function longestTaskCpuMs(
  browser: Browser,
  page: Page,
  seconds: number,
): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const mains = new Set<string>();
  let longest = 0;
  const waiting: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => {
    for (const event of value as unknown as TraceEvent[]) {
      if (event.name === "thread_name" && event.args?.name === MAIN) mains.add(threadOf(event));
      if (event.tdur !== undefined && TASK.test(event.name)) waiting.push(event);
    }
  });
  const traceConfig = { includedCategories: CATEGORIES };
  await session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig });
  await page.waitForTimeout(1000 * seconds);
  const complete = new Promise<void>((resolve) => {
    session.once("Tracing.tracingComplete", () => resolve());
  });
  await session.send("Tracing.end");
  await complete;
  await session.detach();
  for (const event of waiting) {
    if (mains.has(threadOf(event))) longest = Math.max(longest, event.tdur!);
  }
  return longest / 1000;
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid}/${tid}`;
}
