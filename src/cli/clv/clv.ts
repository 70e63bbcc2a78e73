// `hongbao clv FILE`: what customers are worth, by every model that the file allows.
import { contractError } from "../../contract/index.ts";
import {
  type CustomerColumns,
  type CustomerRequest,
  type CustomerStudy,
  customerReport,
  type PurchaseStudy,
  studyCustomers,
  type TimeUnit,
} from "../../prove/customers/index.ts";
import { SEPARATOR_NAMES, type Separator } from "../../prove/index.ts";
import { formatNumber } from "../../report/format.ts";
import { renderTextReport } from "../../report/text-report.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { outputFile, writeOutput } from "../output-file.ts";
import type { VerbCall } from "../verb.ts";

const COLUMNS = [
  "customer",
  "date",
  "amount",
  "frequency",
  "recency",
  "age",
  "value",
  "count",
  "holdout",
  "period",
  "survivors",
] as const;

/** 0 when at least one model was fitted, 1 when the data pin none down. */
export async function clv(call: VerbCall): Promise<ExitCode> {
  const { terminal, flags, json } = call;
  const request = requestOf(call);
  const each = await outputFile("--each", flags.each, [request.file]);
  const progress = terminal.progress("clv", 1);
  const onReplicate = (done: number, total: number): void => progress.update(done, total);
  const asking = studyCustomers({ ...request, onReplicate });
  const { study, question } = await asking.finally(() => progress.stop());
  const { file, unit, horizon, yearlyDiscount, level, seed } = question;
  const asked = { file, unit, horizon, yearlyDiscount, level, seed };
  if (json) terminal.json({ question: asked, ...study });
  else {
    const { width, paint } = terminal;
    const report = customerReport(study, asked);
    terminal.say(renderTextReport(report, { width: Math.min(100, width), paint }).trimEnd());
  }
  if (each !== null) await writeEach(each, study);
  return study.models.some(({ fit }) => fit.kind === "fitted") ? EXIT.ok : EXIT.failed;
}

function requestOf({ args, flags }: VerbCall): CustomerRequest {
  const text = (name: string): string | undefined => flags[name] as string | undefined;
  const columns: Record<string, string> = {};
  for (const role of COLUMNS) {
    const name = text(role);
    if (name !== undefined) columns[role] = name;
  }
  const unit = text("unit");
  const horizon = numberOf("--horizon", text("horizon"), { above: 0, most: MOST_UNITS });
  const holdoutTime = numberOf("--holdout-time", text("holdoutTime"), { above: 0 });
  const fitPeriods = numberOf("--fit", text("fit"), { above: 0, whole: true });
  const cohortSize = numberOf("--size", text("size"), { above: 0 });
  const until = dayOf(text("until"));
  return {
    file: args[0]!,
    columns: columns as CustomerColumns,
    separator: separatorOf(text("separator")),
    unit: unit === undefined ? null : unitOf(unit),
    horizon: horizon ?? null,
    yearlyDiscount: numberOf("--discount", text("discount"), {}) ?? 0.1,
    level: levelOf(text("level")),
    seed: numberOf("--seed", text("seed"), { whole: true }) ?? 1,
    replicates: replicatesOf(text("bootstrap")),
    nowMs: Date.now(),
    ...(until === undefined ? {} : { until }),
    ...(holdoutTime === undefined ? {} : { holdoutTime }),
    ...(fitPeriods === undefined ? {} : { fitPeriods }),
    ...(cohortSize === undefined ? {} : { cohortSize }),
  };
}

/** A number of 0 or more; "10%" is .1. */
function numberOf(
  flag: string,
  text: string | undefined,
  { above = -1, whole = false, most = 1e9 }: { above?: number; whole?: boolean; most?: number },
): number | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d*\.?\d+(?:e-?\d+)?)\s*(%?)$/i.exec(text.trim());
  const value = match === null ? Number.NaN : Number(match[1]) / (match[2] === "%" ? 100 : 1);
  const fits = value > above && value <= most && (!whole || Number.isSafeInteger(value));
  if (fits) return value;
  const least = above < 0 ? "of 0 or more" : "above 0";
  const size = value > most ? `of at most ${formatNumber(most)}` : least;
  const what = `${whole ? "a whole number" : "a number"} ${size}`;
  throw contractError("invalid_usage", `${flag}: expected ${what}, found "${text}"`);
}

/** Three centuries of days: nobody looks further ahead. */
const MOST_UNITS = 100_000;
const MOST_REPLICATES = 100_000;

function levelOf(text: string | undefined): number {
  const level = numberOf("--level", text, { above: 0 }) ?? 0.95;
  // Closer to 1 would be shown as 100 %, which no interval is of.
  if (level >= 0.5 && level <= 0.9999) return level;
  const expected = "a level from 50 % to 99.99 %";
  throw contractError("invalid_usage", `--level: expected ${expected}, found "${text}"`);
}

function replicatesOf(text: string | undefined): number | null {
  const count = numberOf("--bootstrap", text, { whole: true, most: MOST_REPLICATES });
  if (count === undefined) return null;
  if (count === 0 || count >= 20) return count;
  throw contractError("invalid_usage", `--bootstrap: expected 0, or 20 or more, found "${text}"`);
}

function separatorOf(text = "comma"): Separator {
  const found = SEPARATOR_NAMES.find((name) => name === text);
  if (found !== undefined) return found;
  const message = `--separator: expected comma, semicolon, tab or pipe, found "${text}"`;
  throw contractError("invalid_usage", message);
}

function unitOf(text: string): TimeUnit {
  const unit = text.replace(/s$/, "");
  if (unit === "day" || unit === "week" || unit === "month" || unit === "year") return unit;
  const message = `--unit: expected day, week, month or year, found "${text}"`;
  throw contractError("invalid_usage", message);
}

function dayOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  const isDay = Number.isFinite(at) && new Date(at).toISOString().startsWith(text);
  if (isDay) return text;
  throw contractError("invalid_usage", `--until: expected a day as 2025-06-30, found "${text}"`);
}

async function writeEach(file: string, study: CustomerStudy): Promise<void> {
  if (study.kind === "cohort") {
    throw contractError("invalid_usage", "--each: a cohort's table has no single customers");
  }
  await writeOutput(file, `${eachLines(study).join("\n")}\n`);
}

function eachLines({ models, each }: PurchaseStudy): string[] {
  const ids = models.filter(({ fit }) => fit.kind === "fitted").map(({ id }) => id);
  const head = ids.flatMap((id) => [`alive ${id}`, `purchases ${id}`, `value ${id}`]);
  const lines = each.map(({ customer, customers, repeats, ...of }) => {
    const cells = ids.flatMap((id) => [
      of.chanceAlive[id]!,
      of.purchases[id]!,
      of.discountedValue?.[id] ?? "",
    ]);
    return [quoted(customer), customers, repeats, ...cells].join(",");
  });
  return [["customer", "customers", "repeats", ...head].join(","), ...lines];
}

function quoted(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
