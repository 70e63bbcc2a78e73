// The next segment, made ahead of time in the background, so that a full disk is met before
// anything is decided and rotation never waits for zeros.
import { assert } from "../../base/assert.ts";
import { type Disk, type DiskFile, isDiskFull } from "./disk.ts";
import { makeSpare, SPARE_FILE } from "./segments.ts";

/** Rests so many times as long as a piece took: records find the disk free most of the time. */
const RESTS = 3;
const LONGEST_REST_MS = 100;

export class SpareSegment {
  readonly #disk: Disk;
  readonly #segmentBytes: number;
  readonly #onFailure: (error: unknown) => void;
  #making: Promise<DiskFile> | null = null;
  #failed = false;
  /** Somebody waits for it: it is made without rests. */
  #awaited = false;
  /** Ends the rest that is being taken. */
  #wake: (() => void) | null = null;
  /** Nobody will need it: it is given up between two pieces. */
  #discarded = false;

  /** `onFailure` hears of faults; a full disk is told only to whoever waits for the segment. */
  constructor(disk: Disk, segmentBytes: number, onFailure: (error: unknown) => void) {
    this.#disk = disk;
    this.#segmentBytes = segmentBytes;
    this.#onFailure = onFailure;
  }

  start(): void {
    assert(this.#making === null || this.#failed, "one spare segment at a time");
    this.#failed = false;
    this.#making = makeSpare(this.#disk, this.#segmentBytes, (tookMs) => this.#rest(tookMs));
    this.#making.catch((error: unknown) => {
      this.#failed = true;
      if (!isDiskFull(error) && !this.#discarded) this.#onFailure(error);
    });
  }

  /** Resolves when it is there; after a failure tries once more, as there may be room by now. */
  async ready(): Promise<DiskFile> {
    if (this.#making === null || this.#failed) this.start();
    this.#awaited = true;
    this.#wake?.();
    try {
      return await this.#making!;
    } finally {
      this.#awaited = false;
    }
  }

  async take(): Promise<DiskFile> {
    const file = await this.ready();
    this.#making = null;
    return file;
  }

  async discard(): Promise<void> {
    this.#discarded = true;
    this.#wake?.();
    const file = await this.#making?.catch(() => null);
    await file?.close().catch(() => {});
    if (file) await this.#disk.remove(SPARE_FILE).catch(() => {}); // the next opening removes it
  }

  async #rest(tookMs: number): Promise<void> {
    const ms = Math.min(RESTS * tookMs, LONGEST_REST_MS);
    if (!this.#awaited && !this.#discarded) await this.#sleep(ms);
    if (this.#discarded) throw new Error("the journal is closed");
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
