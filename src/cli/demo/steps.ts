// The steps of the demo as the reader sees them while they run: a bar on a terminal, a line each in
// a pipe.
import { formatDuration } from "../../report/format.ts";
import type { Progress, Terminal } from "../terminal.ts";

export interface Step {
  update(done: number, total?: number): void;
}

export class Steps {
  private readonly terminal: Terminal;
  private readonly isWatched: boolean;

  /** @param isWatched whether bars can be drawn: nothing of them stays on the screen */
  constructor(terminal: Terminal, isWatched: boolean) {
    this.terminal = terminal;
    this.isWatched = isWatched;
  }

  async run<T>(label: string, total: number, work: (step: Step) => Promise<T> | T): Promise<T> {
    const startedAtMs = performance.now();
    const progress: Progress = this.terminal.progress(label, total);
    try {
      const result = await work(progress);
      const took = formatDuration(Math.round(performance.now() - startedAtMs));
      if (!this.isWatched) this.terminal.note(`${label}: done in ${took}`);
      return result;
    } finally {
      progress.stop();
    }
  }
}
