// `hongbao outlook CAMPAIGN`: where a campaign's money stands and goes.
import type { MoneySpan, OutlookAnswer, RunOut, SpendForecast } from "../contract/index.ts";
import { formatPercent, groupedMinor } from "../report/format.ts";
import { sparkline } from "../report/sparkline.ts";
import { instantText, sayAnswer } from "./answer-words.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { sayMoney, unlessNone } from "./money-table.ts";
import { ageText, isUnseen, runsOutText } from "./outlook-words.ts";
import { withServer } from "./remote.ts";
import type { Terminal } from "./terminal.ts";
import type { VerbCall } from "./verb.ts";

export function showOutlook(call: VerbCall): Promise<ExitCode> {
  return withServer(call, async (server) => {
    const answer = await server.campaign.outlook({ campaign: call.args[0]! });
    if (call.json || answer.budgetMinor === undefined) return sayAnswer(call, answer);
    sayOutlook(call.terminal, answer as Required<OutlookAnswer>);
    return EXIT.ok;
  });
}

export function sayOutlook(terminal: Terminal, outlook: Required<OutlookAnswer>): void {
  const { paint } = terminal;
  const { currency, decimals, expected, beyondMinor } = outlook;
  const grouped = (minor: number): string => groupedMinor(minor, decimals);
  terminal.say(`${paint("title", outlook.campaign)}  at ${instantText(outlook.atMs)}`);
  terminal.say("");
  sayMoney(terminal, outlook, [
    ["spent", outlook.spentMinor],
    ["reserved", outlook.reservedMinor],
    ["settling", outlook.settlingMinor],
    ["free", outlook.freeMinor],
    ["can be granted", outlook.grantableMinor],
    ...unlessNone("set aside", outlook.setAsideMinor),
    ...unlessNone("out beyond the budget", beyondMinor),
    ...unlessNone("owing", outlook.receivableMinor),
    ["expected to be spent of it", expected.spendMinor],
    ["worst case", outlook.worstMinor],
  ]);
  const { likely, almostSure } = expected;
  const span = ({ fromMinor, toMinor }: MoneySpan): string => {
    return `${grouped(fromMinor)} to ${grouped(toMinor)} ${currency}`;
  };
  terminal.say("");
  terminal.facts([
    ["  expected, 80 %", span(likely)],
    ["  expected, 95 %", span(almostSure)],
    ...unseenFact(expected, span),
    ...(beyondMinor > 0
      ? ([["  a holder is refused", formatPercent(expected.refusalChance)]] as [string, string][])
      : []),
    ...curveFact(outlook),
    ...runOutFacts(outlook.runOut, grouped, currency),
  ]);
}

/** What nobody can know yet: how many redeem at ages that no grant has reached. */
function unseenFact(expected: SpendForecast, span: (of: MoneySpan) => string): [string, string][] {
  if (!isUnseen(expected)) return [];
  const { seenToAgeMs, bounds } = expected;
  const ages = seenToAgeMs === 0 ? "of it" : `after ${ageText(seenToAgeMs)}`;
  return [[`  95 %, none to all ${ages}`, span(bounds)]];
}

function curveFact({ redeemedBy }: Required<OutlookAnswer>): [string, string][] {
  const last = redeemedBy.at(-1);
  if (last === undefined) return [];
  const line = sparkline(redeemedBy.map(({ share }) => share));
  const by = `${formatPercent(last.share)} by the age of ${ageText(last.ageMs)}`;
  return [["  redeemed by age", `${line}  ${by}`]];
}

function runOutFacts(
  runOut: RunOut | null,
  grouped: (minor: number) => string,
  currency: string,
): [string, string][] {
  if (runOut === null) return [["  runs out", "cannot be told: no claims now, or too few so far"]];
  const { chance, atMs, fromMs, toMs, hourlyMinor, learnedFromMs, isPaced } = runOut;
  const past = ageText(learnedFromMs);
  const pace = `${grouped(hourlyMinor)} ${currency} an hour over the last ${past}`;
  const until = toMs === null ? "or not before claims end" : `to ${instantText(toMs)}`;
  const span = fromMs === null ? "" : `, 90 %: ${instantText(fromMs)} ${until}`;
  return [
    ["  pace", `${pace}${isPaced ? ", let out by a curve" : ""}`],
    ["  runs out", `${runsOutText(atMs)}${span}`],
    ["  runs out before claims end", formatPercent(chance)],
  ];
}
