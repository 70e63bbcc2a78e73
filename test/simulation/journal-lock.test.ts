// One writer a directory: who gets the lock, from whom, and when only the operator may say so.
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { utf8 } from "../../src/base/bytes.ts";
import { openDirectoryJournal } from "../../src/journal/files/directory-journal.ts";
import type { DiskFile } from "../../src/journal/files/disk.ts";
import {
  LOCK_FILE,
  type LockOwner,
  type ProcessTable,
  takeLock,
} from "../../src/journal/files/lock.ts";
import { nodeProcessTable } from "../../src/journal/files/process-table.ts";
import { SimulatedDisk } from "./disk.ts";

type State = "alive" | "dead" | "unknown";

let nonces = 0;

/** Processes as a test wants them; those not named are dead. */
function processes(name: string, states: Record<string, State> = {}): ProcessTable {
  return {
    self: () => owner(name),
    stateOf: ({ startedAt }) => states[startedAt] ?? "dead",
  };
}

function owner(name: string): LockOwner {
  return { bootId: "b", pidNamespace: "n", pid: 7, startedAt: name, nonce: `${name}-${++nonces}` };
}

const locked = (message: string) => ({
  code: "journal_locked",
  message: expect.stringContaining(message),
});

describe("the lock of a directory", () => {
  it("keeps a second process out until the first lets go", async () => {
    const disk = new SimulatedDisk({ seed: 1 });
    const first = await takeLock(disk, processes("a"), false);
    const second = processes("b", { a: "alive" });
    await expect(takeLock(disk, second, false)).rejects.toMatchObject(locked("open in process 7"));
    await expect(takeLock(disk, second, true)).rejects.toMatchObject(locked("open in process 7"));
    await first.release();
    await (await takeLock(disk, second, false)).release();
    expect(await disk.list()).toEqual([]);
  });

  it("is taken over from a dead process, whose late release then does nothing", async () => {
    const disk = new SimulatedDisk({ seed: 1 });
    const dead = await takeLock(disk, processes("a"), false);
    await takeLock(disk, processes("b"), false);
    await dead.release();
    const third = processes("c", { b: "alive" });
    await expect(takeLock(disk, third, false)).rejects.toMatchObject({ code: "journal_locked" });
    expect(await disk.list()).toEqual([LOCK_FILE]);
  });

  it("is taken from a process that may still run only by the flag", async () => {
    const disk = new SimulatedDisk({ seed: 1 });
    await takeLock(disk, processes("a"), false);
    const next = processes("b", { a: "unknown" });
    await expect(takeLock(disk, next, false)).rejects.toMatchObject(locked("--take-over"));
    await takeLock(disk, next, true);
    expect(await disk.list()).toEqual([LOCK_FILE]);
  });

  it("that a crash emptied is taken only by the flag", async () => {
    const disk = new SimulatedDisk({ seed: 1 });
    await disk.createExclusive(LOCK_FILE, new Uint8Array(0));
    const refused = takeLock(disk, processes("b"), false);
    await expect(refused).rejects.toMatchObject(locked("unknown process"));
    await takeLock(disk, processes("b"), true);
  });

  it("goes to exactly one of several that find a dead owner", async () => {
    for (let seed = 0; seed < 200; seed++) {
      const disk = new SlowDisk({ seed });
      await takeLock(disk, processes("dead"), false);
      const alive: Record<string, State> = { a: "alive", b: "alive", c: "alive" };
      const names = ["a", "b", "c"];
      const tries = names.map((name) => takeLock(disk, processes(name, alive), false));
      const settled = await Promise.allSettled(tries);
      const winners = settled.filter(({ status }) => status === "fulfilled");
      expect(winners.length, `seed ${seed}`).toBe(1);
      const holder = JSON.parse(new TextDecoder().decode(disk.content(LOCK_FILE))) as LockOwner;
      expect(settled[names.indexOf(holder.startedAt)]!.status).toBe("fulfilled");
    }
  });

  it("goes on from a process that died while it took over", async () => {
    const disk = new SimulatedDisk({ seed: 1 });
    await takeLock(disk, processes("a"), false);
    const [nonce] = /a-\d+/.exec(new TextDecoder().decode(disk.content(LOCK_FILE)))!;
    await disk.createExclusive(`lock.claim-${nonce}`, utf8(JSON.stringify(owner("b"))));
    const third = processes("c", { b: "alive" });
    await expect(takeLock(disk, third, false)).rejects.toMatchObject({ code: "journal_locked" });
    await takeLock(disk, processes("c"), false);
    expect(await disk.list()).toEqual([LOCK_FILE]);
  });
});

describe("the processes of this machine", () => {
  it("are told apart by start time, and a dead one is dead", async () => {
    const self = nodeProcessTable.self();
    expect(nodeProcessTable.stateOf(self)).toBe("alive");
    expect(nodeProcessTable.stateOf({ ...self, bootId: "another" })).toBe("unknown");
    expect(nodeProcessTable.stateOf({ ...self, pidNamespace: "another" })).toBe("unknown");
    const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"]);
    const asChild = { ...self, pid: child.pid! };
    child.kill("SIGKILL");
    await new Promise((resolve) => child.on("exit", resolve));
    expect(nodeProcessTable.stateOf(asChild)).toBe("dead");
  });

  it("with a reused id are not the owner", ({ skip }) => {
    if (process.platform !== "linux") skip("only Linux tells when a process started");
    const self = nodeProcessTable.self();
    expect(nodeProcessTable.stateOf({ ...self, startedAt: "1" })).toBe("dead");
  });

  it("cannot open one directory twice", async () => {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "hongbao-lock-"));
    const journal = await openDirectoryJournal({ directory, segmentBytes: 65_536 });
    const again = openDirectoryJournal({ directory });
    await expect(again).rejects.toMatchObject({ code: "journal_locked" });
    await journal.close();
    await (await openDirectoryJournal({ directory })).close();
    fs.rmSync(directory, { recursive: true });
  });
});

/** Lets any of several callers go first at every step. */
class SlowDisk extends SimulatedDisk {
  override async createExclusive(name: string, content: Uint8Array): Promise<boolean> {
    await this.#dawdle();
    return super.createExclusive(name, content);
  }

  override async openForReading(name: string): Promise<DiskFile> {
    await this.#dawdle();
    return super.openForReading(name);
  }

  override async rename(from: string, to: string): Promise<void> {
    await this.#dawdle();
    return super.rename(from, to);
  }

  override async remove(name: string): Promise<void> {
    await this.#dawdle();
    return super.remove(name);
  }

  async #dawdle(): Promise<void> {
    for (let turns = Math.floor(this.chance() * 12); turns > 0; turns--) await null;
  }
}
