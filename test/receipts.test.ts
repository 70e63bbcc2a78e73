// Receipts: a genuine one is accepted offline, whatever is changed in one is refused in words, and
// keys and witnesses count as they should.
import { beforeAll, describe, expect, it } from "vitest";
import { utf8 } from "../src/base/bytes.ts";
import { EVENT_KINDS } from "../src/core/event.ts";
import { payloadWords } from "../src/core/event-view.ts";
import { madeBy } from "../src/core/made-by.ts";
import {
  checkReceipt,
  type JournalRecord,
  type LogTree,
  nextKeyLine,
  type Receipt,
  type ReceiptFacts,
} from "../src/journal/index.ts";
import { nodeVerify } from "../src/transparency/note-signer.ts";
import {
  checkpointOf,
  cosigned,
  findMade,
  NEXT_SIGNER,
  ORIGIN,
  receiptFor,
  SIGNER,
  treeOf,
  WITNESS,
} from "./receipts.fixture.ts";
import { liveInMemory } from "./verify/live-in-memory.ts";

let records: JournalRecord[];
let tree: LogTree;
let receipt: Receipt;

beforeAll(async () => {
  records = (await liveInMemory()).records;
  tree = treeOf(records);
  receipt = receiptFor(records, "grant", checkpointOf(tree, records.length));
});

function check(value: unknown, trust: Partial<Parameters<typeof checkReceipt>[1]> = {}) {
  return checkReceipt(utf8(JSON.stringify(value)), { key: SIGNER.key, ...trust });
}

function facts(value: unknown, trust = {}): ReceiptFacts {
  const found = check(value, trust);
  if (typeof found === "string") throw new Error(found);
  return found;
}

/** The receipt with one nibble changed at a place of its hex. */
function flipped(hex: string, at = 5): string {
  const digit = hex[at] === "0" ? "1" : "0";
  return hex.slice(0, at) + digit + hex.slice(at + 1);
}

describe("a genuine receipt", () => {
  it("proves a grant with record, instant and amount", () => {
    const { record, grant, campaign } = findMade(records, "grant");
    const found = facts(receipt);
    expect(found).toMatchObject({ origin: ORIGIN, kind: "granted", campaign, grant });
    expect(found.sequence).toBe(record.sequence);
    expect(found.size).toBe(records.length);
    expect(found.amountMinor).toBeGreaterThan(0);
    expect(found.isRotated).toBe(false);
  });

  it("proves a redemption", () => {
    const one = receiptFor(records, "redemption", checkpointOf(tree, records.length));
    expect(facts(one)).toMatchObject({ kind: "redeemed", campaign: 0 });
  });

  it("is the same to OpenSSL and to the portable code", () => {
    expect(facts(receipt, { verify: nodeVerify })).toEqual(facts(receipt));
  });

  it("exists under every checkpoint that covers its record, and under no other", () => {
    const { record } = findMade(records, "grant");
    for (let size = record.sequence; size <= records.length; size++) {
      facts(receiptFor(records, "grant", checkpointOf(tree, size)));
    }
    const earlier = { ...receipt, checkpoint: checkpointOf(tree, record.sequence - 1) };
    expect(check(earlier)).toMatch(/covers records 1 to/);
  });

  it("discloses nothing of the events beside it", () => {
    const { record } = findMade(records, "grant");
    const seed = Buffer.from(record.blindingSeed).toString("hex");
    expect(JSON.stringify(receipt)).not.toContain(seed);
    expect(receipt.record.header.slice(2 * 56, 2 * 72)).toBe("0".repeat(32));
    expect(receipt.record.header).toHaveLength(240);
  });
});

describe("a forged receipt is refused", () => {
  const ROOT = /does not lead to the signed root/;
  const forgeries: [string, (one: Receipt) => unknown, RegExp][] = [
    [
      "event changed",
      (one) => ({ ...one, event: { ...one.event, bytes: flipped(one.event.bytes, 130) } }),
      ROOT,
    ],
    [
      "blinding changed",
      (one) => ({ ...one, event: { ...one.event, blinding: flipped(one.event.blinding) } }),
      ROOT,
    ],
    [
      "event's path changed",
      (one) => {
        const [first, ...rest] = one.event.path;
        return { ...one, event: { ...one.event, path: [flipped(first!), ...rest] } };
      },
      ROOT,
    ],
    [
      "record's path changed",
      (one) => {
        const [first, ...rest] = one.record.path;
        return { ...one, record: { ...one.record, path: [flipped(first!), ...rest] } };
      },
      ROOT,
    ],
    [
      "record's path cut",
      (one) => ({ ...one, record: { ...one.record, path: one.record.path.slice(1) } }),
      /record\.path: no path/,
    ],
    [
      "event's path longer",
      (one) => {
        const path = [...one.event.path, ...one.event.path];
        return { ...one, event: { ...one.event, path } };
      },
      /event\.path: no path/,
    ],
    [
      "time of the record changed",
      (one) => ({ ...one, record: { ...one.record, header: flipped(one.record.header, 50) } }),
      ROOT,
    ],
    [
      "header of something else",
      (one) => ({ ...one, record: { ...one.record, header: flipped(one.record.header, 1) } }),
      /record's header of a known version/,
    ],
    [
      "chain changed",
      (one) => ({ ...one, record: { ...one.record, chain: flipped(one.record.chain) } }),
      ROOT,
    ],
    [
      "index beyond the record",
      (one) => ({ ...one, event: { ...one.event, index: 4_000_000_000 } }),
      /has \d+ events, found index/,
    ],
    [
      "root of the checkpoint changed",
      (one) => {
        const [origin, size, , ...rest] = one.checkpoint.split("\n");
        const root = Buffer.alloc(32, 7).toString("base64");
        return { ...one, checkpoint: [origin, size, root, ...rest].join("\n") };
      },
      /signature is wrong/,
    ],
    ["checkpoint cut", (one) => ({ ...one, checkpoint: one.checkpoint.slice(0, 40) }), /signed ch/],
    [
      "another grant named",
      (one) => ({ ...one, subject: { ...one.subject, grant: "0000000zzzzzzzzzzzzz" } }),
      /not what grants/,
    ],
    [
      "a redemption claimed of a grant",
      (one) => ({ ...one, subject: { ...one.subject, redemption: "r-1" } }),
      /not what redeems/,
    ],
    ["a field too many", (one) => ({ ...one, paid: true }), /expected only/],
    ["a field missing", ({ record: _, ...one }) => one, /\$\.record: expected/],
    ["another format", (one) => ({ ...one, format: "hongbao/receipt/9" }), /\$\.format/],
  ];
  it.each(forgeries)("%s", (_, forge, words) => {
    facts(receipt); // what is forged was genuine before
    const found = check(forge(receipt));
    expect(found).toMatch(words);
  });

  it("with another key of the same name", () => {
    const forged = { ...receipt, checkpoint: checkpointOf(tree, records.length, [NEXT_SIGNER]) };
    expect(check(forged)).toMatch(/not signed by the given key/);
    expect(check(receipt, { key: NEXT_SIGNER.key })).toMatch(/not signed by the given key/);
  });

  it("under the checkpoint of another log", () => {
    const other = checkpointOf(tree, records.length, [SIGNER], [], "hongbao/another");
    expect(check({ ...receipt, checkpoint: other })).toMatch(/of the log hongbao\/another/);
  });

  it("as a file that is empty, cut, huge, no text, or no JSON", () => {
    const read = (bytes: Uint8Array): unknown => checkReceipt(bytes, { key: SIGNER.key });
    const whole = utf8(JSON.stringify(receipt));
    expect(read(new Uint8Array(0))).toMatch(/empty file/);
    for (const part of [0.1, 0.5, 0.999]) {
      expect(read(whole.subarray(0, Math.floor(whole.length * part)))).toMatch(/cut or other file/);
    }
    expect(read(new Uint8Array(2_000_000).fill(0x20))).toMatch(/at most 1048576 bytes/);
    expect(read(Uint8Array.of(0xff, 0xfe, 0x00))).toMatch(/UTF-8/);
    for (const text of ["null", "[]", "12", '"x"', "{}"]) {
      expect(read(utf8(text))).toMatch(/^\$/);
    }
  });

  it("whatever single byte of the file is changed", () => {
    const whole = utf8(JSON.stringify(receipt));
    const before = facts(receipt);
    for (let at = 0; at < whole.length; at += 7) {
      const changed = whole.slice();
      changed[at]! ^= 1;
      const found = checkReceipt(changed, { key: SIGNER.key, verify: nodeVerify });
      if (typeof found === "string") continue;
      // Only the names that nothing proves may differ, or the case of a hex digit.
      const { parts: _, ...proven } = found;
      const { parts: __, ...expected } = before;
      expect(JSON.stringify(proven)).toBe(JSON.stringify(expected));
    }
  });
});

describe("keys and witnesses", () => {
  it("a receipt under a later key is accepted by whoever follows the announcements", () => {
    const announced = checkpointOf(tree, 2, [SIGNER, NEXT_SIGNER], [nextKeyLine(NEXT_SIGNER.key)]);
    const note = checkpointOf(tree, records.length, [NEXT_SIGNER]);
    const later = receiptFor(records, "grant", note, [announced]);
    expect(facts(later).isRotated).toBe(true);
    expect(facts(later, { key: NEXT_SIGNER.key }).isRotated).toBe(false);
    facts(receipt); // the old receipt, with the old key, as before
    expect(check({ ...later, announcements: [] })).toMatch(/not signed by the given key/);
  });

  it("an announcement counts only when both keys signed it", () => {
    const note = checkpointOf(tree, records.length, [NEXT_SIGNER]);
    for (const signers of [[SIGNER], [NEXT_SIGNER], []]) {
      const line = nextKeyLine(NEXT_SIGNER.key);
      const announced = signers.length === 0 ? "x" : checkpointOf(tree, 2, signers, [line]);
      const later = receiptFor(records, "grant", note, [announced]);
      expect(check(later)).toMatch(/not signed by the given key/);
    }
  });

  it("a witness that is asked for must have cosigned", () => {
    const atMs = 1_770_000_000_000;
    const seen = receiptFor(
      records,
      "grant",
      cosigned(checkpointOf(tree, records.length), WITNESS, atMs),
    );
    const [witness] = facts(seen, { witnesses: [WITNESS.key] }).witnesses;
    expect(witness).toEqual({ by: WITNESS.key, atMs });
    expect(check(receipt, { witnesses: [WITNESS.key] })).toMatch(/did not cosign/);
    // The log's own key signs, but witnesses nothing.
    expect(check(seen, { witnesses: [SIGNER.key] })).toMatch(/is not one of a witness/);
    const lines = seen.checkpoint.trimEnd().split("\n");
    const [dash, name, signature] = lines.at(-1)!.split(" ");
    const bytes = Buffer.from(signature!, "base64");
    bytes[8]! ^= 1; // its time
    lines[lines.length - 1] = `${dash} ${name} ${bytes.toString("base64")}`;
    const forged = { ...seen, checkpoint: `${lines.join("\n")}\n` };
    expect(check(forged, { witnesses: [WITNESS.key] })).toMatch(/cosignature .* is wrong/);
  });
});

describe("what an event makes", () => {
  it("is decided for every kind of event", () => {
    const makes = new Set<string>();
    const kinds = Object.entries(EVENT_KINDS);
    for (const [name, kind] of kinds) {
      const words = new Uint32Array(64);
      words[0] = kind | (64 << 16);
      if (madeBy(words, 0).length > 0) makes.add(name);
    }
    // A new kind that gives grants must be added to core/made-by.ts, or it has no receipts.
    expect([...makes].sort()).toEqual(["granted", "redeemed"]);
  });

  it("is what the books say", () => {
    const made = records.flatMap((record) => {
      const words = payloadWords(record.payload);
      const all = [];
      for (let at = 0; at < words.length; at += words[at]! >>> 16) all.push(...madeBy(words, at));
      return all;
    });
    const grants = made.filter(({ what }) => what === "grant");
    expect(grants.length).toBeGreaterThan(3);
  });
});
