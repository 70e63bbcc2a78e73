// How long answers took lately, from a histogram that only grows: what it has now less what it had
// some seconds ago.

export interface LatencyFigures {
  answers: number;
  p50Ms: number;
  p99Ms: number;
}

export class LatencyWindow {
  private readonly bounds: readonly number[];
  private readonly ticks: number;
  private readonly kept = new Map<string, Float64Array[]>();
  private isWatched = false;

  /** @param bounds of the buckets, in seconds; a last bucket has what is longer */
  constructor(bounds: readonly number[], ticks: number) {
    this.bounds = bounds;
    this.ticks = ticks;
  }

  /** Takes the counts of now, and says what came since the oldest that is kept. */
  note(latencies: Iterable<readonly [string, Float64Array]>): Record<string, LatencyFigures> {
    const figures: Record<string, LatencyFigures> = {};
    for (const [operation, counts] of latencies) {
      // Met for the first time while somebody looks, all of it is of now.
      const kept = this.kept.get(operation) ?? (this.isWatched ? [counts.map(() => 0)] : []);
      this.kept.set(operation, kept);
      kept.push(counts.slice());
      if (kept.length > this.ticks) kept.shift();
      const oldest = kept[0]!;
      const fresh = counts.map((count, i) => count - oldest[i]!);
      const answers = fresh.reduce((sum, count) => sum + count, 0);
      if (answers === 0) continue;
      const p50Ms = quantileMs(this.bounds, fresh, answers, 0.5);
      figures[operation] = { answers, p50Ms, p99Ms: quantileMs(this.bounds, fresh, answers, 0.99) };
    }
    this.isWatched = true;
    return figures;
  }

  /** Nobody looks any more: what is kept would be of another time. */
  forget(): void {
    this.kept.clear();
    this.isWatched = false;
  }
}

/** Straight within a bucket; of the last one, which has no end, its beginning. */
export function quantileMs(
  bounds: readonly number[],
  counts: Float64Array,
  answers: number,
  share: number,
): number {
  let below = 0;
  for (let i = 0; i < bounds.length; i++) {
    const inside = counts[i]!;
    if (below + inside >= share * answers) {
      const from = i === 0 ? 0 : bounds[i - 1]!;
      const part = inside === 0 ? 0 : (share * answers - below) / inside;
      return rounded(1000 * (from + part * (bounds[i]! - from)));
    }
    below += inside;
  }
  return rounded(1000 * bounds.at(-1)!);
}

function rounded(ms: number): number {
  return Number(ms.toPrecision(3));
}
