// The auditor's model of the writer's queue: which line is decided next. Redemptions go first,
// reads last, first in first out within a lane; a job that has begun goes on.
import { type Ask, laneOf, type Verdict } from "./asks.ts";

/** A request under way: its lines, what the auditor foretold, and what came back. */
export interface Request {
  asks: Ask[];
  /** By line; missing while the line is not decided. */
  verdicts: (Verdict & { atMs: number; events: number; wrote: boolean })[];
  taken: number;
  /** Answers or errors by line, once they have come. */
  results: unknown[] | null;
  /** Its deadline is over before it is sent: no line of it is ever decided. */
  late: boolean;
  /** Lines decided when it was sent. */
  sentAt: number;
  /** Lines before it are judged; later ones were answered when more had happened than is known. */
  judgedTo: number;
}

export class Lanes {
  private readonly lanes: Request[][] = [[], [], []];
  private taking: Request | null = null;

  push(request: Request): void {
    this.lanes[laneOf(request.asks[0]!)]!.push(request);
  }

  /** The request whose next line is decided now; null when none waits. */
  next(): Request | null {
    const request = this.taking ?? this.lanes.find((lane) => lane.length > 0)?.[0] ?? null;
    this.taking = request;
    return request;
  }

  /** One more line of the request that `next` gave is decided. */
  took(request: Request): void {
    request.taken += 1;
    if (request.taken === request.asks.length) this.drop(request);
  }

  /** Takes a request out, wherever it stands. */
  drop(request: Request): void {
    if (this.taking === request) this.taking = null;
    for (const lane of this.lanes) {
      const at = lane.indexOf(request);
      if (at >= 0) lane.splice(at, 1);
    }
  }

  get waiting(): Request[] {
    return this.lanes.flat();
  }
}
