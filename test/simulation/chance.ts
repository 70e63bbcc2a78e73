// Seeded choices for the workload: one stream of numbers, drawn in a fixed order, so that a seed
// is a schedule.
import { randomFloats } from "./disk.ts";

export class Chance {
  private readonly next: () => number;

  constructor(seed: number) {
    this.next = randomFloats(seed);
  }

  /** A number from 0 up to, not including, 1. */
  float(): number {
    return this.next();
  }

  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  /** True with this probability. */
  yes(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)]!;
  }

  /** Picks a name by its weight. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let point = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of entries) {
      point -= weight;
      if (point < 0) return name;
    }
    return entries.at(-1)![0];
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => Math.floor(this.next() * 256));
  }

  hex(bytes: number): string {
    return Buffer.from(this.bytes(bytes)).toString("hex");
  }
}
