// The server's log: pino's JSON lines for collectors, one-liners for a person at a terminal.
import { type DestinationStream, type Logger, pino } from "pino";
import type { Paint, Tone } from "../report/paint.ts";
import type { Terminal } from "./terminal.ts";

export interface LogOptions {
  level: string;
  format: string;
}

/** Writes to stderr, line by line, so that nothing is lost when the process ends. */
export function openLog({ level, format }: LogOptions, terminal: Terminal): Logger {
  const isPretty = format === "pretty" || (format === "auto" && process.stderr.isTTY === true);
  if (!isPretty) return pino({ level, base: null }, pino.destination({ dest: 2, sync: true }));
  const stream: DestinationStream = {
    write: (line) => terminal.note(prettyLine(line, terminal.paintNote)),
  };
  return pino({ level, base: null }, stream);
}

const LEVELS: readonly (readonly [from: number, name: string, tone: Tone])[] = [
  [50, "error", "bad"],
  [40, "warn ", "warn"],
  [0, "info ", "quiet"],
];

/** `14:03:59 info  listening  url=http://…` */
function prettyLine(line: string, paint: Paint): string {
  const { level, time, msg, err, ...rest } = JSON.parse(line) as {
    level: number;
    time: number;
    msg?: string;
    err?: { message?: string; stack?: string };
    [field: string]: unknown;
  };
  const [, name, tone] = LEVELS.find(([from]) => level >= from)!;
  const fields = Object.entries(rest).map(([key, value]) =>
    paint("quiet", `  ${key}=${typeof value === "string" ? value : JSON.stringify(value)}`),
  );
  const at = new Date(time).toTimeString().slice(0, 8);
  const stack = err === undefined ? "" : `\n${err.stack ?? err.message ?? ""}`;
  return `${paint("quiet", at)} ${paint(tone, name)} ${msg ?? ""}${fields.join("")}${stack}`;
}
