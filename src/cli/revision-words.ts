// A revision in a person's words: what it changes, what becomes of the money, and who was before.
import { currencyDecimals } from "../base/money.ts";
import {
  type Exposure,
  type ExposureOutlook,
  formatProblem,
  type LastRevision,
  type MoneySpan,
  type RevisionAnswer,
} from "../contract/index.ts";
import { formatNumber, formatPercent, groupedMinor } from "../report/format.ts";
import { instantText } from "./answer-words.ts";
import { ageText, isUnseen, runsOutText } from "./outlook-words.ts";
import type { Terminal } from "./terminal.ts";

/** `2026-02-07T02:00:00Z by k-1: More came than planned` */
export function lastRevisionText(last: LastRevision | undefined): string | undefined {
  if (last === undefined) return undefined;
  const { atMs, by, why, approvedBy } = last;
  const agreed = approvedBy === undefined ? "" : `, approved by ${approvedBy}`;
  return `${instantText(atMs)} by ${by}${agreed}: ${why}`;
}

/** What a revision changes, and what becomes of the money. */
export function sayChanges(
  terminal: Terminal,
  answer: RevisionAnswer,
  { currency }: { currency: string },
): void {
  const { changes, before, after, problems = [] } = answer;
  if (changes === undefined || before === undefined || after === undefined) return;
  for (const problem of problems) terminal.note(formatProblem(problem));
  if (changes.length === 0) terminal.say("nothing changes");
  else {
    terminal.table(
      [{ title: "what" }, { title: "from" }, { title: "to" }],
      changes.map(({ path, from, to }) => [path, from, to]),
    );
  }
  terminal.say("");
  const decimals = currencyDecimals(currency) ?? 0;
  const grouped = (minor: number): string => groupedMinor(minor, decimals);
  const row = (name: string, of: (one: Exposure) => number): string[] => {
    return [name, grouped(of(before)), grouped(of(after))];
  };
  terminal.table(
    [
      { title: `money, ${currency}` },
      { title: "before", align: "right" },
      { title: "after", align: "right" },
    ],
    [
      row("budget", ({ budgetMinor }) => budgetMinor),
      row("given out already", ({ boundMinor }) => boundMinor),
      row("can still be granted", ({ freeMinor }) => freeMinor),
      ...outlookRows(answer, grouped),
    ],
  );
  terminal.say("");
  sayExceeded(terminal, answer, decimals);
  sayUnseen(terminal, answer);
  sayMoved(terminal, answer);
}

/** Limits below what was given already. */
function sayExceeded(
  terminal: Terminal,
  { exceeded = [] }: RevisionAnswer,
  decimals: number,
): void {
  for (const { cap, counts, limit, most, cells } of exceeded) {
    const amount = (one: number): string =>
      counts === "money" ? groupedMinor(one, decimals) : `${one} grants`;
    const who = cells === undefined ? amount(most) : `${cells} with up to ${amount(most)}`;
    terminal.say(`${cap}: ${who} already, more than ${amount(limit)}; they get no more`);
  }
}

/** What is expected of money to come, by the same draws under both rules. */
function outlookRows({ outlook }: RevisionAnswer, grouped: (minor: number) => string): string[][] {
  if (outlook === undefined) return [];
  const row = (name: string, of: (one: ExposureOutlook) => string): string[][] => {
    return [[name, of(outlook.before), of(outlook.after)]];
  };
  const span = ({ fromMinor, toMinor }: MoneySpan): string => {
    return `${grouped(fromMinor)} to ${grouped(toMinor)}`;
  };
  const runsOut = ({ runOut }: ExposureOutlook): string => {
    return runOut === null ? "cannot be told" : runsOutText(runOut.atMs);
  };
  const chance = ({ runOut }: ExposureOutlook): string => {
    return runOut === null ? "" : formatPercent(runOut.chance);
  };
  const isAnother = (of: (one: ExposureOutlook) => string): boolean => {
    return of(outlook.before) !== of(outlook.after);
  };
  const hasUnseen = [outlook.before, outlook.after].some(({ expected }) => isUnseen(expected));
  return [
    ...row("expected to be spent", ({ expected }) => grouped(expected.spendMinor)),
    ...row("  80 %", ({ expected }) => span(expected.likely)),
    ...row("  95 %", ({ expected }) => span(expected.almostSure)),
    ...(hasUnseen ? row("  95 %, bounds", ({ expected }) => span(expected.bounds)) : []),
    ...(isAnother(runsOut) || isAnother(chance)
      ? [...row("runs out", runsOut), ...row("  before claims end", chance)]
      : []),
  ];
}

function sayUnseen(terminal: Terminal, { outlook }: RevisionAnswer): void {
  if (outlook === undefined || !isUnseen(outlook.after.expected)) return;
  const { seenToAgeMs } = outlook.after.expected;
  const known =
    seenToAgeMs === 0
      ? "no grant is old enough yet"
      : `no grant is older than ${ageText(seenToAgeMs)}`;
  terminal.say(`${known}: the bounds hold if nobody, or everybody, redeems what lives longer`);
}

function sayMoved(
  terminal: Terminal,
  { grantsMoved = 0, grantsMovedIsEstimate }: RevisionAnswer,
): void {
  if (grantsMoved === 0) return;
  const about = grantsMovedIsEstimate ? "about " : "";
  terminal.say(`${about}${formatNumber(grantsMoved)} grants given before expire later`);
}
