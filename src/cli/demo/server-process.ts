// The real server in a process of its own: started, killed without warning, started again over the
// same directory, stopped. It never outlives the demo.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { open } from "node:fs/promises";
import { extname } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { HongbaoError } from "../../base/error.ts";

export interface ServerOptions {
  /** The server's data directory. */
  readonly directory: string;
  readonly logFile: string;
  /** 0: any free port, kept over restarts. */
  readonly port: number;
  /** Whether time is set from outside. */
  readonly driven: boolean;
  /** Start although the clock is far from the journal's last record. */
  readonly trustClock?: boolean;
  /** Minutes without a visitor after which it ends by itself; absent: never. */
  readonly stopWhenIdle?: number;
}

interface Started {
  readonly url: string;
  readonly adminKey?: string;
}

const START_MS = 30_000;
const STOP_MS = 20_000;

/** How this very program runs other verbs of itself: built or from source. */
export function selfCommand(...words: string[]): { file: string; args: string[] } {
  const main = new URL(`../main${extname(import.meta.url)}`, import.meta.url);
  return { file: process.execPath, args: [...process.execArgv, fileURLToPath(main), ...words] };
}

export class ServerProcess {
  private readonly options: ServerOptions;
  private child: ChildProcess | null = null;
  private port: number;
  private started: Started | null = null;
  private key: string | null = null;
  private isEnding = false;
  private fail: (error: HongbaoError) => void = () => {};
  /** Rejects when the process ends without having been told to. */
  readonly lost: Promise<never> = new Promise((_, reject) => {
    this.fail = reject;
  });
  private readonly onExit = (): void => void this.child?.kill("SIGKILL");

  constructor(options: ServerOptions) {
    this.options = options;
    this.port = options.port;
    this.lost.catch(() => {}); // whoever waits for it is told
  }

  get url(): string {
    return this.started!.url;
  }

  /** The key that the first start made. */
  get adminKey(): string {
    return this.key!;
  }

  get pid(): number {
    return this.child?.pid ?? -1;
  }

  /** Resolves when requests are answered. Rejects with `run_failed` and the end of its log. */
  async start(): Promise<void> {
    const { directory, logFile, driven, trustClock, stopWhenIdle } = this.options;
    const words = ["serve", "--json", "--data", directory, "--port", String(this.port)];
    if (driven) words.push("--clock", "driven");
    if (trustClock === true) words.push("--trust-clock");
    if (stopWhenIdle !== undefined) words.push("--stop-when-idle", String(stopWhenIdle));
    const { file, args } = selfCommand(...words);
    const log = await open(logFile, "a");
    // In a group of its own: an interrupt at the terminal ends the demo, and that ends the server.
    const stdio = ["ignore", "pipe", log.fd] as const;
    const child = spawn(file, args, { stdio: [...stdio], env: quietEnv(), detached: true });
    this.child = child;
    this.isEnding = false;
    child.once("exit", (code, signal) => {
      if (!this.isEnding) this.fail(this.failed(`it ended with ${signal ?? code}`));
    });
    await log.close();
    process.once("exit", this.onExit);
    this.started = await this.firstLine(child);
    this.port = Number(new URL(this.started.url).port);
    this.key ??= this.started.adminKey ?? null;
  }

  /** SIGKILL: no goodbye, no flush, nothing. Resolves when the process is gone. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  /** SIGTERM: answers what it accepted. */
  async stop(): Promise<void> {
    await this.end("SIGTERM");
  }

  /** Lets the server go on after this process. */
  leave(): void {
    process.off("exit", this.onExit);
    this.child?.stdout?.destroy();
    this.child?.unref();
  }

  private async end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const { child } = this;
    process.off("exit", this.onExit);
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    this.isEnding = true;
    const gone = once(child, "exit");
    child.kill(signal);
    const late = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    await gone;
    clearTimeout(late);
  }

  private async firstLine(child: ChildProcess): Promise<Started> {
    const lines = createInterface({ input: child.stdout! });
    const told = new Promise<Started>((resolve, reject) => {
      lines.once("line", (line) => resolve(JSON.parse(line) as Started));
      child.once("exit", (code, signal) => {
        reject(this.failed(`it ended with ${signal ?? code} before it was ready`));
      });
      child.once("error", (error) => reject(this.failed(error.message)));
      setTimeout(() => reject(this.failed("it was not ready in time")), START_MS).unref();
    });
    return await told;
  }

  private failed(reason: string): HongbaoError {
    const message = `the demo's server failed: ${reason}; its log is ${this.options.logFile}`;
    return new HongbaoError({ code: "run_failed", message });
  }
}

/** Without the reader's own settings: the demo's server listens where the demo says. */
function quietEnv(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !name.startsWith("HONGBAO_"));
  return Object.fromEntries(entries);
}
