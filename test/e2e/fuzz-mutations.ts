// How values and bytes are spoilt: at a random place, with what has broken parsers before.
import type { RandomStream } from "../../src/base/keystream.ts";

export function pick<T>(random: RandomStream, list: readonly T[]): T {
  return list[random.nextInt(list.length)]!;
}

const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1.5,
  0.1 + 0.2,
  2 ** 53,
  2 ** 53 + 2,
  -(2 ** 63),
  1e308,
  5e-324,
  "",
  " ",
  "0",
  "2500",
  "NaN",
  "x".repeat(128),
  "x".repeat(129),
  "é".repeat(65),
  "🧧".repeat(32),
  "🧧".repeat(33),
  "\ud800",
  "\udc00a",
  "\u0000",
  "../../etc/passwd",
  "__proto__",
  "' or 1=1 --",
  [],
  [[]],
  [1],
  {},
  { __proto__: null },
  { id: "x" },
  "x".repeat(70_000),
  Array.from({ length: 10_050 }, () => "u"),
  Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`k${i}`, "v"])),
];

const KEYS = [
  "id",
  "user",
  "offer",
  "extra",
  "__proto__",
  "constructor",
  "toString",
  "",
  "ID",
  "amountMinor",
];

/** The value with one place of it changed. */
export function mutateValue(random: RandomStream, value: unknown): unknown {
  if (typeof value !== "object" || value === null || random.nextInt(6) === 0) {
    return pick(random, VALUES);
  }
  if (Array.isArray(value)) {
    const list = [...(value as unknown[])];
    const at = random.nextInt(list.length + 1);
    list[at] = at < list.length ? mutateValue(random, list[at]) : pick(random, VALUES);
    return list;
  }
  const entries = Object.entries(value);
  const at = random.nextInt(Math.max(1, entries.length));
  switch (random.nextInt(4)) {
    case 0:
      entries.splice(at, 1);
      break;
    case 1:
      entries.push([pick(random, KEYS), pick(random, VALUES)]);
      break;
    default:
      if (entries.length > 0) entries[at] = [entries[at]![0], mutateValue(random, entries[at]![1])];
  }
  // Object.fromEntries makes "__proto__" a key of its own, as JSON.parse does.
  return Object.fromEntries(entries);
}

/** Bytes with some of them changed, cut, doubled, or replaced. */
export function mutateBytes(random: RandomStream, body: Buffer): Buffer {
  const at = random.nextInt(body.length + 1);
  switch (random.nextInt(8)) {
    case 0:
      return body.subarray(0, at);
    case 1:
      return Buffer.concat([
        body,
        Buffer.from(pick(random, ["}", "x", "\u0000", "{}", "\n\n", ","])),
      ]);
    case 2:
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]);
    case 3: {
      const spoilt = Buffer.from(body);
      if (spoilt.length > 0) spoilt[Math.min(at, spoilt.length - 1)] = random.nextInt(256);
      return spoilt;
    }
    case 4: {
      const bad = [
        [0xff],
        [0xc0, 0x80],
        [0xed, 0xa0, 0x80],
        [0xf4, 0x90, 0x80, 0x80],
        [0xe2, 0x82],
      ];
      const invalid = Buffer.from(pick(random, bad));
      return Buffer.concat([body.subarray(0, at), invalid, body.subarray(at)]);
    }
    case 5:
      return Buffer.from("[".repeat(pick(random, [10, 5000, 60_000])));
    case 6:
      return Buffer.from(
        pick(random, ["", " ", "null", "[]", '"x"', "1e999", "NaN", "{]", "{'a':1}"]),
      );
    default:
      return Buffer.from(`{"id":"x","pad":"${"p".repeat(pick(random, [100, 65_536, 200_000]))}"}`);
  }
}
