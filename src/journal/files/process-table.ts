// Who a process is, so that a lock's owner can be proved dead. On Linux from /proc; elsewhere only
// "no such process on this host" proves anything.
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import { errorCode } from "./disk.ts";
import type { LockOwner, ProcessTable } from "./lock.ts";

/** The operating system's processes. */
export const nodeProcessTable: ProcessTable = {
  self: () => ({
    bootId: bootId(),
    pidNamespace: pidNamespace(),
    pid: process.pid,
    startedAt: processState(process.pid)?.startedAt ?? "",
    nonce: randomUUID(),
  }),
  stateOf: (owner: LockOwner) => {
    if (owner.bootId !== bootId() || owner.pidNamespace !== pidNamespace()) return "unknown";
    if (process.platform !== "linux") return isGone(owner.pid) ? "dead" : "unknown";
    const state = processState(owner.pid);
    if (state === null || state.ended || state.startedAt !== owner.startedAt) return "dead";
    return "alive";
  },
};

function bootId(): string {
  return readText("/proc/sys/kernel/random/boot_id") ?? `host:${os.hostname()}`;
}

function pidNamespace(): string {
  try {
    return fs.readlinkSync("/proc/self/ns/pid");
  } catch {
    return ""; // no /proc: one namespace
  }
}

/** Fields 3 and 22 of /proc/PID/stat; the name in field 2 may hold anything, even brackets. */
function processState(pid: number): { startedAt: string; ended: boolean } | null {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { startedAt: fields[19] ?? "", ended: fields[0] === "Z" || fields[0] === "X" };
}

/** Whether this host provably has no process of that id. */
export function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return errorCode(error) === "ESRCH";
  }
}

function readText(path: string): string | null {
  try {
    return fs.readFileSync(path, "utf8").trim();
  } catch {
    return null; // not Linux, or no such process
  }
}
