// Invites lived through at random: verify agrees with the core, by books of its own; and what is
// changed in such a journal it finds.
import { describe, expect, it } from "vitest";
import { type RandomStream, randomStream } from "../src/base/keystream.ts";
import type { CampaignDefinition, CapDefinition, DrawDefinition } from "../src/core/definition.ts";
import { ENTERED, EVENT_KINDS } from "../src/core/event.ts";
import { UnitLedger } from "../src/core/ledger.fixture.ts";
import { cap, DAY_MS, DEFINITION, HOUR_MS } from "../src/core/unit-campaign.fixture.ts";
import { createMemoryJournal } from "../src/journal/memory-journal.ts";
import { type VerifyReport, verifyRecords } from "../src/journal/verify/verify.ts";

const RUNS = 400;
const STEPS = 30;

interface Slice {
  words: Uint32Array;
  count: number;
  atMs: number;
}

function pick<T>(stream: RandomStream, list: readonly T[]): T {
  return list[stream.nextInt(list.length)]!;
}

function someCampaign(stream: RandomStream): Partial<CampaignDefinition> {
  const own = (per: "day" | "total"): CapDefinition =>
    cap({
      ...{ id: `invites:friends:${per}`, dimension: "inviter:friends", per, refund: false },
      limit: 1 + stream.nextInt(4),
    });
  const caps = [
    cap({ id: "campaign", dimension: "campaign", counts: "money", limit: 300 }),
    cap({ id: "user", dimension: "user", per: "day", limit: 2 }),
    cap({ id: "shop", dimension: "shop", limit: 4, missing: "shared" }),
    cap({ id: "device", dimension: "device", limit: 3, missing: pick(stream, ["skip", "refuse"]) }),
    own("day"),
    own("total"),
  ];
  return {
    budgetMinor: 100 + stream.nextInt(300),
    caps: caps.filter(() => stream.nextInt(3) > 0),
    assignment: { ...DEFINITION.assignment, holdoutShare: pick(stream, [0, 0.3]) },
    ...someDraws(stream),
    invites: [0, 1].map((n) => ({
      ...{ id: n === 0 ? "friends" : "others", inviterOffer: stream.nextInt(2) },
      ...{ invitedOffer: stream.nextInt(2), fromMs: 0, toMs: 9 * DAY_MS },
      openMs: pick(stream, [null, HOUR_MS]),
      ...{ uses: 1 + stream.nextInt(3), accepts: pick(stream, ["new", "anyone", "anyone"]) },
    })),
  };
}

/** Mostly with a draw or two whose entries invites earn. */
function someDraws(stream: RandomStream): Pick<CampaignDefinition, "draws"> {
  const draws = Array.from({ length: stream.nextInt(3) }, (_, n): DrawDefinition => {
    const only = stream.nextInt(2) === 0 ? { by: "invite" as const } : {};
    return {
      ...{ id: `draw-${n}`, title: "Draw", opensAtMs: 0, audience: null, winsPerUser: 1 },
      closesAtMs: pick(stream, [HOUR_MS, 9 * DAY_MS]),
      entriesPerUser: 1 + stream.nextInt(2),
      ...{ earn: { invites: 1 + stream.nextInt(3), per: "day" }, ...only },
    };
  });
  return draws.length === 0 ? {} : { draws };
}

function step(ledger: UnitLedger, stream: RandomStream, i: number): void {
  ledger.atMs += pick(stream, [0, 0, 0, 60_000, HOUR_MS / 2, HOUR_MS]);
  const id = `id-${stream.nextInt(8) === 0 ? stream.nextInt(i + 1) : i}`;
  const given = (name: string): { [key: string]: string } =>
    stream.nextInt(3) === 0 ? {} : { [name]: `${stream.nextInt(2)}` };
  const ask = { id, user: `u${stream.nextInt(6)}`, ...given("device"), ...given("shop") };
  const codes = ledger.campaign.invites!.count;
  const what = stream.nextInt(10);
  if (stream.nextInt(12) === 0 && ledger.campaign.lots.length > 0) {
    ledger.enter({ ...ask, offer: stream.nextInt(ledger.campaign.lots.length) });
  } else if (what === 0) ledger.claim({ ...ask, offer: stream.nextInt(2) });
  else if (what === 1) ledger.cancel({ id, grant: stream.nextInt(ledger.campaign.grantCount + 1) });
  else if (what < 4 || codes === 0) ledger.invite({ ...ask, offer: stream.nextInt(2) });
  else ledger.accept({ ...ask, grant: stream.nextInt(codes) });
}

function live(seed: number): { ledger: UnitLedger; slices: Slice[] } {
  const stream = randomStream(seed, "invites at random");
  const ledger = new UnitLedger(someCampaign(stream), pick(stream, [2, 8, 32]));
  const slices = written(ledger);
  for (let i = 0; i < STEPS; i++) {
    step(ledger, stream, i);
    slices.push(...written(ledger));
  }
  return { ledger, slices };
}

/** What the last step wrote, as a record; none where it wrote nothing. */
function written({ out }: UnitLedger): Slice[] {
  if (out.length === 0) return [];
  return [{ words: out.words.slice(0, out.length), count: out.count, atMs: out.baseAtMs }];
}

async function verify(slices: readonly Slice[]): Promise<VerifyReport> {
  const journal = createMemoryJournal({ ledgerId: "random" });
  for (const { words, count, atMs } of slices) {
    const payload = new Uint8Array(words.buffer, words.byteOffset, 4 * words.length);
    const blindingSeed = new Uint8Array(16);
    await journal.append({ atMs, eventCount: count, payload, blindingSeed });
  }
  return verifyRecords(journal.read(), { ledgerId: "random" });
}

const eventsOf = ({ words }: Slice): Uint32Array[] => {
  const events: Uint32Array[] = [];
  for (let at = 0; at < words.length; at += words[at]! >>> 16) {
    events.push(words.slice(at, at + (words[at]! >>> 16)));
  }
  return events;
};

/** The last event with one word changed. */
function withWord(
  events: readonly Uint32Array[],
  word: number,
  change: (before: number) => number,
): Uint32Array[] {
  const last = events.at(-1)!.slice();
  last[word] = change(last[word]!);
  return [...events.slice(0, -1), last];
}

function slice(events: readonly Uint32Array[], atMs: number): Slice {
  return {
    words: Uint32Array.from(events.flatMap((event) => [...event])),
    count: events.length,
    atMs,
  };
}

const isEarned = (event: Uint32Array): boolean =>
  kindOf(event) === EVENT_KINDS.draw_entered && event[ENTERED.draw]! >>> 16 === 2;

const kindOf = (event: Uint32Array): number => event[0]! & 0xff;

describe("verify", () => {
  it("agrees with the core on invites at random", async () => {
    let acceptances = 0;
    let withheld = 0;
    let earned = 0;
    for (let seed = 1; seed <= RUNS; seed++) {
      const { ledger, slices } = live(seed);
      const report = await verify(slices);
      expect(report.problems, `seed ${seed}`).toEqual([]);
      const { books, counts, invites } = ledger.campaign;
      expect(report.campaigns[0], `seed ${seed}`).toMatchObject({ ...books, ...counts });
      acceptances += invites!.acceptances;
      withheld += invites!.withheld;
      earned += slices.flatMap(eventsOf).filter(isEarned).length;
    }
    expect(earned).toBeGreaterThan(RUNS / 4);
    expect(acceptances).toBeGreaterThan(RUNS);
    expect(withheld).toBeGreaterThan(RUNS / 4);
  });

  it("finds a second code of a user beside an open one", async () => {
    const terms = { inviterOffer: 0, invitedOffer: 0, fromMs: 0, toMs: DAY_MS, openMs: HOUR_MS };
    const once = { id: "friends", ...terms, uses: 1, accepts: "anyone" } as const;
    const ledger = new UnitLedger({ invites: [once] });
    const opening = written(ledger);
    ledger.invite({ id: "n1", user: "ana" });
    const first = written(ledger);
    ledger.accept({ id: "a1", user: "bo", grant: 0 });
    const accepted = written(ledger);
    ledger.invite({ id: "n2", user: "ana" });
    const second = written(ledger);
    expect((await verify([...opening, ...first, ...accepted, ...second])).problems).toEqual([]);
    // Without the acceptance the first one was not used up.
    const { problems } = await verify([...opening, ...first, ...second]);
    expect(problems).toMatchObject([
      { check: "invites", expected: "one open code a user", found: "another beside code 0" },
    ]);
    // Control: an hour later it would have been over.
    const late = slice(eventsOf(second[0]!), HOUR_MS);
    expect((await verify([...opening, ...first, late])).problems).toEqual([]);
  });

  /** A change to the record of the first acceptance of both sides, and what verify must say. */
  const changes: [string, (events: Uint32Array[]) => Uint32Array[][]][] = [
    ["the invited alone", (all) => [all.filter((_, i) => i !== all.length - 2)]],
    ["the inviter alone", (all) => [all.slice(0, -1)]],
    ["nobody", (all) => [all.slice(0, -2)]],
    [
      "the acceptance missing",
      (all) => [all.filter((one) => kindOf(one) !== EVENT_KINDS.accepted)],
    ],
    ["the invited in the next record", (all) => [all.slice(0, -1), all.slice(-1)]],
    [
      "the sides exchanged",
      (all) => [[...all.slice(0, -2), all[all.length - 1]!, all[all.length - 2]!]],
    ],
    [
      "a part as a claim of its own",
      (all) => [
        all.map((one, i) => {
          if (i === all.length - 1) one[0] = one[0]! & ~0x100;
          return one;
        }),
      ],
    ],
  ];

  it.each(changes)("finds %s rewarded", async (_, change) => {
    let tried = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const { slices } = live(seed);
      const at = slices.findIndex((one) => {
        const accepted = eventsOf(one).find((event) => kindOf(event) === EVENT_KINDS.accepted);
        if (isEarned(eventsOf(one).at(-1)!)) return false; // the changes count from the end
        return accepted !== undefined && (accepted[0]! & 0x100) === 0;
      });
      if (at < 0) continue;
      tried += 1;
      const { atMs } = slices[at]!;
      const changed = change(eventsOf(slices[at]!)).map((events) => slice(events, atMs));
      const report = await verify([...slices.slice(0, at), ...changed]);
      expect(report.ok, `seed ${seed}`).toBe(false);
      expect(
        report.problems.some(({ check }) => check === "invites"),
        `seed ${seed}`,
      ).toBe(true);
    }
    expect(tried).toBeGreaterThan(5);
  });

  /** A change to the record that ends with an entry which its acceptance earned. */
  const entries: [string, (events: Uint32Array[]) => Uint32Array[][]][] = [
    ["an earned entry that is missing", (all) => [all.slice(0, -1)]],
    ["one earned twice", (all) => [[...all, all.at(-1)!]]],
    ["one in the next record", (all) => [all.slice(0, -1), all.slice(-1)]],
    ["one before the acceptance", (all) => [[all.at(-1)!, ...all.slice(0, -1)]]],
    ["one of somebody else", (all) => [withWord(all, ENTERED.user, (user) => user + 1)]],
    ["one to another draw", (all) => [withWord(all, ENTERED.draw, (draw) => draw ^ 1)]],
    ["one that says it was asked for", (all) => [withWord(all, ENTERED.draw, (w) => w ^ 0x30000)]],
    ["one with an id", (all) => [withWord(all, ENTERED.id, () => 7)]],
  ];

  it.each(entries)("finds %s", async (_, change) => {
    let tried = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const { slices } = live(seed);
      const at = slices.findIndex((one) => isEarned(eventsOf(one).at(-1)!));
      if (at < 0) continue;
      tried += 1;
      const { atMs } = slices[at]!;
      const changed = change(eventsOf(slices[at]!)).map((events) => slice(events, atMs));
      const report = await verify([...slices.slice(0, at), ...changed]);
      const checks = report.problems.map(({ check }) => check);
      expect(checks.length, `seed ${seed}`).toBeGreaterThan(0);
      expect(
        checks.every((check) => ["entries", "invites", "identities"].includes(check)),
        `seed ${seed}: ${checks}`,
      ).toBe(true);
    }
    expect(tried).toBeGreaterThan(5);
  });
});
