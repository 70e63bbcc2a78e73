// What verbs say things with: results on stdout, everything else on stderr; colour and moving bars
// only where a person watches. Nothing is said by colour alone.
import type { WriteStream } from "node:tty";
import cliProgress from "cli-progress";
import type { Column } from "../report/column.ts";
import { formatDuration, formatNumber } from "../report/format.ts";
import { colourPaint, type Paint, plainPaint } from "../report/paint.ts";
import { printableJson, printableLines, printablePainted } from "../report/printable.ts";
import { renderTextTable } from "../report/text-table.ts";
import { wrapText } from "../report/wrap.ts";

/**
 * What is said may hold names that others wrote: whatever could move a cursor or forge a line is
 * shown as what it is.
 */
export interface Terminal {
  /** Columns of the screen, 40 to 120. */
  readonly width: number;
  /** For stdout. */
  readonly paint: Paint;
  /** For stderr. */
  readonly paintNote: Paint;
  /** One or more lines of a result, on stdout. */
  say(text: string): void;
  /** A result for programs: one JSON value on one line of stdout. */
  json(value: unknown): void;
  table(columns: readonly Column[], rows: readonly (readonly string[])[]): void;
  /** Two columns without a head: names and values. */
  facts(rows: readonly (readonly [name: string, value: string])[]): void;
  /** Anything that is not the result, on stderr. */
  note(text: string): void;
  /** Shown once something has taken a second; without a screen a line every ten seconds. */
  progress(label: string, total: number): Progress;
}

export interface Progress {
  /** `total` replaces the one of before, when it was not known at first. */
  update(done: number, total?: number): void;
  /** Takes the bar away; may be called twice. */
  stop(): void;
}

export interface TerminalOptions {
  stdout?: NodeJS.WriteStream;
  stderr?: NodeJS.WriteStream;
  env?: Readonly<Record<string, string | undefined>>;
}

const SHOWN_AFTER_MS = 1000;
const LINE_EVERY_MS = 10_000;
const WIDTH_MAX = 120;

export function openTerminal(options: TerminalOptions = {}): Terminal {
  const { stdout = process.stdout, stderr = process.stderr, env = process.env } = options;
  const width = Math.max(40, Math.min(WIDTH_MAX, stdout.columns ?? 100));
  const paint = hasColour(stdout, env) ? colourPaint : plainPaint;
  const paintNote = hasColour(stderr, env) ? colourPaint : plainPaint;
  const safe = paint === plainPaint ? printableLines : printablePainted;
  const safeNote = paintNote === plainPaint ? printableLines : printablePainted;
  const safeRows = (rows: readonly (readonly string[])[]) => rows.map((row) => row.map(safe));
  const write = (line: string): void => void stdout.write(`${line}\n`);
  return {
    width,
    paint,
    paintNote,
    say: (text) => write(safe(text)),
    json: (value) => write(printableJson(value)),
    table: (columns, rows) => write(renderTextTable(columns, safeRows(rows), { width, paint })),
    facts: (rows) => write(factLines(safeRows(rows), width, paint)),
    note: (text) => void stderr.write(`${safeNote(text)}\n`),
    progress: (label, total) =>
      stderr.isTTY ? barProgress(label, total, stderr) : lineProgress(label, total, stderr),
  };
}

/** https://no-color.org; FORCE_COLOR asks for colour in a pipe. */
function hasColour(
  stream: Partial<WriteStream>,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0";
  return stream.isTTY === true && env.TERM !== "dumb";
}

function factLines(rows: readonly (readonly string[])[], width: number, paint: Paint): string {
  const indent = Math.max(...rows.map(([name = ""]) => name.length)) + 2;
  const lines = rows.map(([name = "", value = ""]) => {
    const [first = "", ...rest] = wrapText(value, width - indent);
    const label = paint("quiet", name.padEnd(indent));
    return [label + first, ...rest.map((line) => " ".repeat(indent) + line)].join("\n");
  });
  return lines.join("\n");
}

function barProgress(label: string, total: number, stderr: NodeJS.WriteStream): Progress {
  const bar = new cliProgress.SingleBar({
    format: `${label} {bar} {percentage} %  {value} of {total}  {eta_formatted} left`,
    formatValue: (value, _options, type) =>
      type === "percentage" ? String(value).padStart(3) : formatNumber(value),
    formatTime: (seconds) => (seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000)),
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 30,
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false, // verbs decide what an interrupt means
    stream: stderr,
  });
  let done = 0;
  let isShown = false;
  const timer = setTimeout(() => {
    isShown = true;
    bar.start(total, done);
  }, SHOWN_AFTER_MS);
  timer.unref();
  return {
    update: (value, newTotal) => {
      done = value;
      if (newTotal !== undefined && newTotal !== total) {
        total = newTotal;
        if (isShown) bar.setTotal(total);
      }
      if (isShown) bar.update(done);
    },
    stop: () => {
      clearTimeout(timer);
      if (isShown) bar.stop();
      isShown = false;
    },
  };
}

function lineProgress(label: string, total: number, stderr: NodeJS.WriteStream): Progress {
  let nextAtMs = performance.now() + LINE_EVERY_MS;
  return {
    update: (done, newTotal) => {
      if (newTotal !== undefined) total = newTotal;
      if (performance.now() < nextAtMs) return;
      nextAtMs += LINE_EVERY_MS;
      stderr.write(`${label}: ${formatNumber(done)} of ${formatNumber(total)}\n`);
    },
    stop: () => {},
  };
}
