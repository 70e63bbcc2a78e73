// When claims are open and nobody gets anything.
import { describe, expect, it } from "vitest";
import { dryWave } from "./claims-now.tsx";

const FIRST = {
  ...{ wave: "w1", fromMs: 0, toMs: 100 },
  ...{ budgetMinor: 150, usedMinor: 149, isUsedUp: true },
};
const SECOND = {
  ...{ wave: "w2", fromMs: 200, toMs: 300 },
  ...{ budgetMinor: 50, usedMinor: 0, isUsedUp: false },
};
const waves = [FIRST, SECOND];
const isShared = false;

describe("a wave without money", () => {
  it("is used up, and the next one that can give something is named", () => {
    expect(dryWave({ phase: "open", waves }, 50)).toEqual({ wave: "w1", isShared, next: SECOND });
    const none = { wave: "w1", isShared, next: null };
    expect(dryWave({ phase: "open", waves: [FIRST] }, 50)).toEqual(none);
    const used = { ...SECOND, isUsedUp: true };
    expect(dryWave({ phase: "open", waves: [FIRST, used] }, 50)).toEqual(none);
  });

  it("shares the campaign's money where it has none of its own", () => {
    const all = { ...FIRST, budgetMinor: null, usedMinor: null };
    const out = { wave: "w1", isShared: true, next: null };
    expect(dryWave({ phase: "open", waves: [all] }, 50)).toEqual(out);
  });

  it("is none between two", () => {
    expect(dryWave({ phase: "open", waves }, 150)).toEqual({ wave: null, isShared, next: SECOND });
  });

  it("is not told where one can give something, or claims are not open", () => {
    const some = { ...FIRST, isUsedUp: false };
    expect(dryWave({ phase: "open", waves: [some, SECOND] }, 50)).toBe(null);
    expect(dryWave({ phase: "open", waves: [FIRST, { ...some, wave: "all" }] }, 50)).toBe(null);
    expect(dryWave({ phase: "open", waves }, 250)).toBe(null);
    expect(dryWave({ phase: "paused", waves }, 50)).toBe(null);
    expect(dryWave({ phase: "open", waves: [] }, 50)).toBe(null);
  });
});
