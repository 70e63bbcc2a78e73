// The run in a manager's words: what was asked, granted, refused and repeated, what the crash did,
// and where every yuan is.
import type { CapView } from "../../contract/index.ts";
import { formatDuration, formatMoney, formatNumber, formatPercent } from "../../report/format.ts";
import { sparkline } from "../../report/sparkline.ts";
import { textBar } from "../../report/text-bar.ts";
import { RING_ABOVE } from "./resellers.ts";
import type { RunFacts } from "./result.ts";

/** A name and what is to be said of it. */
export type Fact = readonly [name: string, text: string];

const count = (value: number): string => formatNumber(value);

/** Yuan without fen. */
export function wholeMoney(minor: number, run: RunFacts): string {
  return formatMoney(minor / 10 ** run.books.decimals, run.books.currency, 0);
}

/** "8 Feb 19:00", in the campaign's time zone. */
export function campaignTime(atMs: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    ...{ timeZone, day: "numeric", month: "short" },
    ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  }).formatToParts(atMs);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("day")} ${part("month")} ${part("hour")}:${part("minute")}`;
}

export function runHeadline(run: RunFacts): string {
  const { people, bots, requests, tookMs, granted } = run;
  return (
    `${count(people)} people, ${count(bots)} bots: ${count(requests)} requests over HTTP in ` +
    `${formatDuration(tookMs)}, ${count(granted)} rewards.`
  );
}

export function runFactLines(run: RunFacts, timeZone: string): Fact[] {
  const at = (atMs: number): string => campaignTime(atMs, timeZone);
  const day = (atMs: number): string => at(atMs).slice(0, -6);
  const { books, kill, expired, replays } = run;
  const money = (minor: number): string =>
    formatNumber(minor / 10 ** books.decimals, books.decimals);
  return [
    ["rehearse", rehearsalText(run, day)],
    [
      "budget",
      `spent ${money(books.spentMinor)} + back ${money(books.budgetMinor - books.spentMinor)} = ` +
        `${money(books.budgetMinor)} yuan; peak ${money(run.mostHeldMinor)} promised`,
    ],
    ["refused", refusedText(run, at)],
    ["suspects", suspectsText(run, day)],
    [
      "invites",
      `${count(run.invites.accepted)} friends came by a code, a card for each side; ` +
        `${count(run.invites.heldOut)} held out: neither got one`,
    ],
    ["manager", run.deeds.map((deed) => `${day(deed.atMs)} ${deed.text}`).join("; ")],
    [
      "repeats",
      `${count(replays.claims)} claims, ${count(replays.redemptions)} redemptions came twice: ` +
        `same answer, paid once; ${count(run.stale)} stale ones refused`,
    ],
    [
      "kill -9",
      `${at(kill.atMs)} with ${count(kill.underWay)} requests under way; back after ` +
        `${formatDuration(kill.downMs)}; all repeated under their ids`,
    ],
    [
      "expiry",
      `${count(expired.grants)} unspent rewards ended with 28 Feb, ${money(expired.minor)} yuan ` +
        "went back; closed, seed revealed",
    ],
  ];
}

function rehearsalText({ rehearsal }: RunFacts, day: (atMs: number) => string): string {
  const { atMs, testers, letIn, granted, refused } = rehearsal;
  const steps = letIn.map(({ share, testers: inside }, i) => {
    return `${count(inside)}${i === 0 ? " let in" : ""} at ${formatPercent(share, 0)}`;
  });
  return (
    `${day(atMs)} ${count(testers)} testers: ${steps.join(", ")}; ` +
    `${count(granted - refused)} of ${count(granted)} cards could be spent`
  );
}

/** Who was held, what became of it, and the truth. */
function suspectsText(run: RunFacts, day: (atMs: number) => string): string {
  const { held, audit, released, clawedBack, ...deeds } = run.resellers;
  const money = (minor: number): string => wholeMoney(minor, run);
  const owing = formatNumber(deeds.owedMinor / 10 ** run.books.decimals);
  return (
    `${day(deeds.heldAtMs)} ${count(held.grants)} rewards held, ${money(held.minor)}: over ` +
    `${RING_ABOVE} on a device; of ${audit.audited} audited ${audit.honest} honest. ` +
    `${day(deeds.judgedAtMs)} ${deeds.farms} farms blocked, ${count(clawedBack.grants)} clawed ` +
    `back: ${money(clawedBack.returnedMinor)} returned, ${owing} owing; ` +
    `${count(released.grants)} released (${count(deeds.turnedAway)} users were turned away). ` +
    `In truth ${count(clawedBack.ofResellers)} and ${count(released.ofResellers)} of these are ` +
    "resellers'"
  );
}

function refusedText(run: RunFacts, at: (atMs: number) => string): string {
  const caps = run.refused.map(({ cap, claims }) => `${count(claims)} ${capText(run, cap, at)}`);
  const blocked = run.blocked > 0 ? [`${count(run.blocked)} blocked`] : [];
  const held = run.heldOut > 0 ? [`${count(run.heldOut)} held out`] : [];
  const bots = `${count(run.botsGranted)} bots got one`;
  return `${[...caps, ...blocked, ...held].join(", ")}; ${bots}`;
}

/** A cap as people would say it. */
function capText(run: RunFacts, id: string, at: (atMs: number) => string): string {
  const cap = run.books.caps.find((one) => one.cap === id);
  if (cap === undefined) return id;
  if (cap.dimension.startsWith("wave:")) {
    const dry = run.dry.find(({ wave }) => wave === cap.dimension.slice(5));
    return `${cap.dimension.slice(5)} used up${dry === undefined ? "" : ` by ${at(dry.atMs)}`}`;
  }
  return `${id} (${limitText(run, cap)})`;
}

function limitText(run: RunFacts, { counts, limit, per }: CapView): string {
  const most = counts === "money" ? wholeMoney(limit, run) : count(limit);
  return per === "total" ? most : `${most} a ${per}`;
}

/** The budget over the campaign's days, as two lines of blocks; `width` columns at most. */
export function moneyLines(run: RunFacts, timeZone: string, width: number): string[] {
  const { money, books } = run;
  const from = Math.max(0, money.findIndex((point) => point.reservedMinor > 0) - 1);
  const until = Math.min(money.length, from + 23 * 4);
  const shown = money.slice(from, until);
  const first = shown[0];
  const last = shown.at(-1);
  if (first === undefined || last === undefined) return [];
  const columns = Math.max(10, Math.min(shown.length, width - 48));
  const at = (i: number): number => Math.floor(((i + 1) * shown.length) / columns) - 1;
  const pick = (value: (point: (typeof shown)[number]) => number): number[] => [
    ...Array.from({ length: columns }, (_, i) => value(shown[at(i)]!)),
    books.budgetMinor,
  ];
  const line = (name: string, values: number[], end: string): string =>
    `${name} ${sparkline(values).slice(0, -1)}  ${end}`;
  const days = `${campaignTime(first.atMs, timeZone)} to ${campaignTime(last.atMs, timeZone)}`;
  const promised = pick((point) => point.reservedMinor + point.spentMinor);
  const spent = pick((point) => point.spentMinor);
  const share = books.spentMinor / books.budgetMinor;
  return [
    line("promised or spent", promised, days),
    line("spent            ", spent, `${textBar(share, 10)} ${formatPercent(share)}`),
  ];
}
