// The peer of the bench `plan`: a process of Python that was given the draws, has warmed up, and
// computes all campaigns once for every line that it is sent.
import { type ChildProcess, spawnSync } from "node:child_process";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { start, stop } from "../children.ts";
import type { Contender, Figures } from "../contender.ts";
import { ROOT } from "../root.ts";

/** Debian's own Python first: another one on the path seldom has Debian's packages. */
const PYTHONS = ["/usr/bin/python3", "python3"];

interface PeerAnswer {
  readonly seconds: number;
  readonly means: Readonly<Record<string, number>>;
}

export interface PeerOptions {
  /** Writes what it is given, into a folder. */
  readonly prepare: () => Promise<string>;
  /** Called with the means of every run. Throws if they are wrong. */
  readonly check: (means: Readonly<Record<string, number>>) => void;
}

export class NumpyPeer implements Contender {
  readonly name = "NumPy";
  private readonly options: PeerOptions;
  private child: ChildProcess | null = null;
  private reader: Interface | null = null;
  private lines: AsyncIterator<string> | null = null;
  private problem = "";

  constructor(options: PeerOptions) {
    this.options = options;
  }

  async start(): Promise<string | null> {
    const able = PYTHONS.find((python) => {
      return spawnSync(python, ["-c", "import numpy"]).status === 0;
    });
    if (able === undefined) return "NumPy is not installed (Debian: python3-numpy)";
    const folder = await this.options.prepare();
    // Not TypeScript, so it stays where the sources are.
    const child = start(able, ["-B", "-u", join(ROOT, "bench", "plan", "peer", "main.py"), folder]);
    if (!child.stdout) throw new Error("Python has no stdout");
    this.child = child;
    child.stderr?.on("data", (chunk) => {
      this.problem = (this.problem + chunk).slice(-4000);
    });
    this.reader = createInterface({ input: child.stdout });
    this.lines = this.reader[Symbol.asyncIterator]();
    await this.nextLine();
    return null;
  }

  async run(): Promise<Figures> {
    this.child?.stdin?.write("run\n");
    const { seconds, means } = JSON.parse(await this.nextLine()) as PeerAnswer;
    this.options.check(means);
    return { value: seconds };
  }

  async stop(): Promise<void> {
    this.reader?.close();
    if (this.child) await stop(this.child);
  }

  private async nextLine(): Promise<string> {
    const next = await this.lines?.next();
    if (next === undefined || next.done) {
      throw new Error(`Python ended before it answered\n${this.problem}`);
    }
    return next.value;
  }
}

/** What is wrong with a peer's means of the same campaigns, or null. */
export function meansDiffer(
  ours: Readonly<Record<string, number>>,
  theirs: Readonly<Record<string, number>>,
  tolerance: number,
): string | null {
  for (const [id, mean] of Object.entries(theirs)) {
    const own = ours[id];
    if (own === undefined) return `${id}: ours has no such number`;
    const size = Math.max(Math.abs(own), Math.abs(mean));
    if (Math.abs(own - mean) <= tolerance * size) continue;
    return `${id}: ours has a mean of ${own}, the peer ${mean}`;
  }
  return null;
}
