// Whether the journal has room for one more record, asked before anything is decided.

export class Room {
  private state: "unknown" | "asked" | "ready" = "unknown";
  private readonly prepare: () => Promise<void>;
  private readonly onReady: () => void;
  private readonly onLack: (error: unknown) => void;

  constructor(prepare: () => Promise<void>, onReady: () => void, onLack: (error: unknown) => void) {
    this.prepare = prepare;
    this.onReady = onReady;
    this.onLack = onLack;
  }

  get isReady(): boolean {
    return this.state === "ready";
  }

  /** Asks, unless an answer is on its way. */
  ask(): void {
    if (this.state === "asked") return;
    this.state = "asked";
    this.prepare().then(
      () => {
        this.state = "ready";
        this.onReady();
      },
      (error: unknown) => {
        this.state = "unknown";
        this.onLack(error);
      },
    );
  }

  /** A record has used room up. */
  forget(): void {
    this.state = "unknown";
  }
}
