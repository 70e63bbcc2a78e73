import { expect, test } from "vitest";
import { randomStream } from "../../base/keystream.ts";
import { EntryHeap } from "./sort-entries.ts";
import { UserList } from "./user-list.ts";

const keyOf = (entry: bigint): Uint32Array =>
  new Uint32Array([Number(entry & 0xffffffffn), Number(entry >> 32n), 7, 7]);

async function listOf(entries: readonly bigint[]): Promise<BigUint64Array> {
  const heap = new EntryHeap();
  for (const entry of entries) heap.add(keyOf(entry)[0]!, keyOf(entry)[1]!);
  return await heap.sorted(async () => {});
}

test("a list holds whom it was made of, each once, and nobody else", async () => {
  const stream = randomStream(5, "list");
  const draw = (): bigint => new BigUint64Array(stream.nextBytes(8).buffer)[0]!;
  for (const count of [0, 1, 2, 3, 1000, 70_000]) {
    const members = Array.from({ length: count }, draw);
    const entries = await listOf([...members, ...members.slice(0, 10)]);
    expect(entries.length).toBe(count);
    expect(entries.every((entry, i) => i === 0 || entry > entries[i - 1]!)).toBe(true);
    const list = new UserList(entries);
    expect(list.bytes).toBe(8 * count);
    expect(members.every((member) => list.has(keyOf(member), 0))).toBe(true);
    const others = Array.from({ length: 1000 }, draw);
    expect(others.some((other) => list.has(keyOf(other), 0))).toBe(false);
  }
});

test("entries that are not spread evenly are found all the same", async () => {
  const members = Array.from({ length: 5000 }, (_, i) => BigInt(i));
  members.push(2n ** 64n - 1n, 2n ** 64n - 2n, 2n ** 63n);
  const list = new UserList(await listOf(members));
  expect(members.every((member) => list.has(keyOf(member), 0))).toBe(true);
  expect(list.has(keyOf(5000n), 0)).toBe(false);
  expect(list.has(keyOf(2n ** 62n), 0)).toBe(false);
  expect(list.has(keyOf(2n ** 64n - 3n), 0)).toBe(false);
});
