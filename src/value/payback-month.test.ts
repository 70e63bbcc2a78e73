// When the money is back.
import { expect, test } from "vitest";
import { paybackMonth } from "./payback-month.ts";

test("payback is the first month that reaches the cost, or none", () => {
  expect(paybackMonth(100, [40, 40, 20, 40])).toBe(3);
  expect(paybackMonth(100, [40, 40])).toBeNull();
  expect(paybackMonth(0, [1])).toBe(1);
});
