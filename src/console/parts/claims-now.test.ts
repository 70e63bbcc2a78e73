// When claims are open and nobody gets anything.
import { describe, expect, it } from "vitest";
import { dryWave } from "./claims-now.tsx";

const FIRST = { wave: "w1", fromMs: 0, toMs: 100, budgetMinor: 150, usedMinor: 150 };
const SECOND = { wave: "w2", fromMs: 200, toMs: 300, budgetMinor: 50, usedMinor: 0 };
const waves = [FIRST, SECOND];

describe("a wave without money", () => {
  it("is used up, and the next one is named", () => {
    expect(dryWave({ phase: "open", waves }, 50)).toEqual({ wave: "w1", next: SECOND });
    expect(dryWave({ phase: "open", waves: [FIRST] }, 50)).toEqual({ wave: "w1", next: null });
  });

  it("is none between two", () => {
    expect(dryWave({ phase: "open", waves }, 150)).toEqual({ wave: null, next: SECOND });
  });

  it("is not told where one has money or needs none, or claims are not open", () => {
    const some = { ...FIRST, usedMinor: 149 };
    expect(dryWave({ phase: "open", waves: [some, SECOND] }, 50)).toBe(null);
    const free = { ...FIRST, wave: "all", budgetMinor: null, usedMinor: null };
    expect(dryWave({ phase: "open", waves: [FIRST, free] }, 50)).toBe(null);
    expect(dryWave({ phase: "open", waves }, 250)).toBe(null);
    expect(dryWave({ phase: "paused", waves }, 50)).toBe(null);
    expect(dryWave({ phase: "open", waves: [] }, 50)).toBe(null);
  });
});
