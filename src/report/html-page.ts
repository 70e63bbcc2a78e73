// A report as one HTML file: no script, no network, light and dark by the reader's setting, and fit
// to print. Charts are the SVG that the document carries.
import { assertNever } from "../base/assert.ts";
import { renderChartSvg } from "./chart-svg.ts";
import type { Block, ReportDocument, Section } from "./document.ts";
import { escapeHtml, escapeHtmlLines } from "./escape-html.ts";
import { pageStyle } from "./page-style.ts";
import { namingColumns } from "./row-name.ts";
import { markJoints, widestPiece } from "./wrap.ts";

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
  const tone = section.badgeTone === undefined ? "" : ` ${section.badgeTone}`;
  const badge = section.badge
    ? ` <span class="badge${tone}">${escapeHtml(section.badge)}</span>`
    : "";
  const blocks = section.blocks.map(renderHtmlBlock).join("\n");
  return `<section>\n<h2>${escapeHtml(section.title)}${badge}</h2>\n${blocks}\n</section>`;
}

function renderHtmlBlock(block: Block): string {
  switch (block.kind) {
    case "text":
      return `<p>${html(block.pageText ?? block.text)}</p>`;
    case "headline":
      return `<p class="headline">${html(block.text)}</p>`;
    case "warning":
      return `<p class="warning">${html(block.text)}</p>`;
    case "note":
      return `<p class="note">${html(block.text)}</p>`;
    case "more": {
      const inside = block.blocks.map(renderHtmlBlock).join("\n");
      return `<details>\n<summary>${html(block.title)}</summary>\n${inside}\n</details>`;
    }
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

/** Of a chart that is lines alone, as wide as a page has room for. */
const TEXT_COLUMNS = 100;

function chartBody({ id = "chart", draw, text = "" }: Extract<Block, { kind: "chart" }>): string {
  if (draw === undefined) {
    const lines = typeof text === "string" ? text : text(TEXT_COLUMNS);
    return `<div class="scroll"><pre>${escapeHtmlLines(lines)}</pre></div>`;
  }
  const wide = renderChartSvg(id, draw(false));
  const narrow = renderChartSvg(`${id}-narrow`, draw(true));
  return `<div class="wide">${wide}</div><div class="narrow">${narrow}</div>`;
}

/** A number is not parted from its unit; a long name may be, at its joints. */
function html(text: string): string {
  const whole = escapeHtml(text).replace(/(\d) (%|M\b|bn\b|yuan\b|points\b)/g, "$1\u00a0$2");
  return markJoints(whole, "<wbr>");
}

/** On a phone a wider table is shown a row at a time, each cell with its column's name. */
const COLUMNS_ABREAST = 3;
/** Characters of a phone's line, less the room between three columns. */
const CHARACTERS_ABREAST = 38;

function isWide({ columns, rows }: Table): boolean {
  if (columns.length > COLUMNS_ABREAST) return true;
  const widest = columns.map(({ title }, i) =>
    Math.max(widestPiece(title), ...rows.map((row) => widestPiece(row[i] ?? ""))),
  );
  return widest.reduce((sum, width) => sum + width, 0) > CHARACTERS_ABREAST;
}

type Table = Extract<Block, { kind: "table" }>;

function htmlTable(table: Table): string {
  const { columns } = table;
  const isStacked = isWide(table);
  const names = isStacked ? namingColumns(columns) : 0;
  const mark = (i: number): string => {
    const classes = [
      ...(columns[i]?.align === "right" ? ["number"] : []),
      ...(i < names ? ["name"] : []),
    ];
    return classes.length === 0 ? "" : ` class="${classes.join(" ")}"`;
  };
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
