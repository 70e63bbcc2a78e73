// A report for a terminal of 100 columns, with or without colour. What it is given is written by
// others too, so nothing of it reaches the terminal as anything but text.
import { assertNever } from "../base/assert.ts";
import type { Block, ReportDocument, Section } from "./document.ts";
import type { Paint } from "./paint.ts";
import { plainPaint, textWidth } from "./paint.ts";
import { printable, printableLines } from "./printable.ts";
import { renderTextTable } from "./text-table.ts";
import { wrapText } from "./wrap.ts";

export interface TextOptions {
  readonly width?: number;
  readonly paint?: Paint;
}

export function renderTextReport(report: ReportDocument, options: TextOptions = {}): string {
  const { width, paint } = resolve(options);
  const lead = (report.lead ?? []).map((block) => renderBlock(block, width, paint));
  const lines = [...lead, ...(lead.length === 0 ? [] : [""])];
  for (const line of wrapText(printable(report.title), width)) lines.push(paint("title", line));
  if (report.subtitle) lines.push(...quiet(report.subtitle, width, paint));
  for (const section of report.sections) lines.push("", renderTextSection(section, options));
  if (report.foot?.length) {
    lines.push("", paint("quiet", "─".repeat(width)));
    for (const line of report.foot) lines.push(...quiet(line, width, paint));
  }
  return `${lines.join("\n")}\n`;
}

/** A section with its title on a rule: "── Plan ─────────────────── evidence F ──". */
export function renderTextSection(section: Section, options: TextOptions = {}): string {
  const { width, paint } = resolve(options);
  return [...sectionHead(section, width, paint), ...spaced(section.blocks, width, paint)].join(
    "\n",
  );
}

function sectionHead(section: Section, width: number, paint: Paint): string[] {
  const name = printable(section.title);
  const badge = section.badge === undefined ? "" : printable(section.badge);
  const tone = section.badgeTone ?? "accent";
  const end = badge === "" ? "" : `${paint(tone, ` ${badge} `)}${paint("accent", "──")}`;
  const rule = width - textWidth(name) - textWidth(end) - 4;
  const dashes = paint("accent", "──");
  if (rule >= 2) {
    return [`${dashes} ${paint("title", name)} ${paint("accent", "─".repeat(rule))}${end}`];
  }
  const lines = wrapText(name, width - 3).map((line) => paint("title", line));
  const first = lines.map((line, i) => `${i === 0 ? dashes : "  "} ${line}`);
  return badge === "" ? first : [...first, `   ${paint(tone, badge)}`];
}

/** Tables and charts stand apart from what is said about other things. */
function spaced(blocks: readonly Block[], width: number, paint: Paint): string[] {
  const drawn = blocks.flatMap((block) => {
    const text = renderBlock(block, width, paint);
    return text === "" ? [] : [{ text, block }];
  });
  return drawn.flatMap(({ text, block }, i) => {
    const before = drawn[i - 1]?.block;
    const isApart =
      before !== undefined && (isFigure(block) || (isFigure(before) && block.kind !== "note"));
    return isApart ? ["", text] : [text];
  });
}

function isFigure({ kind }: Block): boolean {
  return kind === "table" || kind === "chart" || kind === "more";
}

function renderBlock(block: Block, width: number, paint: Paint): string {
  switch (block.kind) {
    case "text":
      return wrapText(printable(block.text), width).join("\n");
    case "headline":
      return wrapText(printable(block.text), width)
        .map((line) => paint("strong", line))
        .join("\n");
    case "warning":
      return warning(block.text, width, paint);
    case "note":
      return quiet(block.text, width, paint).join("\n");
    case "more": {
      const title = quiet(block.title, width, paint);
      return [...title, ...spaced(block.blocks, width, paint)].join("\n");
    }
    case "table": {
      const columns = block.columns.map((each) => ({ ...each, title: printable(each.title) }));
      const rows = block.rows.map((row) => row.map(printable));
      const table = renderTextTable(columns, rows, { width, paint });
      if (!block.caption) return table;
      return `${quiet(block.caption, width, paint).join("\n")}\n${table}`;
    }
    case "chart": {
      if (block.text === undefined) return "";
      const title = quiet(block.title, width, paint).join("\n");
      const drawn = typeof block.text === "string" ? block.text : block.text(width);
      return `${title}\n${printableLines(drawn)}`;
    }
    default:
      return assertNever(block);
  }
}

/** "! Randomisation broken …": seen without colour, too. */
function warning(text: string, width: number, paint: Paint): string {
  return wrapText(printable(text), width - 2)
    .map((line, i) => paint("bad", `${i === 0 ? "! " : "  "}${line}`))
    .join("\n");
}

function quiet(text: string, width: number, paint: Paint): string[] {
  return wrapText(printable(text), width).map((line) => paint("quiet", line));
}

function resolve(options: TextOptions): { width: number; paint: Paint } {
  return { width: options.width ?? 100, paint: options.paint ?? plainPaint };
}
