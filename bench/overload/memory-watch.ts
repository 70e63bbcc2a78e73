// Watches the resident memory of another process, ten times a second.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const EVERY_MS = 100;

export class MemoryWatch {
  private readonly timer: NodeJS.Timeout;
  private largestBytes = 0;

  constructor(pid: number) {
    this.timer = setInterval(() => {
      this.largestBytes = Math.max(this.largestBytes, residentBytes(pid));
    }, EVERY_MS);
  }

  /** The largest resident memory seen. */
  stop(): number {
    clearInterval(this.timer);
    return this.largestBytes;
  }
}

function residentBytes(pid: number): number {
  const path = `/proc/${pid}/status`;
  if (existsSync(path)) {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(path, "utf8"))?.[1] ?? 0) * 1024;
  }
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) * 1024;
}
