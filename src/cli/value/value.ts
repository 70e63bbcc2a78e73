// `hongbao value FILE`: what a campaign does to the company's figures.
import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { contractError } from "../../contract/index.ts";
import { readYamlSource } from "../../prove/yaml-file.ts";
import { renderHtmlPage } from "../../report/html-page.ts";
import { renderTextReport } from "../../report/text-report.ts";
import { type EventReading, eventReading } from "../../value/event-reading.ts";
import { readPriceSeries } from "../../value/price-series.ts";
import { valuationOf } from "../../value/valuation.ts";
import { valuationReport } from "../../value/valuation-report.ts";
import { type RawValue, readValue, valueSchema } from "../../value/value-file/index.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { outputFile, writeOutput } from "../output-file.ts";
import { readText } from "../read-text.ts";
import type { VerbCall } from "../verb.ts";
import { campaignDraws } from "./campaign-source.ts";

const VALUE_FILE = "value.yaml";

export async function value({ terminal, args, flags, json }: VerbCall): Promise<ExitCode> {
  const file = await valueFile(args[0]!);
  const source = await readYamlSource(file, valueSchema);
  const read = readValue(source.value, source.problem);
  const folder = dirname(file);
  const page = await outputFile("--html", flags.html, inputsOf(source.value, file));
  const { campaign, from } = await campaignDraws(read, folder, source.problem);
  const event = await eventOf(source.value, folder, read.question.level);
  const valuation = valuationOf({ ...read, campaign, from, event });
  const report = valuationReport(valuation);
  if (json) terminal.json(valuation);
  else {
    const { width, paint } = terminal;
    terminal.say(renderTextReport(report, { width: Math.min(100, width), paint }).trimEnd());
  }
  // After it was said: a page that cannot be written must not take the result along.
  if (page !== null) await writeOutput(page, renderHtmlPage(report));
  return EXIT.ok;
}

/** The folder's value.yaml, or the file itself. */
async function valueFile(given: string): Promise<string> {
  const info = await stat(given).catch(() => null);
  const file = info?.isDirectory() === true ? join(given, VALUE_FILE) : given;
  if (existsSync(file)) return file;
  throw contractError("file_not_found", `${file}: expected a ${VALUE_FILE}, found nothing`);
}

/** Every file that a valuation is read from. */
function inputsOf({ from, event }: RawValue, file: string): string[] {
  const named = [from.published, from.verdict, event?.prices];
  return [
    file,
    ...named.filter((each) => each !== undefined).map((each) => resolve(dirname(file), each)),
  ];
}

async function eventOf(
  { event, news }: RawValue,
  folder: string,
  level: number,
): Promise<EventReading | null> {
  if (event === undefined) return null;
  const { prices, splits, date, security, market, kind, day, window, estimation, gap } = event;
  const file = resolve(folder, prices);
  const columns = { date, security, market, kind };
  const series = readPriceSeries(await readText(file), file, columns, splits);
  const asked = { security, market, day, window, estimationDays: estimation, gapDays: gap };
  return eventReading(series, { ...asked, level }, news, file);
}
