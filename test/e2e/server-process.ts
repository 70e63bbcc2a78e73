// The real server, as `hongbao serve`, in a process of its own that tests start and kill.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MAIN = join(ROOT, "dist", "cli", "main.js");
const START_MS = 30_000;

export interface Serving {
  url: string;
  /** Only from the first start on a directory. */
  adminKey?: string;
}

export class ServerProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  private said = "";

  constructor(directory: string, more: readonly string[] = []) {
    if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: run node scripts/setup.mjs`);
    const args = [MAIN, "serve", "--data", directory, "--port", "0", "--json", ...more];
    this.child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    this.child.stderr!.on("data", (chunk: Buffer) => {
      this.said = (this.said + chunk.toString()).slice(-4000);
    });
    this.exited = new Promise((resolve) => {
      this.child.once("exit", (code, signal) => resolve({ code, signal }));
    });
  }

  /** Resolves when it takes requests; rejects with what it said when it ended before. */
  ready(): Promise<Serving> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`not ready in time: ${this.said}`)), START_MS);
      createInterface({ input: this.child.stdout! }).once("line", (line) => {
        clearTimeout(late);
        resolve(JSON.parse(line) as Serving);
      });
      void this.exited.then(({ code, signal }) => {
        clearTimeout(late);
        reject(new Error(`the server ended with ${code ?? signal}: ${this.said}`));
      });
    });
  }

  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.exited;
  }

  /** Ends it as an operator would, and returns its exit code. */
  async stop(): Promise<number | null> {
    this.child.kill("SIGTERM");
    return (await this.exited).code;
  }
}

/** Runs another verb to its end. */
export async function runVerb(args: readonly string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const code = await new Promise<number>((resolve) => {
    child.once("close", (ended) => resolve(ended ?? -1));
  });
  return { code, output };
}
