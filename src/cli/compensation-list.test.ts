import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compensationList } from "./compensation-list.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hongbao-lost-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function listOf(text: string) {
  const file = join(folder, "lost.csv");
  await writeFile(file, text);
  return compensationList(file, 2);
}

describe("a list of what was lost", () => {
  it("is read as it stands, ids that look like numbers included", async () => {
    expect(await listOf("user,amount,grant\n007,40.00,\nann,,g-1\nann,,g-2\n")).toEqual([
      { user: "007", amountMinor: 4000 },
      { user: "ann", grant: "g-1" },
      { user: "ann", grant: "g-2" },
    ]);
  });

  it("names nobody twice: a second line would pass for a repetition", async () => {
    const twice = /row 3: expected each once, found user ann in row 1 already/;
    await expect(listOf("user\nann\nbob\nann\n")).rejects.toThrow(twice);
    const lost = /row 2: expected each once, found grant g-1 in row 1 already/;
    await expect(listOf("user,grant\nann,g-1\nann,g-1\n")).rejects.toThrow(lost);
  });
});
