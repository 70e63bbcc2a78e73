// Published odds beside what was granted, and what a p-value of them means and does not.
import { currencyDecimals } from "../base/money.ts";
import type { OddsReport } from "../journal/verify/odds.ts";
import { formatNumber, formatPercent, groupedMinor } from "../report/format.ts";
import { wrapText } from "../report/wrap.ts";
import type { Terminal } from "./terminal.ts";

const SHOWN = 30;

export function sayOdds(terminal: Terminal, odds: readonly OddsReport[], currency: string): void {
  const decimals = currencyDecimals(currency) ?? 0;
  if (odds.length === 0) return terminal.say("no offer has a table of odds");
  for (const { offer, version, grants, rows, p } of odds) {
    const since = version === 0 ? "" : `, odds since revision ${version}`;
    const { paint } = terminal;
    terminal.say(
      `\n${paint("strong", offer)}  ${formatNumber(grants)} grants${since}${oddsVerdict(p)}`,
    );
    terminal.table(
      [
        { title: currency, align: "right" },
        { title: "published", align: "right" },
        { title: "expected", align: "right" },
        { title: "granted", align: "right" },
        { title: "p", align: "right" },
      ],
      rows
        .slice(0, SHOWN)
        .map((row) => [
          groupedMinor(row.amountMinor, decimals),
          shareText(row.odds, rows),
          formatNumber(row.expected, 1),
          formatNumber(row.granted),
          row.p === null ? "–" : pText(row.p),
        ]),
    );
    if (rows.length > SHOWN) terminal.say(`… and ${rows.length - SHOWN} more amounts`);
  }
  for (const text of MEANING) terminal.say(`\n${wrapText(text, terminal.width).join("\n")}`);
}

const MEANING = [
  "p of an amount says how often draws by exactly the published odds would leave it at least as " +
    "far off as here, by chance alone. An offer's p bounds how often one of its amounts would " +
    "be: it is the least of theirs times their number, at most 1, where nothing is unusual. " +
    "Below .001 chance is a poor explanation, and somebody should look; of a hundred honest " +
    "offers at most one is below .01.",
  "It does not say that anybody cheated: a draw that the budget or a cap could not pay was " +
    "refused and is not counted, so that large prizes look rare where money ran short. Nor does " +
    "a large p prove honesty: one prize for a friend changes no count. That is what drawing " +
    "each amount again is for (hongbao verify).",
];

function oddsVerdict(p: number | null): string {
  return p === null ? "" : `, p ${pText(p)}`;
}

export function pText(p: number): string {
  return p < 0.0001 ? p.toExponential(1) : p.toFixed(4).replace(/^0/, "");
}

function shareText(odds: number, rows: OddsReport["rows"]): string {
  const share = odds / rows.reduce((sum, row) => sum + row.odds, 0);
  return formatPercent(share, share < 0.001 ? 4 : 2);
}
