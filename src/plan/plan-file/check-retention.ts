// Retention falls: in no draw may more people be there after 30 days than after one, or fewer than
// none without the reward. Draws that would cross are not mended; assumptions that allow them are
// refused.
import type { FilePath, PlanProblems } from "./plan-problems.ts";

type Extent = readonly [low: number, high: number];

/**
 * @param extentOf least and greatest number of an assumption; null: it is wrong in itself
 * @param placeOf where a problem with one of them stands
 */
export function checkRetention(
  extentOf: (id: string) => Extent | null,
  placeOf: (id: string) => FilePath,
  problems: PlanProblems,
): void {
  const [d1, d30, lift] = ["retention.d1", "retention.d30", "retention.lift"].map(extentOf);
  if (!d1 || !d30) return;
  if (d30[1] >= d1[0]) {
    const found = `${extentText(d30)} against a D1 ${extentText(d1)}`;
    const expected =
      "a D30 below D1 in every draw: ranges that do not overlap, or are cut by within: [low, high]";
    problems.error(placeOf("retention.d30"), expected, found);
    return;
  }
  // A curve through both whose churn never falls is a power; below it churn would have to rise.
  const least = d1[1] ** 30;
  if (d30[0] <= least) {
    const expected = `a D30 above ${rounded(least)}, the greatest D1 to the power of 30`;
    const why = "below it people would have to leave faster and faster";
    problems.error(placeOf("retention.d30"), expected, `${extentText(d30)}: ${why}`);
  }
  if (lift) checkLift(d1, d30, lift, placeOf, problems);
}

function checkLift(
  d1: Extent,
  d30: Extent,
  lift: Extent,
  placeOf: (id: string) => FilePath,
  problems: PlanProblems,
): void {
  const place = placeOf("retention.lift");
  if (lift[1] > d30[0]) {
    const expected = `a lift of at most ${rounded(d30[0])}, the least D30, which includes it`;
    problems.error(place, expected, extentText(lift));
  }
  const without = d30[1] - lift[0];
  if (without >= d1[0] && lift[0] < 0) {
    const expected = `a D30 without the reward below ${rounded(d1[0])}, the least D1`;
    problems.error(place, expected, `up to ${rounded(without)}, with a lift ${extentText(lift)}`);
  }
}

function extentText([low, high]: Extent): string {
  return low === high ? `of ${rounded(low)}` : `from ${rounded(low)} to ${rounded(high)}`;
}

function rounded(value: number): string {
  return `${Number(value.toPrecision(6))}`;
}
