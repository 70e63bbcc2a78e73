// One side of the stats bench: a process that has read the data and warmed up, and does all tasks
// once for every line that it is sent.
import type { ChildProcess } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import { stop } from "../children.ts";
import type { Contender, Figures } from "../contender.ts";
import { TASKS } from "./tasks.ts";

/** Starts the process, or says why it cannot run here. */
export type Launch = () => Promise<ChildProcess | string>;

/** Called after every run, when the answers are in the folder. Throws if they are wrong. */
export type CheckAnswers = (name: string) => void;

export class StatsContender implements Contender {
  readonly name: string;
  private readonly launch: Launch;
  private readonly check: CheckAnswers;
  private child: ChildProcess | null = null;
  private lines: AsyncIterator<string> | null = null;
  private reader: Interface | null = null;
  private problem = "";

  constructor(name: string, launch: Launch, check: CheckAnswers) {
    this.name = name;
    this.launch = launch;
    this.check = check;
  }

  async start(): Promise<string | null> {
    const child = await this.launch();
    if (typeof child === "string") return child;
    if (!child.stdout) throw new Error(`${this.name} has no stdout`);
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
    const taken = await this.nextLine();
    this.check(this.name);
    let logs = 0;
    const more: Record<string, number> = {};
    for (const { id } of TASKS) {
      const ms = taken[id];
      if (!(typeof ms === "number" && ms > 0)) {
        throw new Error(`${this.name} did not time the task ${id}: ${JSON.stringify(taken)}`);
      }
      more[`${id} ms`] = ms;
      logs += Math.log(1000 / ms);
    }
    return { value: Math.exp(logs / TASKS.length), more };
  }

  async stop(): Promise<void> {
    this.reader?.close();
    if (this.child) await stop(this.child);
  }

  private async nextLine(): Promise<Record<string, unknown>> {
    const next = await this.lines?.next();
    if (next === undefined || next.done) {
      throw new Error(`${this.name} ended before it answered\n${this.problem}`);
    }
    return JSON.parse(next.value);
  }
}
