// The peer of the bench `plan`: a process of Python that was given the draws, has warmed up, and
// computes all campaigns once for every line that it is sent.
import { join } from "node:path";
import { start } from "../children.ts";
import type { Contender, Figures } from "../contender.ts";
import { LineProcess, pythonWith } from "../line-process.ts";
import { ROOT } from "../root.ts";

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
  private process: LineProcess | null = null;

  constructor(options: PeerOptions) {
    this.options = options;
  }

  async start(): Promise<string | null> {
    const python = pythonWith(["numpy"]);
    if (python === null) return "NumPy is not installed (Debian: python3-numpy)";
    const folder = await this.options.prepare();
    // Not TypeScript, so it stays where the sources are.
    const script = join(ROOT, "bench", "plan", "peer", "main.py");
    this.process = new LineProcess("Python", start(python, ["-B", "-u", script, folder]));
    await this.process.next();
    return null;
  }

  async run(): Promise<Figures> {
    this.process!.send("run");
    const { seconds, means } = JSON.parse(await this.process!.next()) as PeerAnswer;
    this.options.check(means);
    return { value: seconds };
  }

  async stop(): Promise<void> {
    await this.process?.stop();
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
