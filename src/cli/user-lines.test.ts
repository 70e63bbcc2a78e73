import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { userLines } from "./user-lines.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "hongbao-lines-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string | Uint8Array): Promise<string[][]> {
  const file = path.join(folder, "users.txt");
  await writeFile(file, content);
  const parts: string[][] = [];
  for await (const { users } of userLines(file)) parts.push(users);
  return parts;
}

it("takes one id a line, whatever ends the lines", async () => {
  expect(await read("\ufeffana\r\nbo\n\n\r\n chén \n鞋")).toEqual([["ana", "bo", " chén ", "鞋"]]);
  expect(await read("")).toEqual([[]]);
  expect(await read("ana\n")).toEqual([["ana"]]);
});

it("gives parts of ten thousand, also where a chunk of the file ends within a line", async () => {
  const users = Array.from({ length: 123_456 }, (_, i) => `user-é-${i}`);
  const parts = await read(users.join("\r\n"));
  expect(parts.map((part) => part.length)).toEqual([...Array(12).fill(10_000), 3456]);
  expect(parts.flat()).toEqual(users);
});

it("names the line that is no id", async () => {
  await expect(read(`ana\n${"x".repeat(129)}\nbo`)).rejects.toThrow(/line 2: .* found 129 bytes/);
  const bad = Buffer.concat([
    Buffer.from("ana\nbo\n"),
    Buffer.from([0xff, 0x0a]),
    Buffer.from("c"),
  ]);
  await expect(read(bad)).rejects.toThrow(/line 3: .* found bytes that are not UTF-8/);
  const endless = Buffer.alloc(3_000_000, "x");
  await expect(read(endless)).rejects.toThrow(/line 1: .* found a longer line/);
});
