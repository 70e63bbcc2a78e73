// A report as one HTML file: no script, no network, light and dark by the reader's setting, and fit
// to print. Charts are the SVG that the document carries.
import { assertNever } from "../base/assert.ts";
import type { Block, ReportDocument, Section } from "./document.ts";
import { escapeHtml, escapeHtmlLines } from "./escape-html.ts";

export interface HtmlOptions {
  /** Language of the text; default English. */
  readonly language?: string;
}

export function renderHtmlPage(report: ReportDocument, options: HtmlOptions = {}): string {
  const title = escapeHtml(report.title);
  const subtitle = report.subtitle ? `<p class="subtitle">${html(report.subtitle)}</p>` : "";
  const lead = (report.lead ?? []).map(renderHtmlBlock).join("\n");
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
<header>${lead}<h1>${title}</h1>${subtitle}</header>
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
      return `<p>${html(block.text)}</p>`;
    case "headline":
      return `<p class="headline">${html(block.text)}</p>`;
    case "note":
      return `<p class="note">${html(block.text)}</p>`;
    case "table":
      return htmlTable(block);
    case "chart": {
      const title = html(block.title);
      return `<figure><figcaption>${title}</figcaption>${chartBody(block)}</figure>`;
    }
    default:
      return assertNever(block);
  }
}

function chartBody({ svg, narrowSvg, text }: Extract<Block, { kind: "chart" }>): string {
  if (svg === undefined) {
    return `<div class="scroll"><pre>${escapeHtmlLines(text ?? "")}</pre></div>`;
  }
  if (narrowSvg === undefined) return `<div class="scroll">${svg}</div>`;
  return `<div class="wide">${svg}</div><div class="narrow">${narrowSvg}</div>`;
}

/** A number is not parted from its per cent sign. */
function html(text: string): string {
  return escapeHtml(text).replace(/(\d) %/g, "$1\u00a0%");
}

/** On a phone a table of more is shown a row at a time, each cell with its column's name. */
const COLUMNS_ABREAST = 3;

function htmlTable(table: Extract<Block, { kind: "table" }>): string {
  const { columns } = table;
  const isStacked = columns.length > COLUMNS_ABREAST;
  const mark = (i: number): string => (columns[i]?.align === "right" ? ' class="number"' : "");
  const label = (i: number): string =>
    isStacked ? ` data-label="${escapeHtml(columns[i]?.title ?? "")}"` : "";
  const head = columns
    .map(({ title }, i) => `<th scope="col"${mark(i)}>${html(title)}</th>`)
    .join("");
  const rows = table.rows
    .map((row) => row.map((cell, i) => `<td${mark(i)}${label(i)}>${html(cell)}</td>`).join(""))
    .map((cells) => `<tr>${cells}</tr>`)
    .join("\n");
  const caption = table.caption ? `<caption>${html(table.caption)}</caption>` : "";
  const body = `<thead><tr>${head}</tr></thead>\n<tbody>\n${rows}\n</tbody>`;
  const stacked = isStacked ? ' class="stacked"' : "";
  return `<div class="scroll"><table${stacked}>${caption}${body}</table></div>`;
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
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .25rem; text-wrap: balance;
  overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .75rem; padding-top: .75rem; display: flex;
  flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between; align-items: baseline;
  border-top: 2px solid var(--accent); }
.subtitle, .note, footer, figcaption, caption { color: var(--quiet); font-size: .875rem; }
.headline { font-size: 1.1rem; font-weight: 600; }
.badge { font-size: .75rem; font-weight: 600; padding: .1rem .55rem;
  border: 1px solid var(--accent); color: var(--accent); border-radius: 1rem; }
.scroll { overflow-x: auto; }
.scroll + .scroll { margin-top: 1.5rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
caption { text-align: left; padding-bottom: .25rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0;
  border-bottom: 1px solid var(--rule); }
th { color: var(--quiet); font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
figure { margin: 1.25rem 0; }
svg { width: 100%; height: auto; color: var(--ink); }
.scroll svg { min-width: 36rem; }
.narrow { display: none; }
footer { margin-top: 3rem; border-top: 1px solid var(--rule); padding-top: .75rem; }
footer p { margin: 0 0 .25rem; overflow-wrap: anywhere; }
@media screen and (max-width: 40rem) {
  .wide { display: none; }
  .narrow { display: block; }
  .stacked, .stacked caption, .stacked tbody, .stacked tr, .stacked td { display: block; }
  .stacked thead { position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%); }
  .stacked tr { padding: .5rem 0; border-bottom: 1px solid var(--rule); }
  .stacked td { display: flex; justify-content: space-between; gap: 1rem; padding: .1rem 0;
    border: 0; text-align: right; white-space: normal; overflow-wrap: anywhere; }
  .stacked td::before { content: attr(data-label); color: var(--quiet); text-align: left;
    flex: 0 0 auto; max-width: 50%; }
  .stacked td:first-child { font-weight: 600; }
  .stacked td:empty { display: none; }
}
@media print { .scroll svg { min-width: 0; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  section, figure, tr { break-inside: avoid; } h2 { break-after: avoid; }
}
`;
