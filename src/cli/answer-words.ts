// Answers of the server in a person's words: status first, then what it means and what to do.
import { currencyDecimals } from "../base/money.ts";
import { type RetryRule, type Status, statusEntry } from "../contract/index.ts";
import { formatDuration, groupedMinor } from "../report/format.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";
import type { VerbCall } from "./verb.ts";

interface Decided {
  status: Status;
  replayed: boolean;
  atMs: number;
  durable: boolean;
  cap?: string;
  missing?: string;
  reason?: string;
  retryAtMs?: number;
  rehearsal?: true;
}

/** One fact a line: a name and its value; undefined ones are left out. */
export type Facts = readonly (readonly [name: string, value: string | undefined])[];

/** Prints an answer and returns its exit code: a refusal is 1. */
export function sayAnswer(call: VerbCall, answer: Decided, facts: Facts = []): ExitCode {
  const { terminal, json } = call;
  const { kind, retry, meaning } = statusEntry(answer.status);
  const refused = kind === "refusal";
  if (json) terminal.json(answer);
  else {
    sayStatus(terminal, answer, refused);
    const more: [string, string | undefined][] = refused
      ? [
          ["meaning", meaning],
          ["reason", answer.reason],
          ["cap", answer.cap],
          ["missing", answer.missing],
          ["again", againText(retry, answer)],
        ]
      : [];
    if (answer.rehearsal === true) more.push(["REHEARSAL", "no money: it cannot be redeemed"]);
    const shown = [...facts, ...more].flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[`  ${name}`, value]],
    );
    if (shown.length > 0) terminal.facts(shown);
  }
  return refused ? EXIT.failed : EXIT.ok;
}

function sayStatus(terminal: Terminal, answer: Decided, refused: boolean): void {
  const replayed = answer.replayed ? "  (replayed: decided before, nothing moved now)" : "";
  const durable = answer.durable ? "" : "  (not durable)";
  terminal.say(terminal.paint(refused ? "bad" : "good", answer.status) + replayed + durable);
}

const AGAIN: Readonly<Record<RetryRule, string>> = {
  never: "no: this is settled",
  later: "later, with the same --id",
  new_id: "with a new id",
  after_fix: "after correcting the request",
};

function againText(rule: RetryRule, { retryAtMs }: Decided): string {
  return retryAtMs === undefined ? AGAIN[rule] : `from ${instantText(retryAtMs)} on`;
}

/** 2500 of CNY is "25.00 CNY". */
export function moneyText(minor: number | undefined, currency: string | undefined): string {
  if (minor === undefined || currency === undefined) return "–";
  return `${groupedMinor(minor, currencyDecimals(currency) ?? 0)} ${currency}`;
}

/** `2026-02-06T02:00:00Z` */
export function instantText(ms: number): string {
  return new Date(ms).toISOString().replace(/\.000Z$/, "Z");
}

/** `2026-02-06T02:00:00Z, in 7 d` as seen from the instant of the answer. */
export function expiryText(ms: number | undefined, atMs: number): string | undefined {
  if (ms === undefined) return undefined;
  const left = ms - atMs;
  return `${instantText(ms)}, ${left > 0 ? `in ${formatDuration(left)}` : "over"}`;
}
