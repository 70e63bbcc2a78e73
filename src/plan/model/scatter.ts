// A count about its mean, by chance. What chance takes below nobody, or beyond all who are there,
// it gives back in the next hours, so that sums over many small hours have no bias.
import type { HourChance } from "./hour-chance.ts";

export class Scatter {
  private owed = 0;

  begin(): void {
    this.owed = 0;
  }

  /** @param most the count is at most this */
  draw(mean: number, variance: number, most: number, chance: HourChance): number {
    // Rounding may leave a pool a hair below empty.
    const away = variance > 0 ? Math.sqrt(variance) * chance.normal() : 0;
    const wanted = mean + away + this.owed;
    const drawn = Math.max(0, Math.min(most, wanted));
    this.owed = wanted - drawn;
    return drawn;
  }
}
