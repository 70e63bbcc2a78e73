// `hongbao prove plan`: before the campaign, what its holdout will be able to see.
import { contractError } from "../../contract/index.ts";
import { type DetectableQuestion, detectable, detectableReport } from "../../prove/index.ts";
import { renderTextReport } from "../../report/text-report.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { VerbCall } from "../verb.ts";

export async function plan({ terminal, flags, json }: VerbCall): Promise<ExitCode> {
  const reading = detectable(questionOf(flags));
  if (json) terminal.json(reading);
  else {
    const { width, paint } = terminal;
    const text = renderTextReport(detectableReport(reading), {
      width: Math.min(100, width),
      paint,
    });
    terminal.say(text.trimEnd());
  }
  return EXIT.ok;
}

function questionOf(flags: Readonly<Record<string, unknown>>): DetectableQuestion {
  const given = (name: string): number | undefined =>
    flags[name] === undefined ? undefined : numberOf(name, String(flags[name]));
  const [margin, cost, power] = [given("margin"), given("cost"), given("power")];
  if (power !== undefined && !(power > 0.05 && power < 1)) {
    throw contractError("invalid_usage", `--power: expected .05 to 1, found ${power}`);
  }
  return {
    users: given("users")!,
    holdout: given("holdout")!,
    outcome: outcomeOf(given("base"), given("deviation")),
    weeks: given("weeks") ?? 4,
    ...(power === undefined ? {} : { power }),
    ...(margin === undefined
      ? {}
      : { worth: { marginPerUnit: margin, costPerTreated: cost ?? 0 } }),
  };
}

function outcomeOf(
  share: number | undefined,
  deviation: number | undefined,
): DetectableQuestion["outcome"] {
  if (share !== undefined && deviation === undefined) return { share };
  if (share === undefined && deviation !== undefined) return { deviation };
  const message =
    "expected --base (the held-out users' share) or --deviation (of one user's number), not both";
  throw contractError("invalid_usage", message);
}

/** ".02" and "2 %" alike. */
function numberOf(name: string, text: string): number {
  const part = /^(.*?)\s*%$/.exec(text);
  const value = Number(part === null ? text : part[1]) / (part === null ? 1 : 100);
  if (text.trim() !== "" && Number.isFinite(value) && value >= 0) return value;
  throw contractError("invalid_usage", `--${name}: expected a number, found "${text}"`);
}
