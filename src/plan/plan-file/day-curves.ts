// How the arrivals of a day spread over its hours, by name. Invented shapes, not measured ones: who
// knows the own app's hours writes 24 weights.

/** Weights by local hour, 0 to 23. */
export const DAY_CURVES: Readonly<Record<string, readonly number[]>> = {
  even: new Array<number>(24).fill(1),
  /** Little at night, a morning, the two meals, a long evening. */
  meals: [2, 1, 1, 1, 1, 2, 4, 6, 8, 10, 14, 18, 16, 11, 9, 9, 11, 15, 17, 15, 13, 11, 8, 4],
  /** As with televised galas: most of it between 19 and 23 o'clock. */
  evening: [3, 2, 1, 1, 1, 1, 2, 4, 5, 6, 7, 8, 8, 7, 6, 6, 7, 9, 13, 20, 26, 26, 19, 9],
};

/** The shares of a day by its hours; they add up to 1. */
export function dayShares(curve: string | readonly number[]): readonly number[] | null {
  const weights = typeof curve === "string" ? DAY_CURVES[curve] : curve;
  if (weights === undefined) return null;
  // Scaled first: a sum of the largest numbers has no room.
  const most = Math.max(...weights);
  if (!(most > 0)) return null;
  const scaled = weights.map((weight) => weight / most);
  const sum = scaled.reduce((total, weight) => total + weight, 0);
  return scaled.map((weight) => weight / sum);
}
