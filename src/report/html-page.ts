// A report as one HTML file: no script, no network, light and dark by the reader's setting, and fit
// to print. Charts are the SVG that the document carries.
import { assertNever } from "../base/assert.ts";
import type { Block, ReportDocument, Section } from "./document.ts";
import { escapeHtml } from "./escape-html.ts";

export interface HtmlOptions {
  /** Language of the text; default English. */
  readonly language?: string;
}

export function renderHtmlPage(report: ReportDocument, options: HtmlOptions = {}): string {
  const title = escapeHtml(report.title);
  const subtitle = report.subtitle ? `<p class="subtitle">${escapeHtml(report.subtitle)}</p>` : "";
  const foot = (report.foot ?? []).map((line) => `<p>${escapeHtml(line)}</p>`).join("\n");
  return `<!doctype html>
<html lang="${escapeHtml(options.language ?? "en")}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${pageStyle}</style>
</head>
<body>
<header><h1>${title}</h1>${subtitle}</header>
<main>
${report.sections.map(renderHtmlSection).join("\n")}
</main>
<footer>${foot}</footer>
</body>
</html>
`;
}

export function renderHtmlSection(section: Section): string {
  const badge = section.badge ? ` <span class="badge">${escapeHtml(section.badge)}</span>` : "";
  const blocks = section.blocks.map(renderHtmlBlock).join("\n");
  return `<section>\n<h2>${escapeHtml(section.title)}${badge}</h2>\n${blocks}\n</section>`;
}

function renderHtmlBlock(block: Block): string {
  switch (block.kind) {
    case "text":
      return `<p>${escapeHtml(block.text)}</p>`;
    case "headline":
      return `<p class="headline">${escapeHtml(block.text)}</p>`;
    case "note":
      return `<p class="note">${escapeHtml(block.text)}</p>`;
    case "table":
      return htmlTable(block);
    case "chart": {
      const body = block.svg ?? `<pre>${escapeHtml(block.text ?? "")}</pre>`;
      const title = escapeHtml(block.title);
      return `<figure><figcaption>${title}</figcaption><div class="scroll">${body}</div></figure>`;
    }
    default:
      return assertNever(block);
  }
}

function htmlTable(table: Extract<Block, { kind: "table" }>): string {
  const mark = (i: number): string =>
    table.columns[i]?.align === "right" ? ' class="number"' : "";
  const head = table.columns
    .map((column, i) => `<th scope="col"${mark(i)}>${escapeHtml(column.title)}</th>`)
    .join("");
  const rows = table.rows
    .map((row) => row.map((cell, i) => `<td${mark(i)}>${escapeHtml(cell)}</td>`).join(""))
    .map((cells) => `<tr>${cells}</tr>`)
    .join("\n");
  const caption = table.caption ? `<caption>${escapeHtml(table.caption)}</caption>` : "";
  const body = `<thead><tr>${head}</tr></thead>\n<tbody>\n${rows}\n</tbody>`;
  return `<div class="scroll"><table>${caption}${body}</table></div>`;
}

const pageStyle = `
:root { --ground: #fff; --ink: #1b1f24; --quiet: #5b6470; --rule: #d7dce2; --accent: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14171b; --ink: #e7eaee; --quiet: #9aa4b0; --rule: #343b44; --accent: #ff8a80; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 60rem; background: var(--ground);
  color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .25rem; text-wrap: balance; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .75rem; padding-top: .75rem; display: flex;
  flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between; align-items: baseline;
  border-top: 2px solid var(--accent); }
.subtitle, .note, footer, figcaption, caption { color: var(--quiet); font-size: .875rem; }
.headline { font-size: 1.1rem; font-weight: 600; }
.badge { font-size: .75rem; font-weight: 600; padding: .1rem .55rem;
  border: 1px solid var(--accent); color: var(--accent); border-radius: 1rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
caption { text-align: left; padding-bottom: .25rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0;
  border-bottom: 1px solid var(--rule); }
th { color: var(--quiet); font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
figure { margin: 1.25rem 0; }
svg { width: 100%; min-width: 36rem; height: auto; color: var(--ink); }
footer { margin-top: 3rem; border-top: 1px solid var(--rule); padding-top: .75rem; }
footer p { margin: 0 0 .25rem; overflow-wrap: anywhere; }
@media print { svg { min-width: 0; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  section, figure, tr { break-inside: avoid; } h2 { break-after: avoid; }
}
`;
