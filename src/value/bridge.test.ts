// The bridge adds up: exactly in minor units, and as it is printed.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BridgeStep, bridgeLevels, bridgeOf, shownSteps } from "./bridge.ts";

const minor = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });
const question = fc.record({
  yearEarlierMinor: fc.option(minor),
  reportedMinor: minor,
  changes: fc.array(fc.record({ id: fc.string(), title: fc.string(), minor }), { maxLength: 8 }),
});

const changesOf = (steps: readonly BridgeStep[]) => steps.filter(({ kind }) => kind === "change");

describe("a bridge", () => {
  test("ends where it was reported, whatever the steps", () => {
    fc.assert(
      fc.property(question, (asked) => {
        const steps = bridgeOf(asked);
        const levels = bridgeLevels(steps);
        const sum = changesOf(steps).reduce((all, step) => all + step.minor, 0);
        const start = steps[0]!;
        expect(start.minor + sum).toBe(asked.reportedMinor);
        expect(levels.at(-2)!.toMinor).toBe(asked.reportedMinor);
        for (const [i, { kind, fromMinor, toMinor, minor }] of levels.entries()) {
          expect(toMinor - fromMinor).toBe(minor);
          // A total in the middle stands on the level that the changes before it reached.
          if (kind === "total" && i > 0) expect(toMinor).toBe(levels[i - 1]!.toMinor);
        }
      }),
    );
  });

  test("adds up as it is printed, and no step is off by more than a unit", () => {
    fc.assert(
      fc.property(question, fc.constantFrom(1, 100, 1e6, 1e8, 1e10), (asked, unit) => {
        const steps = bridgeOf(asked);
        const shown = shownSteps(steps, unit);
        const from = shown[0]!;
        const sum = steps.reduce(
          (all, { kind }, i) => (kind === "change" ? all + shown[i]! : all),
          0,
        );
        expect(from + sum).toBe(shown.at(-1));
        for (const [i, step] of steps.entries()) {
          expect(Math.abs(shown[i]! - step.minor / unit)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test("control: steps rounded one by one do not add up", () => {
    const changes = [1, 2, 3].map((i) => ({ id: `${i}`, title: "", minor: -140 }));
    const steps = bridgeOf({ yearEarlierMinor: null, reportedMinor: 1_000, changes });
    const alone = steps.map((step) => Math.round(step.minor / 100));
    expect(alone[0]! + alone[1]! + alone[2]! + alone[3]!).not.toBe(alone[4]);
    expect(shownSteps(steps, 100)).toEqual([14, -1, -2, -1, 10]);
  });

  test("refuses amounts that are no whole minor units", () => {
    const asked = { yearEarlierMinor: null, reportedMinor: 0.5, changes: [] };
    expect(() => bridgeOf(asked)).toThrow(/whole minor units/);
  });
});
