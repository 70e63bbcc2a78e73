import { expect, test } from "vitest";
import { editDistance, formatProblem, nearestOf, pathText, shown } from "./problems.ts";

test("edit distance counts insertions, removals, replacements and swaps of neighbours", () => {
  expect(editDistance("", "abc")).toBe(3);
  expect(editDistance("kitten", "sitting")).toBe(3);
  expect(editDistance("ab", "ba")).toBe(1);
  expect(editDistance("budget", "buget")).toBe(1);
});

test("the nearest word is offered only when it is near", () => {
  const keys = ["starts", "ends", "expires", "timeZone"];
  expect(nearestOf("start", keys)).toBe("starts");
  expect(nearestOf("timezone", keys)).toBe("timeZone");
  expect(nearestOf("expries", keys)).toBe("expires");
  expect(nearestOf("banana", keys)).toBeUndefined();
  expect(nearestOf("x".repeat(1_000_000), keys)).toBeUndefined();
});

test("a path reads as in code, odd keys quoted", () => {
  expect(pathText([])).toBe("");
  expect(pathText(["offers", 0, "reward", "fixed"])).toBe("offers[0].reward.fixed");
  expect(pathText(["a b"])).toBe('["a b"]');
});

test("a value is shown on one line, cut", () => {
  expect(shown("a\nb")).toBe('"a\\nb"');
  expect(shown("x".repeat(100))).toHaveLength(58);
  expect(shown(undefined)).toBe("nothing");
});

test("a problem without place is one of a definition", () => {
  const problem = { severity: "error", file: "definition", line: 0, column: 0 } as const;
  const text = formatProblem({ ...problem, path: "decimals", expected: "2", found: "3" });
  expect(text).toBe("definition: decimals: expected 2, found 3");
});
