// A process that answers a line with a line, such as a peer that was started once and runs when it
// is told to.
import { type ChildProcess, spawnSync } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import { stop } from "./children.ts";

/** Debian's own Python first: another one on the path seldom has Debian's packages. */
const PYTHONS = ["/usr/bin/python3", "python3"];

/** A Python that has all these packages, or null. */
export function pythonWith(packages: readonly string[]): string | null {
  const able = PYTHONS.find((python) => {
    return spawnSync(python, ["-c", `import ${packages.join(", ")}`]).status === 0;
  });
  return able ?? null;
}

export class LineProcess {
  private readonly name: string;
  private readonly child: ChildProcess;
  private readonly reader: Interface;
  private readonly lines: AsyncIterator<string>;
  private problem = "";

  constructor(name: string, child: ChildProcess) {
    if (!child.stdout) throw new Error(`${name} has no stdout`);
    this.name = name;
    this.child = child;
    child.stderr?.on("data", (chunk) => {
      this.problem = (this.problem + chunk).slice(-4000);
    });
    this.reader = createInterface({ input: child.stdout });
    this.lines = this.reader[Symbol.asyncIterator]();
  }

  send(line: string): void {
    this.child.stdin?.write(`${line}\n`);
  }

  /** The next line that it writes. Throws with what it complained of where it ended instead. */
  async next(): Promise<string> {
    const next = await this.lines.next();
    if (next.done) throw new Error(`${this.name} ended before it answered\n${this.problem}`);
    return next.value;
  }

  async stop(): Promise<void> {
    this.reader.close();
    await stop(this.child);
  }
}
