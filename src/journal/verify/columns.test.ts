import { describe, expect, it } from "vitest";
import { randomStream } from "../../base/keystream.ts";
import { KeyBook, moneyColumn, wordColumn } from "./columns.ts";

describe("a key book", () => {
  it("knows each of many keys under its ordinal, and no other", () => {
    const stream = randomStream(1, "keys");
    const keys = Uint32Array.from({ length: 4 * 150_000 }, () => stream.nextU32());
    const book = new KeyBook();
    for (let i = 0; i < keys.length; i += 4) book.add(keys, i);
    let wrong = 0;
    for (let i = 0; i < keys.length; i += 4) if (book.find(keys, i) !== i / 4) wrong += 1;
    expect([book.count, wrong]).toEqual([150_000, 0]);
    const strangers = Uint32Array.from({ length: 4000 }, () => stream.nextU32());
    for (let i = 0; i < strangers.length; i += 4) expect(book.find(strangers, i)).toBe(-1);
  });

  it("keeps keys apart that differ in one word alone, the zero key among them", () => {
    const book = new KeyBook();
    const keys = [0, 1, 2, 3, 4].map((word) =>
      Uint32Array.from({ length: 4 }, (_, i) => (i + 1 === word ? 1 : 0)),
    );
    for (const key of keys) book.add(key, 0);
    expect(keys.map((key) => book.find(key, 0))).toEqual([0, 1, 2, 3, 4]);
    expect(book.matches(1, keys[1]!, 0)).toBe(true);
    expect(book.matches(1, keys[2]!, 0)).toBe(false);
    expect(book.matches(9, keys[1]!, 0)).toBe(false);
  });
});

describe("a column of verify", () => {
  it("keeps far rows apart and reads 0 where nothing was written", () => {
    const column = wordColumn();
    const rows = [0, 63, 64, 65_535, 65_536, 4_000_000_000];
    for (const [i, row] of rows.entries()) column.set(row, i + 1);
    expect(rows.map((row) => column.get(row))).toEqual([1, 2, 3, 4, 5, 6]);
    expect([1, 100_000, 3_999_999_999].map((row) => column.get(row))).toEqual([0, 0, 0]);
  });

  it("adds money up to 2^53", () => {
    const column = moneyColumn();
    column.add(7, Number.MAX_SAFE_INTEGER - 1);
    column.add(7, 1);
    expect(column.get(7)).toBe(Number.MAX_SAFE_INTEGER);
  });
});
