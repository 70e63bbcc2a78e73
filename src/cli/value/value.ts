// `hongbao value FILE`: what a campaign does to the company's figures.
import { valuationReport } from "../../value/valuation-report.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { pageFile, sayReport } from "../prove/say-verdict.ts";
import { publish } from "../publish.ts";
import type { VerbCall } from "../verb.ts";
import { type InsteadOf, openValue, valuationOfFile } from "./valuation-of-file.ts";

export async function value(call: VerbCall): Promise<ExitCode> {
  const opened = await openValue(call.args[0]!, call.flags as InsteadOf);
  const page = await pageFile(call, opened.files);
  const valuation = await valuationOfFile(opened);
  await sayReport(call, valuation, valuationReport(valuation), page);
  const { plan, published } = call.flags;
  // With another plan than its own the file would say something else than what was found.
  const isOwn = plan === undefined && published === undefined;
  await publish(call, valuation, isOwn ? opened.files : []);
  return EXIT.ok;
}
