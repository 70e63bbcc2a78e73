import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomStream } from "../../base/keystream.ts";
import { KeyTable } from "./key-table.ts";

const MANY = 230_000;

function keysOf(seed: number, count: number): Uint32Array {
  const stream = randomStream(seed, "keys");
  return Uint32Array.from({ length: 4 * count }, () => stream.nextU32());
}

function filled(keys: Uint32Array, hashBits = 32): KeyTable {
  const table = new KeyTable(hashBits);
  for (let i = 0; i < keys.length; i += 4) table.add(keys, i);
  return table;
}

function expectAll(table: KeyTable, keys: Uint32Array): void {
  let wrong = 0;
  for (let i = 0; i < keys.length; i += 4) if (table.find(keys, i) !== i / 4) wrong += 1;
  expect(wrong).toBe(0);
  expect(table.count).toBe(keys.length / 4);
}

describe("a key table", () => {
  it("gives keys their ordinals in order of arrival", () => {
    const table = new KeyTable();
    const keys = keysOf(1, 3);
    expect([0, 4, 8].map((at) => table.add(keys, at))).toEqual([0, 1, 2]);
    expect([8, 0, 4].map((at) => table.find(keys, at))).toEqual([2, 0, 1]);
  });

  it("knows every key through several rounds of splits, and no other", () => {
    const keys = keysOf(2, MANY);
    const table = filled(keys);
    expectAll(table, keys);
    const strangers = keysOf(3, 10_000);
    let found = 0;
    for (let i = 0; i < strangers.length; i += 4) if (table.find(strangers, i) >= 0) found += 1;
    expect(found).toBe(0);
  });

  it("knows every key at every size on the way", () => {
    const keys = keysOf(4, 3000);
    const table = new KeyTable();
    for (let i = 0; i < keys.length; i += 4) {
      table.add(keys, i);
      const earlier = 4 * (((i / 4) * 7919) % (i / 4 + 1));
      expect(table.find(keys, earlier)).toBe(earlier / 4);
    }
    expectAll(table, keys);
  });

  it("knows every key when hashes of eight bits collide", () => {
    const keys = keysOf(5, 2000);
    expectAll(filled(keys, 8), keys);
  });

  it("is the same again when its index is rebuilt from the keys", () => {
    const keys = keysOf(6, 120_000);
    const table = filled(keys);
    table.rebuild(keys.length / 4);
    expectAll(table, keys);
    const more = keysOf(7, 10);
    expect(table.add(more, 0)).toBe(120_000);
    expect(table.find(more, 0)).toBe(120_000);
  });

  it("agrees with a Map whatever is asked of it", () => {
    const names = fc.array(fc.nat(40), { maxLength: 200 });
    fc.assert(
      fc.property(names, fc.constantFrom(1, 2, 8, 32), (asked, hashBits) => {
        const table = new KeyTable(hashBits);
        const model = new Map<number, number>();
        for (const name of asked) {
          const key = Uint32Array.of(name * 0x9e3779b1, name * 0x85ebca6b, name, 1);
          expect(table.find(key)).toBe(model.get(name) ?? -1);
          if (!model.has(name)) model.set(name, table.add(key));
        }
      }),
    );
  });

  it("takes a key under its own or the next ordinal only", () => {
    const keys = keysOf(8, 3);
    const table = filled(keys.subarray(0, 8));
    table.intern(keys, 4, 1);
    expect(() => table.intern(keys, 4, 0)).toThrow("ordinal");
    expect(() => table.intern(keys, 8, 3)).toThrow("ordinal");
    table.intern(keys, 8, 2);
    expect(table.find(keys, 8)).toBe(2);
  });
});
