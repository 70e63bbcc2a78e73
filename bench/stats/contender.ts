// One side of the stats bench: a process that has read the data and warmed up, and does all tasks
// once for every line that it is sent.
import type { ChildProcess } from "node:child_process";
import type { Contender, Figures } from "../contender.ts";
import { LineProcess } from "../line-process.ts";
import { TASKS } from "./tasks.ts";

/** Starts the process, or says why it cannot run here. */
export type Launch = () => Promise<ChildProcess | string>;

/** Called after every run, when the answers are in the folder. Throws if they are wrong. */
export type CheckAnswers = (name: string) => void;

export class StatsContender implements Contender {
  readonly name: string;
  private readonly launch: Launch;
  private readonly check: CheckAnswers;
  private process: LineProcess | null = null;

  constructor(name: string, launch: Launch, check: CheckAnswers) {
    this.name = name;
    this.launch = launch;
    this.check = check;
  }

  async start(): Promise<string | null> {
    const child = await this.launch();
    if (typeof child === "string") return child;
    this.process = new LineProcess(this.name, child);
    await this.process.next();
    return null;
  }

  async run(): Promise<Figures> {
    this.process!.send("run");
    const taken = JSON.parse(await this.process!.next()) as Record<string, unknown>;
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
    await this.process?.stop();
  }
}
