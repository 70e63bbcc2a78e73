// `hongbao compensate`: what users of a list lost is made good, in parts, or only said beforehand.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { LIMITS } from "../base/limits.ts";
import type { CompensationAnswer, CompensationResult } from "../contract/index.ts";
import { formatNumber } from "../report/format.ts";
import { moneyText, sayAnswer } from "./answer-words.ts";
import { compensationList } from "./compensation-list.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { type RefusedLine, sayRefused } from "./refused-lines.ts";
import { withServer } from "./remote.ts";
import type { VerbCall } from "./verb.ts";

export async function compensate(call: VerbCall): Promise<ExitCode> {
  const [campaign, file] = call.args as [string, string];
  const sha256 = await hashOf(file);
  // The same list is the same batch, so that running a verb again grants nothing twice.
  const batch = call.flags.batch === undefined ? sha256.slice(0, 16) : String(call.flags.batch);
  const preview = call.flags.preview === true;
  return await withServer(call, async (server) => {
    const shown = await server.campaign.show({ campaign });
    if (shown.books === undefined) return sayAnswer(call, shown);
    const lines = await compensationList(file, shown.books.decimals);
    const head = { campaign, batch, sha256, total: lines.length, why: String(call.flags.why) };
    const tally = new Tally();
    const progress = call.terminal.progress(`compensating ${campaign}`, lines.length);
    try {
      for (let from = 0; from < lines.length; from += LIMITS.compensationLines) {
        const part = lines.slice(from, from + LIMITS.compensationLines);
        const ask = { ...head, lines: part, ...(preview ? { preview } : {}) };
        const answer = await server.campaign.compensate(ask);
        if (answer.status !== "ok") {
          progress.stop();
          return sayAnswer(call, answer, [["batch", batch]]);
        }
        tally.take(part, answer);
        progress.update(from + part.length, lines.length);
      }
    } finally {
      progress.stop();
    }
    return say(call, tally, batch, preview);
  });
}

class Tally {
  rows = 0;
  granted = 0;
  replayed = 0;
  sumMinor = 0;
  /** Lines of users who had been made good before. */
  before = 0;
  currency = "";
  leftMinor = 0;
  readonly refused: RefusedLine[] = [];

  take(lines: readonly { user: string }[], answer: CompensationAnswer): void {
    const { results = [], currency = "", leftMinor = 0 } = answer;
    this.currency = currency;
    this.leftMinor = leftMinor;
    results.forEach((result, i) => {
      this.takeLine(lines[i]!.user, result);
    });
  }

  private takeLine(user: string, result: CompensationResult): void {
    this.rows += 1;
    const { status, replayed, amountMinor = 0, hasMinor } = result;
    if (status !== "granted") {
      this.refused.push({ row: this.rows, user, status });
      return;
    }
    if (replayed) {
      this.replayed += 1;
      return;
    }
    this.granted += 1;
    this.sumMinor += amountMinor;
    if (hasMinor > 0) this.before += 1;
  }
}

function say(call: VerbCall, tally: Tally, batch: string, preview: boolean): ExitCode {
  const { terminal } = call;
  const { rows, granted, replayed, sumMinor, before, refused, currency, leftMinor } = tally;
  const isShort = preview && sumMinor > leftMinor;
  const exit = refused.length > 0 || isShort ? EXIT.failed : EXIT.ok;
  if (call.json) {
    terminal.json({
      ...{ batch, preview, lines: rows, granted, replayed, sumMinor, currency, leftMinor },
      ...{ madeGoodBefore: before, refused },
    });
    return exit;
  }
  terminal.say(preview ? "would make good" : "made good");
  const facts: [string, string][] = [
    ["  batch", batch],
    ["  lines", formatNumber(rows)],
    [preview ? "  would be granted" : "  granted", formatNumber(granted)],
    ["  money", moneyText(sumMinor, currency)],
    ["  left of the line", moneyText(leftMinor, currency)],
  ];
  if (replayed > 0) facts.push(["  granted before by this list", formatNumber(replayed)]);
  if (before > 0) facts.push(["  to users made good before", formatNumber(before)]);
  if (refused.length > 0) facts.push(["  refused", formatNumber(refused.length)]);
  terminal.facts(facts);
  if (isShort) terminal.say("\nThe line has not enough money for all of them.");
  sayRefused(terminal, refused);
  return exit;
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest("hex");
}
