// One drawing told to somebody who has never heard of hashes: what was locked in before, which
// public number came to it, what was drawn, which slice of the table that hit, and how to redo it.
import { concatBytes, fromHex, sameBytes, toHex, utf8 } from "../base/bytes.ts";
import { drandChainName, roundAtMs } from "../base/drand.ts";
import { sha256 } from "../base/hash.ts";
import { currencyDecimals } from "../base/money.ts";
import type { LuckView } from "../contract/index.ts";
import { workingKey } from "../core/luck/luck.ts";
import { type TracedDraw, traceDraw } from "../core/luck/trace-draw.ts";
import { formatNumber, formatPercent, groupedMinor } from "../report/format.ts";
import { textBar } from "../report/text-bar.ts";
import { wrapText } from "../report/wrap.ts";
import { instantText, moneyText } from "./answer-words.ts";
import type { Terminal } from "./terminal.ts";

/** What drawing again says of a grant. */
export interface Redrawn {
  seedMatches: boolean;
  amountMatches: boolean;
  amountMinor: number;
  trace: TracedDraw;
}

/** Null while the seed is secret. */
export function redraw(luck: LuckView): Redrawn | null {
  if (luck.seed === undefined) return null;
  const seed = fromHex(luck.seed)!;
  const key = workingKey(seed, luck.beacon?.randomness ?? null);
  const user = fromHex(luck.user)!;
  const trace = traceDraw(key, luck.offerOrdinal, user, luck.drawsBefore, luck.entries);
  const committed = concatBytes(
    ...[utf8("hongbao/seed/1"), utf8(luck.ledger), utf8(luck.campaign), seed],
  );
  const { amountMinor } = luck.entries[trace.entry]!;
  return {
    seedMatches: sameBytes(sha256(committed), fromHex(luck.seedCommitment)!),
    amountMatches: amountMinor === luck.amountMinor,
    amountMinor,
    trace,
  };
}

export function sayLuck(terminal: Terminal, luck: LuckView, redrawn: Redrawn | null): void {
  const { amountMinor, currency, grantedAtMs, offer, grant } = luck;
  const { paint } = terminal;
  const step = (title: string, ...paragraphs: string[]): void => {
    terminal.say(`\n${paint("title", title)}`);
    for (const text of paragraphs) terminal.say(indented(text, terminal.width));
  };
  terminal.say(
    `${paint("strong", moneyText(amountMinor, currency))} of offer ${offer}, ` +
      `granted ${instantText(grantedAtMs)}, grant ${grant}`,
  );
  step(
    "1. A secret was locked in before anybody could claim",
    "When the campaign opened, a secret number of 32 bytes, the seed, existed already. Its " +
      "fingerprint stands in the journal's opening entry, so that nobody could exchange it later:",
    luck.seedCommitment,
  );
  step("2. A public number came to it", ...beaconWords(luck));
  step("3. One number was drawn for this grant", ...drawWords(luck, redrawn));
  step("4. The number fell into a slice of the table");
  sayTable(terminal, luck, redrawn);
  step("5. Do it again yourself", ...againWords(luck, redrawn));
}

function beaconWords({ beacon }: LuckView): string[] {
  if (beacon === undefined) {
    return [
      "None took part. The operator made the seed alone: he could have tried many, and kept one " +
        "under which somebody he favours wins. What follows shows that he did not change it later.",
    ];
  }
  const { chain, round, randomness } = beacon;
  const name = drandChainName(chain.hash) ?? chain.hash;
  const due = instantText(roundAtMs(chain, round));
  return [
    `Round ${formatNumber(round)} of drand (${name}), published ${due} by organisations all over ` +
      "the world together. The opening entry named the round while it was still to come: nobody, " +
      "the operator included, could know its value when the seed was locked in:",
    randomness,
  ];
}

function drawWords(luck: LuckView, redrawn: Redrawn | null): string[] {
  const made =
    "Seed and public number together, the offer's number, the user's pseudonym and how often he " +
    "drew this offer before give one number, and always the same one: whoever computes it, " +
    "whenever, and in whatever order people claimed.";
  const inputs =
    `offer ${luck.offerOrdinal}, pseudonym ${luck.user}, ` +
    `earlier draws of it ${luck.drawsBefore}`;
  if (redrawn === null) return [made, inputs];
  const { words, point, sum, below } = redrawn.trace;
  const last = words.at(-1)!;
  const passed =
    words.length === 1
      ? ""
      : ` after ${words.length - 1} that were passed, being ${formatNumber(below)} or more`;
  return [
    made,
    inputs,
    `The number is ${formatNumber(last)}${passed}; divided by ${formatNumber(sum)}, the sum of ` +
      `the odds, it leaves ${formatNumber(point)}.`,
  ];
}

function sayTable(terminal: Terminal, luck: LuckView, redrawn: Redrawn | null): void {
  const { entries, currency } = luck;
  const decimals = currencyDecimals(currency) ?? 0;
  const sum = entries.reduce((total, { odds }) => total + odds, 0);
  let from = 0;
  const rows = entries.map(({ amountMinor, odds }, i) => {
    const slice = `${formatNumber(from)} – ${formatNumber(from + odds - 1)}`;
    from += odds;
    const isHit = redrawn === null ? amountMinor === luck.amountMinor : i === redrawn.trace.entry;
    return [
      isHit ? "►" : "",
      groupedMinor(amountMinor, decimals),
      slice,
      formatPercent(odds / sum, odds / sum < 0.001 ? 4 : 1),
      textBar(odds / sum, 20),
    ];
  });
  terminal.table(
    [
      { title: "" },
      { title: currency, align: "right" },
      { title: "numbers", align: "right" },
      { title: "chance", align: "right" },
      { title: "" },
    ],
    shownRows(rows),
  );
}

const SHOWN = 20;

/** Of a long table the part around what was hit. */
function shownRows(rows: string[][]): string[][] {
  if (rows.length <= SHOWN) return rows;
  const hit = rows.findIndex(([mark]) => mark !== "");
  const from = Math.max(0, Math.min(rows.length - SHOWN, hit - SHOWN / 2));
  const more = (count: number): string[][] =>
    count > 0 ? [["", `${count} more`, "", "", ""]] : [];
  return [...more(from), ...rows.slice(from, from + SHOWN), ...more(rows.length - from - SHOWN)];
}

function againWords(luck: LuckView, redrawn: Redrawn | null): string[] {
  if (redrawn === null) {
    return [
      "Not yet: the seed stays secret until the campaign is closed, since whoever knew it would " +
        "know his luck. From then on this command shows it, and everything can be drawn again.",
    ];
  }
  const { seedMatches, amountMatches, trace } = redrawn;
  const salt = luck.beacon === undefined ? "none" : `the public number ${luck.beacon.randomness}`;
  return [
    seedMatches
      ? `The seed, revealed at the close, has the fingerprint of step 1: ${luck.seed}`
      : `THE SEED DOES NOT HAVE THE FINGERPRINT OF STEP 1: ${luck.seed}`,
    amountMatches
      ? `Drawn again here: ${moneyText(redrawn.amountMinor, luck.currency)}, as granted.`
      : `DRAWN AGAIN HERE: ${moneyText(redrawn.amountMinor, luck.currency)}, NOT WHAT WAS GRANTED.`,
    "Without any part of hongbao (examples/luck/redraw.mjs does it with Node alone, from what " +
      "--json prints):",
    `fingerprint = SHA-256 of "hongbao/seed/1", "${luck.ledger}", "${luck.campaign}" and the seed`,
    `key = HKDF-SHA-256 of the seed, salt ${salt}, info "hongbao/luck/1", 32 bytes`,
    "nonce = the first 12 bytes of SHA-256(offer as 4 bytes, little-endian, then pseudonym) = " +
      toHex(trace.nonce),
    `stream = ChaCha20 of key and nonce, counter ${luck.drawsBefore}; of its words, ` +
      `little-endian, the first below ${formatNumber(trace.below)}, modulo ` +
      `${formatNumber(trace.sum)}, is the number.`,
  ];
}

function indented(text: string, width: number): string {
  return wrapText(text, width - 3)
    .map((line) => `   ${line}`)
    .join("\n");
}
