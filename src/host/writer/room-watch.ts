// Whether the journal lacks room on its disk, for those who must hear of it: the log, the metrics,
// and whoever asks if the server is ready.
import { HongbaoError } from "../../base/error.ts";
import type { Journal } from "../../journal/port.ts";
import { answerBase } from "../answers.ts";
import type { Engine } from "../engine.ts";
import { LANE } from "./job.ts";

/** While there is no room it is asked for so often, so that its end is noticed without traffic. */
const PROBE_EVERY_MS = 1000;

export class RoomWatch {
  /** Why the last attempt got no room; null while there is room. */
  lack: HongbaoError | null = null;
  /** Called at each attempt that gets no room, and with null at the first that does again. */
  readonly listeners: Set<(lack: HongbaoError | null) => void> = new Set();
  private lackedAtMs = 0;
  private readonly journal: Journal;

  constructor(journal: Journal) {
    this.journal = journal;
  }

  /** The journal's `prepare`. */
  prepare(payloadBytes: number): Promise<void> {
    const asked = this.journal.prepare(payloadBytes);
    asked.then(this.onRoom, this.onFailure);
    return asked;
  }

  /** Whether it is time to ask again although nobody wants to write. */
  isDue(): boolean {
    return this.lack !== null && performance.now() - this.lackedAtMs >= PROBE_EVERY_MS;
  }

  private readonly onRoom = (): void => {
    if (this.lack !== null) this.note(null);
  };

  /** Whoever prepared hears of every failure; here only a full disk matters. */
  private readonly onFailure = (error: unknown): void => {
    if (!(error instanceof HongbaoError) || error.code !== "disk_full") return;
    this.lackedAtMs = performance.now();
    this.note(error);
  };

  private note(lack: HongbaoError | null): void {
    this.lack = lack;
    for (const listener of this.listeners) listener(lack);
  }
}

/** Asks a disk that was full again, by a read, which needs no room itself. */
export async function askForRoom(engine: Engine): Promise<void> {
  if (!engine.room.isDue()) return;
  await engine.single(
    LANE.read,
    (atMs) => answerBase("ok", atMs),
    () => "room",
  );
}
