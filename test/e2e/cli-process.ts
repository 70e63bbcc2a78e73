// Runs the built command line as a reader does: words in, exit code and output back.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const MAIN: string = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  env?: Record<string, string>;
  cwd?: string;
  input?: string;
}

export async function hongbao(words: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const child = start(words, options);
  let stdout = "";
  let stderr = "";
  child.stdout!.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr!.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin!.end(options.input ?? "");
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

function start(words: readonly string[], { env = {}, cwd }: RunOptions): ChildProcess {
  const clean = Object.entries(process.env).filter(([name]) => !name.startsWith("HONGBAO_"));
  return spawn(process.execPath, [MAIN, ...words], {
    env: { ...Object.fromEntries(clean), NO_COLOR: "1", ...env },
    ...(cwd === undefined ? {} : { cwd }),
    stdio: ["pipe", "pipe", "pipe"],
  });
}

/** `hongbao serve --json --port 0` that runs until it is told to stop. */
export class Serving {
  readonly child: ChildProcess;
  url = "";
  adminKey: string | null = null;
  stderr = "";
  /** Resolves with exit code and signal once it has ended. */
  readonly ended: Promise<[number | null, string | null]>;

  private constructor(child: ChildProcess) {
    this.child = child;
    this.ended = once(child, "close") as Promise<[number | null, string | null]>;
    child.stderr!.on("data", (chunk: Buffer) => (this.stderr += chunk.toString()));
  }

  static async start(directory: string, words: string[] = [], env = {}): Promise<Serving> {
    const all = ["serve", "--json", "--port", "0", "--data", directory, ...words];
    const serving = new Serving(start(all, { env }));
    const lines = createInterface({ input: serving.child.stdout! });
    const line = await Promise.race([
      once(lines, "line").then(([text]) => text as string),
      serving.ended.then(([code]) => {
        throw new Error(`serve ended with ${code}: ${serving.stderr}`);
      }),
    ]);
    const told = JSON.parse(line) as { url: string; adminKey?: string };
    serving.url = told.url;
    serving.adminKey = told.adminKey ?? null;
    return serving;
  }

  /** Resolves with the exit code, or the name of the signal that ended it. */
  async end(signal: NodeJS.Signals): Promise<number | string | null> {
    this.child.kill(signal);
    const [code, by] = await this.ended;
    return code ?? by;
  }
}
