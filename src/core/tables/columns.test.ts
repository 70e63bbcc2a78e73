import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteColumn, CHUNK_ROWS, KeyColumn, WideColumn, WordColumn } from "./columns.ts";

const ROWS = [0, 15, 16, 17, CHUNK_ROWS - 1, CHUNK_ROWS, 3 * CHUNK_ROWS + 5];

describe("a column", () => {
  it("reads 0 where nothing was written", () => {
    const columns = [new ByteColumn(), new WordColumn(), new WideColumn()];
    expect(columns.flatMap((column) => ROWS.map((row) => column.get(row)))).toEqual(
      new Array(21).fill(0),
    );
  });

  it("keeps what was written, in any order of rows", () => {
    const values = fc.array(fc.tuple(fc.nat(3 * CHUNK_ROWS), fc.nat(0xffffffff)));
    fc.assert(
      fc.property(values, (writes) => {
        const column = new WordColumn();
        const expected = new Map<number, number>();
        for (const [row, value] of writes) {
          column.set(row, value);
          expected.set(row, value);
        }
        for (const [row, value] of expected) expect(column.get(row)).toBe(value);
      }),
      { numRuns: 50 },
    );
  });

  it("keeps whole numbers up to 2^53, beside small ones", () => {
    const column = new WideColumn();
    column.set(1, 7);
    column.set(2, Number.MAX_SAFE_INTEGER);
    column.set(3, 2 ** 32);
    expect([1, 2, 3].map((row) => column.get(row))).toEqual([7, Number.MAX_SAFE_INTEGER, 2 ** 32]);
    column.set(2, 5);
    expect(column.get(2)).toBe(5);
  });

  it("adds and subtracts across 2^32", () => {
    const column = new WideColumn();
    column.add(0, 2 ** 32 - 1);
    column.add(0, 2);
    expect(column.get(0)).toBe(2 ** 32 + 1);
    column.add(0, -(2 ** 32));
    expect(column.get(0)).toBe(1);
  });

  it("comes back from its chunks", () => {
    const column = new WordColumn();
    for (const row of ROWS) column.set(row, row + 1);
    const restored = new WordColumn();
    column.chunks.forEach((chunk, index) => {
      if (chunk !== undefined) restored.restore(index, new Uint8Array(chunk.buffer));
    });
    expect(ROWS.map((row) => restored.get(row))).toEqual(ROWS.map((row) => row + 1));
  });
});

describe("a column of keys", () => {
  it("tells a key from every other", () => {
    const column = new KeyColumn();
    const key = Uint32Array.of(9, 1, 2, 3, 4);
    for (const row of ROWS) {
      key[1] = row;
      column.set(row, key, 1);
      expect(column.matches(row, key, 1)).toBe(true);
      for (let word = 1; word <= 4; word++) {
        const other = key.slice();
        other[word]! ^= 1;
        expect(column.matches(row, other, 1)).toBe(false);
      }
    }
  });

  it("reads back each key", () => {
    const column = new KeyColumn();
    for (const row of ROWS) column.set(row, Uint32Array.of(row, row + 1, row + 2, row + 3), 0);
    const out = new Uint32Array(6);
    for (const row of ROWS) {
      column.read(row, out, 1);
      expect([...out]).toEqual([0, row, row + 1, row + 2, row + 3, 0]);
      expect(column.word(row, 2)).toBe(row + 2);
    }
  });
});
