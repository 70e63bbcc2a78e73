// The one screen at the end: five sections that a manager understands, and where everything lies.

import { planSentence } from "../../plan/study/study-words.ts";
import { noteBlock, type Section } from "../../report/document.ts";
import { formatNumber } from "../../report/format.ts";
import { type Paint, textWidth } from "../../report/paint.ts";
import { renderTextSection } from "../../report/text-report.ts";
import { renderTextTable } from "../../report/text-table.ts";
import { wrapText } from "../../report/wrap.ts";
import { PLAN_TITLE, planFacts } from "./plan-words.ts";
import { PLAYED_TITLE, playedBadge, playedNote, playedTable } from "./played-words.ts";
import {
  costSentence,
  demoHeadline,
  effectTable,
  proofFacts,
  truthSentence,
} from "./proof-words.ts";
import type { DemoResult } from "./result.ts";
import { type Fact, moneyLines, runFactLines, runHeadline } from "./run-words.ts";
import { VALUE_TITLE, valueNotes, valueSentence, valueTable } from "./value-words.ts";

export interface ScreenOptions {
  readonly width: number;
  readonly paint: Paint;
  readonly timeZone: string;
}

/** Of all metrics, those that the question is about; the page has the others. */
const SHOWN = ["d30", "d7"] as const;

/** Says nothing to a manager: ids, and instants of another zone. The page has them. */
const NOISE = / ?(Reward )?\b[0-9a-z]{20}\b[.:]?|, until [-0-9]{10} [:0-9]{5} UTC/g;

/** Wider, and lines get hard to read. */
const WIDTH_MAX = 100;

/** From here on the effects table has an axis of characters. */
const AXIS_FROM = 96;

export function demoScreen(result: DemoResult, options: ScreenOptions): string {
  const screen = { ...options, width: Math.min(WIDTH_MAX, options.width) };
  const { width, paint } = screen;
  return [
    titleLine(result, width, paint),
    ...wrapText(demoHeadline(result), width).map((line) => paint("strong", line)),
    planText(result, screen),
    runText(result, screen),
    serveText(result, screen),
    proveText(result, screen),
    playedText(result, screen),
    valueText(result, screen),
    filesText(result, screen),
  ].join("\n");
}

function titleLine({ title, seed, tookMs }: DemoResult, width: number, paint: Paint): string {
  const right = `seed ${seed} · ${formatNumber(tookMs / 1000)} s`;
  const room = width - textWidth(title) - textWidth(right);
  if (room < 2) return `${paint("title", title)}\n${paint("quiet", right)}`;
  return paint("title", title) + " ".repeat(room) + paint("quiet", right);
}

function text(section: Section, { width, paint }: ScreenOptions): string {
  return renderTextSection(section, { width, paint });
}

function planText({ plan }: DemoResult, options: ScreenOptions): string {
  const { width, paint } = options;
  const section: Section = {
    title: PLAN_TITLE,
    badge: "no evidence",
    blocks: [{ kind: "headline", text: planSentence(plan) }],
  };
  return [text(section, options), factLines(planFacts(plan), width, paint)].join("\n");
}

function playedText({ plan, played }: DemoResult, options: ScreenOptions): string {
  const blocks = [playedTable(played, plan), noteBlock(playedNote(played))];
  return text({ title: PLAYED_TITLE, badge: playedBadge(played), blocks }, options);
}

function valueText({ value }: DemoResult, options: ScreenOptions): string {
  const { width, paint } = options;
  const head: Section = {
    title: VALUE_TITLE,
    blocks: [{ kind: "headline", text: valueSentence(value) }],
  };
  const { columns, rows } = valueTable(value);
  return [
    text(head, options),
    renderTextTable(columns, rows, { width, paint }),
    ...wrapText(valueNotes(value), width).map((line) => paint("quiet", line)),
  ].join("\n");
}

function runText(result: DemoResult, options: ScreenOptions): string {
  const { width, paint, timeZone } = options;
  const { run } = result;
  const section: Section = {
    title: "Run · the real server, 1 : 1000",
    blocks: [{ kind: "headline", text: runHeadline(run) }],
  };
  return [
    text(section, options),
    ...moneyLines(run, timeZone, width).map((line) => paint("accent", line)),
    factLines(runFactLines(run, timeZone), width, paint),
  ].join("\n");
}

function serveText({ serve }: DemoResult, options: ScreenOptions): string {
  const { width, paint } = options;
  const section: Section = {
    title: `Serve · ${serve.user} through an AI assistant's tools (MCP)`,
    blocks: [],
  };
  const said = serve.steps.map(({ tool, said }) => `${tool}: ${said.replaceAll(NOISE, "")}`);
  return [
    text(section, options),
    ...wrapText(said.join(" → "), width).map((line) => paint("quiet", line)),
  ].join("\n");
}

function proveText(result: DemoResult, options: ScreenOptions): string {
  const { width, paint } = options;
  const { proof } = result;
  const { verdict } = proof;
  const head: Section = {
    title: "Prove · against the held-out users",
    badge: `evidence ${verdict.grade}`,
    blocks: [],
  };
  const { columns, rows } = effectTable(verdict, width >= AXIS_FROM ? 14 : 0, SHOWN);
  const cost = costSentence(proof, result.run.books.decimals);
  return [
    text(head, options),
    factLines(proofFacts(result), width, paint),
    renderTextTable(columns, rows, { width, paint }),
    ...wrapText(truthSentence(verdict), width).map((line) => paint("quiet", line)),
    ...wrapText(cost, width).map((line) => paint("strong", line)),
  ].join("\n");
}

function filesText({ folder, files }: DemoResult, options: ScreenOptions): string {
  const section: Section = { title: `Files in ${folder}`, blocks: [] };
  const all = files.map(({ name, holds }) => `${name} (${holds})`).join(" · ");
  return [text(section, options), ...wrapText(all, options.width)].join("\n");
}

function factLines(facts: readonly Fact[], width: number, paint: Paint): string {
  const indent = 9;
  return facts
    .map(([name, value]) => {
      const [first = "", ...rest] = wrapText(value, width - indent);
      const label = paint("quiet", name.padEnd(indent));
      return [label + first, ...rest.map((line) => " ".repeat(indent) + line)].join("\n");
    })
    .join("\n");
}
