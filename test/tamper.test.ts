// Tampering by whoever holds the disk. He edits the journal and mends every checksum and the whole
// chain behind it, so that nothing but the books and a checkpoint that somebody else has kept can
// tell. Each way is found and named: by the books alone where what is left does not add up, and by
// the checkpoint always.
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../src/base/hash.ts";
import {
  CLOSED,
  CURVE_REVISED,
  EVENT_KINDS,
  EXPIRED,
  GRANTED,
  REDEEMED,
  REVERSED,
  TOTALS,
} from "../src/core/event.ts";
import type { Revision } from "../src/core/revision/revision-record.ts";
import { SUSPECT } from "../src/core/suspicion/suspicion-event.ts";
import { openDirectoryJournal, readDirectory } from "../src/journal/index.ts";
import { createMemoryJournal } from "../src/journal/memory-journal.ts";
import type { VerifyCheck } from "../src/journal/verify/findings.ts";
import { type VerifyReport, verifyRecords } from "../src/journal/verify/verify.ts";
import { nodeVerify } from "../src/transparency/note-signer.ts";
import { checkpointOf, NEXT_SIGNER, SIGNER, treeOf } from "./receipts.fixture.ts";
import { Forgery, spliced } from "./verify/forge.ts";
import { LEDGER, type Lived, liveInMemory } from "./verify/live-in-memory.ts";

let lived: Lived;
/** Published by the log when it had so many records, and kept by somebody else. */
let published: string;
let publishedSize: number;

beforeAll(async () => {
  lived = await liveInMemory();
  const tree = treeOf(lived.records);
  publishedSize = tree.size - 5;
  published = checkpointOf(tree, publishedSize);
}, 60_000);

function judge(forgery: Forgery, notes: readonly string[]): Promise<VerifyReport> {
  const given = notes.map((note, i) => ({ source: `kept ${i + 1}`, note }));
  const checkpoints = { given, key: SIGNER.key, verify: nodeVerify };
  return verifyRecords(forgery.encode(), { ledgerId: LEDGER, sha256, checkpoints });
}

function checksOf({ problems }: VerifyReport): Set<VerifyCheck> {
  return new Set(problems.map(({ check }) => check));
}

const isFixed = (event: Uint32Array): boolean => (event[GRANTED.offer]! & 0xffff) === 0;

/** Puts words of one event in the place of another's, and the other way round. */
function exchange(a: Uint32Array, b: Uint32Array, from: number, to: number): void {
  const kept = a.slice(from, to);
  a.set(b.subarray(from, to), from);
  b.set(kept, from);
}

interface Way {
  name: string;
  /** The check that finds it by the books alone; null: only a checkpoint does. */
  books: VerifyCheck | null;
  edit: (forgery: Forgery) => void;
}

const WAYS: readonly Way[] = [
  {
    name: "an amount changed",
    books: "amounts",
    edit: (forgery) => {
      forgery.event("granted", 3, isFixed)[GRANTED.amount]! += 100;
    },
  },
  {
    name: "an event dropped",
    books: "transitions",
    edit: (forgery) => forgery.replace(forgery.event("granted", 4)),
  },
  {
    name: "an event written twice",
    books: "ids",
    edit: (forgery) => {
      const event = forgery.event("redeemed", 2);
      forgery.replace(event, event, event.slice());
    },
  },
  {
    name: "two events in each other's place",
    books: "transitions",
    edit: (forgery) => {
      const [a, b] = [forgery.event("granted", 2), forgery.event("granted", 6)];
      const copy = a.slice();
      forgery.replace(a, b.slice());
      forgery.replace(b, copy);
    },
  },
  {
    name: "a record left out, the others numbered anew",
    books: "identities",
    edit: ({ records }) => {
      const at = records.findIndex(
        ({ events }) => ((events[0]?.[0] ?? 0) & 0xff) === EVENT_KINDS.assigned,
      );
      records.splice(at, 1);
      records.forEach(({ header }, i) => {
        header.sequence = i + 1;
        header.durableSequence = Math.min(header.durableSequence, i);
      });
    },
  },
  {
    name: "two winners of luck exchanged",
    books: "draws",
    edit: (forgery) => {
      const lucky = (event: Uint32Array): boolean => event[GRANTED.draw]! > 0;
      const a = forgery.event("granted", 0, lucky);
      const other = (event: Uint32Array): boolean =>
        lucky(event) && event[GRANTED.amount] !== a[GRANTED.amount];
      exchange(a, forgery.event("granted", 0, other), GRANTED.amount, GRANTED.counts);
    },
  },
  {
    name: "two grants given to each other's users",
    books: "charges",
    edit: (forgery) => {
      const [a, b] = [forgery.event("granted", 2, isFixed), forgery.event("granted", 3, isFixed)];
      exchange(a, b, GRANTED.user, GRANTED.amount);
    },
  },
  {
    name: "a time edited in a record's header",
    books: null,
    edit: ({ records }) => {
      const at = records.findIndex((record, i) => {
        const before = records[i - 1]?.header.atMs ?? 0;
        return i > 10 && record.header.atMs - before > 3000 && record.events.length > 0;
      });
      records[at]!.header.atMs -= 1;
    },
  },
  {
    name: "the mark of a caller changed",
    books: null,
    edit: (forgery) => {
      const event = forgery.event("granted", 0, (one) => one[GRANTED.counts]! >>> 16 > 0);
      event[event.length - 1]! ^= 0x20;
    },
  },
  {
    name: "the pseudonym of a claim's id changed",
    books: null,
    edit: (forgery) => {
      forgery.event("granted", 8, isFixed)[GRANTED.id]! ^= 1;
    },
  },
  {
    name: "a redemption moved to another merchant",
    books: "identities",
    edit: (forgery) => {
      const event = forgery.event("redeemed", 0, (one) => (one[REDEEMED.counts]! & 0xff) > 0);
      event[REDEEMED.tail + 2]! ^= 1;
    },
  },
  {
    name: "a redemption of more than was left",
    books: "transitions",
    edit: (forgery) => {
      forgery.event("redeemed", 1)[REDEEMED.amount]! += 5000;
    },
  },
  {
    name: "a cancellation dropped, so that its money is gone",
    books: "sweeps",
    edit: (forgery) => forgery.replace(forgery.event("cancelled", 1)),
  },
  {
    name: "a refund to the wrong grant",
    books: "transitions",
    edit: (forgery) => {
      forgery.event("reversed", 0)[REVERSED.grant]! += 1;
    },
  },
  {
    name: "a grant extended beyond the close",
    books: "suspicions",
    edit: (forgery) => {
      const [event] = forgery.all("extended", forgery.campaignOf("extended"));
      event![SUSPECT.amount]! += 3 * 86_400_000;
    },
  },
  {
    name: "expired money free at once",
    books: "settlements",
    edit: (forgery) => {
      forgery.event("expired", 0)[EXPIRED.freeAt]! -= 3_600_000;
    },
  },
  {
    name: "a held-out user made a treated one",
    books: "arms",
    edit: (forgery) => {
      forgery.event("assigned", 0, (event) => (event[7]! & 0xff) === 0)[7]! |= 1;
    },
  },
  {
    name: "a held-out claim left out",
    books: null,
    edit: (forgery) => forgery.replace(forgery.event("withheld", -1)),
  },
  {
    name: "a limit raised in the opening, after the fact",
    books: null,
    edit: (forgery) =>
      forgery.reopen(({ definition }) => {
        definition.caps.find(({ id }) => id === "all-grants")!.limit += 1000;
      }),
  },
  {
    name: "odds made better in the opening, after the fact",
    books: "draws",
    edit: (forgery) =>
      forgery.reopen(({ definition }) => {
        const { reward } = definition.offers[1]!;
        if (reward.kind === "table") reward.entries[2]!.odds = 3;
      }),
  },
  {
    name: "a seed other than the one committed to",
    books: "draws",
    edit: (forgery) => {
      forgery.event("closed")[CLOSED.seed]! ^= 1;
    },
  },
  {
    name: "another reason given for a revision",
    books: null,
    edit: (forgery) => {
      forgery.rewrite<Revision>(forgery.event("revised"), (revision) => {
        revision.why = "as it always was";
      });
    },
  },
  {
    name: "a second person's consent made up",
    books: "revisions",
    edit: (forgery) => {
      forgery.rewrite<Revision>(forgery.event("revised"), (revision) => {
        revision.approvedBy = "somebody";
      });
    },
  },
  {
    name: "money let out again of one expiry more than had settled",
    books: "pacing",
    edit: (forgery) => {
      const ofPaced = forgery.all("curve_revised", forgery.campaignOf("curve_revised"));
      ofPaced.find((event) => event[CURVE_REVISED.entries]! > 0)![CURVE_REVISED.entries]! += 1;
    },
  },
  {
    name: "totals made to fit",
    books: "totals",
    edit: (forgery) => {
      forgery.event("totals")[TOTALS.body]! += 1;
    },
  },
  {
    name: "a cell left out, so that a limit seems kept",
    books: "charges",
    edit: (forgery) => {
      const event = forgery.event("granted", 2, isFixed);
      const short = spliced(event, event.length - 2, 2);
      short[GRANTED.counts]! -= 1 << 8;
      forgery.replace(event, short);
    },
  },
  {
    name: "a grant to somebody who never claimed",
    books: "identities",
    edit: (forgery) => {
      const event = forgery.event("granted", 5, isFixed);
      const made = event.slice();
      made[GRANTED.grant]! += 1;
      made[GRANTED.id]! ^= 0xffff;
      made[GRANTED.userKey]! ^= 0xffff;
      forgery.replace(event, event, made);
    },
  },
];

describe("tampering with events, checksums and chain mended:", () => {
  it("control: the honest journal is sound, and leads to the checkpoint", async () => {
    const report = await judge(new Forgery(lived.records), [published]);
    expect(report.problems).toEqual([]);
    expect(report.checkpoints).toMatchObject({ matched: 1, signed: 1 });
    expect(WAYS.length).toBeGreaterThanOrEqual(20);
  });

  it.each(WAYS)("$name", async ({ books, edit }) => {
    const alone = new Forgery(lived.records);
    edit(alone);
    const byBooks = checksOf(await judge(alone, []));
    if (books === null) expect(byBooks).toEqual(new Set());
    else expect(byBooks).toContain(books);
    const forgery = new Forgery(lived.records);
    edit(forgery);
    const report = await judge(forgery, [published]);
    expect(checksOf(report)).toContain("checkpoints");
    const found = report.problems.find(({ check }) => check === "checkpoints")!;
    expect(found.expected).toContain("kept 1");
  });
});

describe("tampering with what was published:", () => {
  it("records after it are cut", async () => {
    const forgery = new Forgery(lived.records);
    forgery.records.splice(publishedSize - 3);
    expect(checksOf(await judge(forgery, []))).toEqual(new Set());
    expect(checksOf(await judge(forgery, [published]))).toContain("checkpoints");
  });

  it("it is signed again with another key", async () => {
    const forgery = new Forgery(lived.records);
    forgery.event("granted", 8, isFixed)[GRANTED.id]! ^= 1;
    const again = checkpointOf(treeOf(forgery.encode()), publishedSize, [NEXT_SIGNER]);
    const checks = checksOf(await judge(forgery, [again]));
    expect(checks).toEqual(new Set(["signatures"]));
  });

  it("two of one size tell two stories", async () => {
    const forgery = new Forgery(lived.records);
    forgery.event("granted", 8, isFixed)[GRANTED.id]! ^= 1;
    const other = checkpointOf(treeOf(forgery.encode()), publishedSize);
    expect((await judge(forgery, [other])).ok).toBe(true);
    expect(checksOf(await judge(forgery, [other, published]))).toContain("checkpoints");
  });

  it("one of another log is shown", async () => {
    const note = checkpointOf(treeOf(lived.records), publishedSize, [SIGNER], [], "elsewhere/log");
    const report = await judge(new Forgery(lived.records), [note]);
    expect(checksOf(report)).toContain("checkpoints");
  });

  it("control: what came after the last one is nobody's word but the operator's", async () => {
    const forgery = new Forgery(lived.records);
    forgery.records.splice(publishedSize + 2);
    expect((await judge(forgery, [published])).ok).toBe(true);
  });
});

describe("tampering with files:", () => {
  const folders: string[] = [];
  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true });
  });

  /** The lived records as a directory of small segments; another ledger's on wish. */
  async function directory(ledgerId = LEDGER): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "hongbao-tamper-"));
    folders.push(folder);
    const journal = await openDirectoryJournal({
      ...{ directory: folder, ledgerId, segmentBytes: 64 * 1024 },
    });
    const source = createMemoryJournal({ ledgerId, sha256 });
    await source.close();
    for (const { atMs, eventCount, payload, blindingSeed, flags } of lived.records) {
      if (payload.length === 0) continue;
      const totals = (flags & 4) !== 0;
      await journal.append({ atMs, eventCount, payload, blindingSeed, totals });
    }
    await journal.seal();
    await journal.close();
    return folder;
  }

  const segments = async (folder: string): Promise<string[]> =>
    (await readdir(folder)).filter((name) => name.endsWith(".journal")).sort();

  async function refusal(folder: string): Promise<string> {
    try {
      const reader = await readDirectory(folder);
      for await (const record of reader.records()) expect(record.sequence).toBeGreaterThan(0);
    } catch (error) {
      return String((error as { code?: string }).code);
    }
    return "none";
  }

  it("control: untouched it is read", async () => {
    expect(await refusal(await directory())).toBe("none");
  });

  it.each<[string, (folder: string, names: string[]) => Promise<void>]>([
    [
      "a segment of another ledger",
      async (folder, names) => {
        const other = await directory("another ledger");
        await writeFile(join(folder, names[1]!), await readFile(join(other, names[1]!)));
      },
    ],
    ["a segment taken out", async (folder, names) => rm(join(folder, names[1]!))],
    ["the last segment taken out", async (folder, names) => rm(join(folder, names.at(-1)!))],
    [
      "two segments in each other's place",
      async (folder, names) => {
        const [a, b] = [join(folder, names[0]!), join(folder, names[1]!)];
        const kept = await readFile(a);
        await writeFile(a, await readFile(b));
        await writeFile(b, kept);
      },
    ],
    ["a segment cut short", async (folder, names) => truncate(join(folder, names[0]!), 8192)],
    [
      "one bit",
      async (folder, names) => {
        const bytes = await readFile(join(folder, names[0]!));
        bytes[9000]! ^= 4;
        await writeFile(join(folder, names[0]!), bytes);
      },
    ],
    [
      "zeros over a record",
      async (folder, names) => {
        const bytes = await readFile(join(folder, names[0]!));
        await writeFile(join(folder, names[0]!), bytes.fill(0, 8192, 12_288));
      },
    ],
  ])("%s is refused by name", async (_, edit) => {
    const folder = await directory();
    await edit(folder, await segments(folder));
    expect(await refusal(folder)).toMatch(/^(journal_|wrong_ledger)/);
  });
});
