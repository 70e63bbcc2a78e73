// One packet of a split pot, or one prize of a draw, told to somebody who has never heard of
// hashes: a paragraph each.
import type { PacketView } from "../contract/index.ts";
import { formatNumber } from "../report/format.ts";
import { instantText, moneyText } from "./answer-words.ts";

const SECRET =
  "a secret number that existed before anybody could take part: its fingerprint stands in the " +
  "first entry of the journal, so that nobody could exchange it later";
const AGAIN =
  "When the campaign is closed the secret is shown, and whoever has the journal can draw it all " +
  "again with hongbao verify.";

export function packetWords(view: PacketView): string {
  return view.win === undefined ? ofPot(view) : ofDraw(view, view.win);
}

function ofPot(view: PacketView): string {
  const { currency, packets } = view;
  return (
    `${headOf(view)} is packet ${formatNumber(view.packet)} of ${formatNumber(packets)} into ` +
    `which ${moneyText(view.totalMinor, currency)} were split. What is in each follows from ` +
    `${SECRET}. Packets go out one after the other, whoever comes, and together they are exactly ` +
    `${moneyText(view.totalMinor, currency)}; so nobody, the operator included, could make this ` +
    "one larger or smaller afterwards; but whoever knew the secret knew which were large. " +
    AGAIN
  );
}

function ofDraw(view: PacketView, win: NonNullable<PacketView["win"]>): string {
  const { draw, winner, entries, round } = win;
  const mixed =
    round === undefined
      ? " No public number was mixed in, so whoever knew the secret could have tried which last " +
        "entry would win."
      : ` Round ${formatNumber(round)} of drand was mixed into it, a public number that nobody ` +
        "could know until ten minutes after the last entry.";
  return (
    `${headOf(view)} is the prize of winner ${formatNumber(winner)} in draw ${draw}, which ` +
    `${formatNumber(entries)} entries took part in. When entries had closed, all of them were ` +
    `shuffled by ${SECRET}.${mixed} The entries at the front won, one prize after the other; an ` +
    "entry of a user who had won as often as he may was passed over, and a prize that nobody " +
    `began to spend goes to the next. ${AGAIN}`
  );
}

function headOf({ amountMinor, currency, offer, grantedAtMs, grant }: PacketView): string {
  const amount = moneyText(amountMinor, currency);
  return `Grant ${grant}, ${amount} of ${offer}, granted ${instantText(grantedAtMs)},`;
}
