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
  lines.push(paint("title", printable(report.title)));
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
  const name = printable(section.title);
  const badge = section.badge ? ` ${printable(section.badge)} ──` : "";
  const used = textWidth(name) + textWidth(badge) + 4;
  const rule = "─".repeat(Math.max(2, width - used));
  const title = `${paint("accent", "──")} ${paint("title", name)} `;
  const head = `${title}${paint("accent", rule + badge)}`;
  const body = section.blocks.map((block) => renderBlock(block, width, paint));
  return [head, ...body.filter((text) => text !== "")].join("\n");
}

function renderBlock(block: Block, width: number, paint: Paint): string {
  switch (block.kind) {
    case "text":
      return wrapText(printable(block.text), width).join("\n");
    case "headline":
      return wrapText(printable(block.text), width)
        .map((line) => paint("strong", line))
        .join("\n");
    case "note":
      return quiet(block.text, width, paint).join("\n");
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
      return `${title}\n${printableLines(block.text)}`;
    }
    default:
      return assertNever(block);
  }
}

function quiet(text: string, width: number, paint: Paint): string[] {
  return wrapText(printable(text), width).map((line) => paint("quiet", line));
}

function resolve(options: TextOptions): { width: number; paint: Paint } {
  return { width: options.width ?? 100, paint: options.paint ?? plainPaint };
}
