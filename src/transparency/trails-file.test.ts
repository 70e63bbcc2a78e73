// Trails by themselves: grants that share a bucket, many entries, a file that was reopened.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TrailsFile } from "./trails-file.ts";

const GRANTS = 5000;
const ALL = 1000;

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hongbao-trails-"));
  file = join(folder, "trails");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Three rounds over all grants of two campaigns, a record each. */
function filled(): TrailsFile {
  const trails = TrailsFile.open(file, 0)!;
  for (let round = 0; round < 3; round++) {
    for (let grant = 0; grant < GRANTS; grant++) {
      for (const campaign of [0, 7])
        trails.push({ campaign, grant, record: recordOf(round, grant) });
    }
  }
  return trails;
}

function recordOf(round: number, grant: number): number {
  return 2 ** 33 + round * GRANTS + grant;
}

test("each grant's records come newest first, and nobody else's", () => {
  const trails = filled();
  for (const grant of [0, 1, 4711, GRANTS - 1]) {
    const records = [2, 1, 0].map((round) => recordOf(round, grant));
    expect(trails.recordsOf(0, grant, ALL)).toEqual(records);
    expect(trails.recordsOf(7, grant, 2)).toEqual(records.slice(0, 2));
  }
  expect(trails.recordsOf(1, 0, ALL)).toEqual([]);
  expect(trails.recordsOf(0, GRANTS, ALL)).toEqual([]);
  trails.close();
});

test("a record that meets a grant twice is read once", () => {
  const trails = TrailsFile.open(file, 0)!;
  for (const record of [3, 5, 5, 9]) trails.push({ campaign: 0, grant: 1, record });
  expect(trails.recordsOf(0, 1, ALL)).toEqual([9, 5, 3]);
  trails.close();
});

test("what was synced is found again; what came after is cut off", () => {
  const trails = filled();
  const { length } = trails;
  trails.push({ campaign: 0, grant: 1, record: 2 ** 40 });
  trails.sync();
  trails.close();
  const again = TrailsFile.open(file, length)!;
  expect(again.recordsOf(0, 1, ALL)).toEqual([2, 1, 0].map((round) => recordOf(round, 1)));
  again.push({ campaign: 0, grant: 1, record: 2 ** 35 });
  expect(again.recordsOf(0, 1, 1)).toEqual([2 ** 35]);
  again.close();
  expect(TrailsFile.open(file, length + 100)).toBeNull();
});

test("entries that lead in a circle end the search", () => {
  const trails = TrailsFile.open(file, 0)!;
  trails.push({ campaign: 0, grant: 1, record: 3 });
  trails.sync();
  trails.close();
  const bytes = readFileSync(file);
  bytes.writeUInt32LE(1, 12);
  writeFileSync(file, bytes);
  const damaged = TrailsFile.open(file, 1)!;
  expect(damaged.recordsOf(0, 1, ALL)).toEqual([3]);
  damaged.close();
});
