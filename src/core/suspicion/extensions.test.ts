import { expect, it } from "vitest";
import { randomStream } from "../../base/keystream.ts";
import { Extensions } from "./extensions.ts";

/** Grants in the order of their ends, from the cursor on; -1 where one was extended again. */
function waiting(extensions: Extensions): [grant: number, endMs: number][] {
  const { cursor, length } = extensions;
  return Array.from({ length: length - cursor }, (_, i) => {
    return [extensions.grantAt(cursor + i), extensions.endAt(cursor + i)];
  });
}

it("wait in the order of their ends, equal ones as they came, also once restored", () => {
  const stream = randomStream(3, "extensions");
  const one = new Extensions();
  for (let i = 0; i < 2000; i++) {
    const least = one.cursor === 0 ? 0 : one.endAt(one.cursor - 1);
    one.push(stream.nextInt(300), least + 1 + stream.nextInt(400), 0);
    if (one.cursor < one.length && stream.nextInt(2) === 0) one.cursor += 1;
  }
  const before = waiting(one);
  const ends = before.map(([, endMs]) => endMs);
  expect(ends).toEqual([...ends].sort((a, b) => a - b));
  const last = new Map(before.filter(([grant]) => grant >= 0));
  expect(last.size).toBeGreaterThan(100);
  for (const [grant, endMs] of last) expect(one.untilOf(grant)).toBe(endMs);

  const again = new Extensions();
  for (const name of ["grants", "place"] as const) {
    for (let row = 0; row < 2000; row++) again[name].set(row, one[name].get(row));
  }
  for (let row = 0; row < 2000; row++) again.untilMs.set(row, one.untilMs.get(row));
  again.restore(one.scalars());
  expect(waiting(again)).toEqual(before);
});
