// Server and command line change the same keys.json: neither may undo what the other did.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeProcessTable } from "../journal/files/process-table.ts";
import { fileKeyStore, Keys } from "./index.ts";

let directory = "";
const opened: Keys[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "hongbao-keys-"));
});
afterEach(async () => {
  for (const keys of opened.splice(0)) keys.close();
  await rm(directory, { recursive: true, force: true });
});

async function openKeys(): Promise<Keys> {
  const keys = await Keys.open(fileKeyStore(directory));
  opened.push(keys);
  return keys;
}

const named = (name: string) => ({ name, scope: "app" }) as const;

describe("keys that two processes change", () => {
  test("stay revoked when the other one makes a key before it looked", async () => {
    const server = await openKeys();
    const { key, secret } = await server.add(named("leaked"), 1);
    await (await openKeys()).revoke(key.key, 2);
    await server.add(named("other"), 3);
    expect(server.authenticate(secret)).toBeNull();
    const kept = (await openKeys()).list();
    expect(kept).toMatchObject([{ name: "leaked", revokedAtMs: 2 }, { name: "other" }]);
  });

  test("are all kept when both change them at the same time", async () => {
    const rings = await Promise.all(Array.from({ length: 4 }, openKeys));
    const names = Array.from({ length: 20 }, (_, n) => `key-${n}`);
    await Promise.all(names.map((name, n) => rings[n % 4]!.add(named(name), n)));
    const kept = (await openKeys()).list().map(({ name }) => name);
    expect(kept.sort()).toEqual(names.sort());
    expect(await readdir(directory)).toEqual(["keys.json"]);
  });

  test("can be changed after a process died in the middle of a change", async () => {
    const child = spawn(process.execPath, ["-e", "process.stdin.resume()"]);
    const self = nodeProcessTable.self();
    const dead = { ...self, pid: child.pid, startedAt: "0", nonce: "dead" };
    child.kill("SIGKILL");
    await once(child, "close");
    await writeFile(join(directory, "keys.lock"), `${JSON.stringify(dead)}\n`);
    const keys = await openKeys();
    await keys.add(named("after"), 1);
    expect(await readdir(directory)).toEqual(["keys.json"]);
  });

  test("wait no longer than moments for a lock of another boot", async () => {
    const other = { ...nodeProcessTable.self(), bootId: "another", nonce: "left" };
    await writeFile(join(directory, "keys.lock"), `${JSON.stringify(other)}\n`);
    await (await openKeys()).add(named("after"), 1);
    expect(await readdir(directory)).toEqual(["keys.json"]);
  });
});
