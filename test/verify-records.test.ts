// verify finds what is wrong with records and with events as such, and never throws, whatever one
// word of a journal is changed to.

import { describe, expect, it } from "vitest";
import { randomStream } from "../src/base/keystream.ts";
import { EXPOSURE_IMPORTED } from "../src/core/assignment/exposure-event.ts";
import {
  ASSIGNED,
  ENTERED,
  EVENT_KINDS,
  type EventKind,
  eventKindName,
  GRANTED,
  HEAD,
  INVITED,
  LISTED,
  SWEPT,
} from "../src/core/event.ts";
import { COVER, TAKEN_BACK } from "../src/core/money/cover.ts";
import { BLOCK } from "../src/core/suspicion/block-event.ts";
import { SUSPECT } from "../src/core/suspicion/suspicion-event.ts";
import { verifyRecords } from "../src/journal/verify/verify.ts";
import { expectFound, honestJournal } from "./verify/expect-found.ts";
import { type LooseRecord, spliced } from "./verify/forge.ts";
import { LEDGER } from "./verify/live-in-memory.ts";

function isGrant({ events }: LooseRecord): boolean {
  return events.length === 1 && (events[0]![0]! & 0xff) === EVENT_KINDS.granted;
}

/** Puts two neighbours in each other's place; their sequences stay in order. */
function swap(records: LooseRecord[], at: number): void {
  const [a, b] = [records[at]!, records[at + 1]!];
  records[at] = { header: { ...b.header, sequence: at + 1 }, events: b.events };
  records[at + 1] = { header: { ...a.header, sequence: at + 2 }, events: a.events };
}

describe("verify finds forged records:", () => {
  it("two grants in the wrong order", () =>
    expectFound("transitions", "granted", ({ records }) => {
      const at = records.findIndex((_, i) => isGrant(records[i]!) && isGrant(records[i + 1]!));
      swap(records, at);
    }));

  it("two records of different days in the wrong order", () =>
    expectFound("records", "record", ({ records }) => {
      swap(
        records,
        records.findIndex(({ header }, i) => records[i + 1]!.header.atMs > header.atMs),
      );
    }));

  it("a record left out", () =>
    expectFound("records", "record", ({ records }) => {
      records.splice(40, 1);
    }));

  it("a record before its time", () =>
    expectFound("records", "record", ({ records }) => {
      records[30]!.header.atMs = 1000;
    }));

  it("a writer of an epoch that is over", () =>
    expectFound("records", "record", ({ records }) => {
      records[10]!.header.writerEpoch = 0;
    }));

  it("an epoch that nobody opened", () =>
    expectFound("records", "record", ({ records }) => {
      for (const { header } of records.slice(10)) header.writerEpoch = 2;
    }));

  it("a record that calls itself durable", () =>
    expectFound("records", "record", ({ records }) => {
      records[10]!.header.durableSequence = 11;
    }));

  it("a wrong number of events", () =>
    expectFound("events", "record", ({ records }) => {
      records[10]!.header.eventCount += 1;
    }));

  it("a journal of another ledger", async () => {
    const forgery = await honestJournal();
    const report = await verifyRecords(forgery.encode(), { ledgerId: "another" });
    expect(report.problems[0]).toMatchObject({ check: "records", sequence: 1, index: -1 });
  });

  it("a chain that breaks", async () => {
    const records = (await honestJournal()).encode();
    records.splice(20, 1, { ...records[20]!, previousChain: new Uint8Array(32) });
    const report = await verifyRecords(records, { ledgerId: LEDGER });
    expect(report.problems[0]).toMatchObject({ check: "records", sequence: 21 });
  });
});

describe("verify finds forged events:", () => {
  it("a kind that nobody knows", () =>
    expectFound("events", "event", (forgery) => {
      const event = forgery.event("exposed");
      event[0] = (event[0]! & 0xffffff00) | 63;
    }));

  it("a length that is not the kind's", () =>
    expectFound("events", "exposed", (forgery) => {
      const event = forgery.event("exposed");
      forgery.replace(event, spliced(event, event.length, 0, 0));
    }));

  it("flags that the kind has not", () =>
    expectFound("events", "granted", (forgery) => {
      forgery.event("granted")[0]! |= 1 << 15;
    }));

  it("a campaign that was never opened", () =>
    expectFound("events", "granted", (forgery) => {
      const event = forgery.event("granted");
      event[HEAD.time] = (event[HEAD.time]! & 0xffff) | (9 << 16);
    }));

  it("an offer that does not exist", () =>
    expectFound("events", "granted", (forgery) => {
      forgery.event("granted")[GRANTED.offer]! |= 0xff00;
    }));

  it("an instant that runs back within a record", () =>
    expectFound("events", "granted", (forgery) => {
      const event = forgery.event("assigned", -1);
      event[HEAD.time]! += 50;
    }));
});

describe("verify finds forged openings:", () => {
  it("a commitment that is no hash", () =>
    expectFound("openings", "opened", (forgery) => {
      forgery.reopen((opening) => {
        opening.seedCommitment = "none";
      });
    }));

  it("a cap on nothing that is known", () =>
    expectFound("openings", "opened", (forgery) => {
      forgery.reopen(({ definition }) => {
        definition.caps[0]!.dimension = "moon";
      });
    }));

  it("days out of order", () =>
    expectFound("openings", "opened", (forgery) => {
      forgery.reopen(({ definition }) => {
        definition.dayStartsMs.reverse();
      });
    }));

  it("a definition without offers", () =>
    expectFound("openings", "opened", (forgery) => {
      forgery.reopen(({ definition }) => {
        definition.offers = [];
      });
    }));

  it("a text that is no definition", () =>
    expectFound("openings", "opened", (forgery) => {
      forgery.event("opened")[3] = 0;
    }));

  it("two campaigns of one name", () =>
    expectFound("openings", "opened", (forgery) => {
      forgery.reopen(({ definition }) => {
        definition.id = "trial";
      });
    }));
});

const SUSPICIONS: readonly EventKind[] = [
  ...(["held", "released", "extended"] as const),
  ...(["clawed_back", "receivable_settled"] as const),
];

/** Words that nothing else depends on: ids, content, marks, texts, and when a shop was paid. */
function isFree(kind: EventKind, word: number, event: Uint32Array): boolean {
  if (word === HEAD.time || kind === "opened") return true;
  if (kind === "assigned" || kind === "exposed") {
    return word >= ASSIGNED.userKey && word < ASSIGNED.arm;
  }
  if (kind === "granted" || kind === "withheld") {
    const attributes = event[GRANTED.counts]! & 0xff;
    const cells = (event[GRANTED.counts]! >>> 8) & 0xff;
    const inTail = word - GRANTED.rest;
    if (inTail >= 0 && inTail < 6 * attributes) return inTail % 6 >= 2;
    if (inTail >= 6 * attributes + 2 * cells) return true;
    return word >= GRANTED.id && word < GRANTED.user;
  }
  if (kind === "redeemed") {
    const attributes = event[16]! & 0xff;
    const inTail = word - 17;
    if (inTail >= 0 && inTail < 6 * attributes) return inTail % 6 >= 2;
    return (word >= 4 && word < 10) || word === 14 || word === 15;
  }
  // Of what was proposed and taken back nothing follows, nor of why a batch was ordered.
  if (kind === "proposed" || kind === "rejected" || kind === "compensated") return word > 2;
  if (kind === "contingency" || kind === "loss") {
    const isBack = ((event[0]! >>> 8) & TAKEN_BACK) !== 0;
    if (isBack) return (word >= COVER.id && word <= COVER.note) || word >= COVER.tail;
    const isOrdinal = word === COVER.tail || word === COVER.tail + 1;
    if (word >= COVER.paidAt) return event[COVER.counts] === 0 || !isOrdinal;
    return word >= COVER.id && word <= COVER.note;
  }
  if (kind === "listed") return word >= LISTED.users;
  // When it was seen, within bounds.
  if (kind === "exposure_imported") return word === EXPOSURE_IMPORTED.seenAt;
  if (kind === "invited") return word >= INVITED.id && word < INVITED.user;
  if (kind === "draw_entered") return word >= ENTERED.id && word < ENTERED.user;
  if (kind === "blocked" || kind === "unblocked") {
    // Another pseudonym is another one's block; its end may be any that lies ahead.
    return (word >= BLOCK.key && word <= BLOCK.note) || word >= BLOCK.tail;
  }
  if (SUSPICIONS.includes(kind)) {
    const texts = SUSPECT.tail + 2 * event[SUSPECT.counts]!;
    return (word >= SUSPECT.id && word <= SUSPECT.note) || word >= texts;
  }
  // A cursor that lags behind only makes the next sweep longer.
  if (kind === "swept") return word === SWEPT.cursor;
  return (kind === "cancelled" || kind === "reversed") && word >= 4 && word < 10;
}

describe("verify of a journal in which one word was changed", () => {
  it("finds it, wherever something else depends on the word", async () => {
    const stream = randomStream(7, "forged words");
    const missed: string[] = [];
    for (let round = 0; round < 200; round++) {
      const forgery = await honestJournal();
      const events = forgery.records.flatMap((record) => record.events);
      const event = events[stream.nextInt(events.length)]!;
      const kind = eventKindName(event[0]! & 0xff)!;
      const word = stream.nextInt(event.length);
      if (isFree(kind, word, event)) continue;
      event[word]! ^= 1 << stream.nextInt(word === 0 ? 16 : 32);
      const report = await verifyRecords(forgery.encode(), { ledgerId: LEDGER });
      if (report.ok) missed.push(`${kind} word ${word}`);
    }
    expect(missed).toEqual([]);
  });

  it("never throws, whatever a word becomes", async () => {
    const stream = randomStream(8, "forged words");
    for (let round = 0; round < 80; round++) {
      const forgery = await honestJournal();
      const events = forgery.records.flatMap((record) => record.events);
      for (let changes = 0; changes < 3; changes++) {
        const event = events[stream.nextInt(events.length)]!;
        event[1 + stream.nextInt(event.length - 1)] = stream.nextU32();
      }
      await expect(verifyRecords(forgery.encode(), { ledgerId: LEDGER })).resolves.toBeDefined();
    }
  });
});
