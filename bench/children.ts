// Child processes and temporary folders of a benchmark. Whatever happens (success, failure, Ctrl-C)
// each child is ended by its process id and each folder is removed.
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "./root.ts";

const STOP_WAIT_MS = 10_000;

const children = new Set<ChildProcess>();
const folders = new Set<string>();

process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
process.on("SIGINT", () => process.exit(130));
process.on("SIGTERM", () => process.exit(143));

export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `hongbao-bench-${name}-`));
  folders.add(folder);
  return folder;
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  folders.delete(folder);
}

export function start(command: string, args: string[], options: SpawnOptions = {}): ChildProcess {
  const child = spawn(command, args, { cwd: ROOT, stdio: ["pipe", "pipe", "pipe"], ...options });
  children.add(child);
  child.once("exit", () => children.delete(child));
  return child;
}

/**
 * Starts a script of the bench, named as in `./http/load.ts`, in a Node of its own. It runs as tsc
 * compiled it: a loader that compiles on the fly wraps every closure, which costs a third.
 */
export function startScript(path: string, args: string[]): ChildProcess {
  const file = join(ROOT, "dist-bench", "bench", path.replace(/\.ts$/, ".js"));
  return start(process.execPath, ["--expose-gc", file, ...args]);
}

/** The first line that a child prints on stdout, as JSON: how a server says where it listens. */
export function firstLine<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    let problem = "";
    child.stderr?.on("data", (chunk) => {
      problem = (problem + chunk).slice(-4000);
    });
    child.once("error", reject);
    // "close", not "exit": what it printed last must have arrived first.
    child.once("close", (code) => {
      reject(new Error(`a child ended with ${code} before it answered\n${problem}`));
    });
    if (!child.stdout) throw new Error("the child has no stdout");
    createInterface({ input: child.stdout }).once("line", (line) => {
      try {
        resolve(JSON.parse(line));
      } catch {
        reject(new Error(`expected a line of JSON from a child, got: ${line}`));
      }
    });
  });
}

/** Runs a TypeScript file to its end, and returns the one line of JSON that it prints. */
export async function runScript<T>(path: string, input: unknown): Promise<T> {
  const child = startScript(path, [JSON.stringify(input)]);
  const answer = await firstLine<T>(child);
  await stop(child);
  return answer;
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_WAIT_MS);
  await ended;
  clearTimeout(timer);
}
