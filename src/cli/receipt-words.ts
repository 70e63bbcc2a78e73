// A genuine receipt in plain words: what it proves, what the file only says, and what no receipt
// shows. A proof that does not say where it ends invites belief in more than it proves.
import type { ReceiptFacts } from "../journal/index.ts";
import { formatNumber, groupedMinor } from "../report/format.ts";
import { wrapText } from "../report/wrap.ts";
import { instantText } from "./answer-words.ts";
import type { Terminal } from "./terminal.ts";

export function sayFacts(terminal: Terminal, file: string, facts: ReceiptFacts): void {
  terminal.say(`${terminal.paint("good", "genuine")}  ${file}`);
  sayList(terminal, "It proves", proven(facts));
  sayList(terminal, "The file says, and nothing proves", said(facts));
  sayList(terminal, "It does not prove", notProven(facts));
}

function sayList(terminal: Terminal, title: string, lines: readonly string[]): void {
  terminal.say(`\n${terminal.paint("title", title)}`);
  for (const line of lines) {
    const [first, ...rest] = wrapText(line, terminal.width - 2);
    terminal.say([`· ${first}`, ...rest.map((more) => `  ${more}`)].join("\n"));
  }
}

function proven(facts: ReceiptFacts): string[] {
  const { origin, size, sequence, atMs, kind, campaign, grant, redemption, offer } = facts;
  const amount = `${formatNumber(facts.amountMinor)} minor units`;
  const what =
    redemption < 0
      ? `grant ${grant} (counted from 0) of campaign ${campaign}, offer ${offer}: ${amount} granted`
      : `redemption ${redemption} of campaign ${campaign}, of its grant ${grant}: ${amount} spent`;
  const lines = [
    ...(facts.rehearsal ? ["A REHEARSAL made this grant: it was never money."] : []),
    `Record ${formatNumber(sequence)} of the log ${origin} holds this event (${kind}): ${what}, ` +
      `at ${instantText(atMs)} by the operator's clock.`,
    `The holder of the key ${facts.signedBy.by.text} signed a checkpoint of ` +
      `${formatNumber(size)} records that covers it, and cannot take it out unnoticed.`,
  ];
  if (facts.isRotated) lines.push("That key was announced by the one you gave, signed by both.");
  for (const { by, atMs: seenAtMs } of facts.witnesses) {
    lines.push(
      `The witness ${by.name} saw this checkpoint by ${instantText(seenAtMs!)}, as an extension ` +
        "of all that it had seen of this log before.",
    );
  }
  return lines;
}

function said({ parts, amountMinor }: ReceiptFacts): string[] {
  const { campaign, grant, redemption, currency, decimals } = parts.subject;
  const money = `${groupedMinor(amountMinor, decimals)} ${currency}`;
  const whose = redemption === undefined ? "" : `, redemption ${redemption}`;
  return [
    `The campaign is ${campaign}, the grant ${grant}${whose}; the amount is ${money}. The ` +
      "grant's number does agree with its id.",
  ];
}

function notProven({ witnesses }: ReceiptFacts): string[] {
  return [
    "Who the grant belongs to: the event has keyed hashes and no names.",
    "What became of it later: spent, expired, cancelled, reversed.",
    "That the reward was paid, or that none was given outside the journal: settlement statements " +
      "of the merchants tie it to the world.",
    "That the rules were kept: `hongbao verify` on the whole journal shows that.",
    ...(witnesses.length > 0
      ? []
      : [
          "That others are shown the same journal: compare the checkpoint with one that somebody " +
            "else kept, or ask for a witness's cosignature (--witness).",
        ]),
  ];
}
