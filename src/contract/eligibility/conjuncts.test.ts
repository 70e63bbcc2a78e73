import { expect, it } from "vitest";
import { conjunctsOf } from "./conjuncts.ts";

it.each([
  ["a", ["a"]],
  ["a && b&&c", ["a", "b", "c"]],
  ["!(a && b) && [c && d][0]", ["!(a && b)", "[c && d][0]"]],
  [`a == "x && y" && b == 'p && \\' && q'`, [`a == "x && y"`, `b == 'p && \\' && q'`]],
  [`a == """x " && y""" && b`, [`a == """x " && y"""`, "b"]],
  [`a == r"x\\" && b`, [`a == r"x\\"`, "b"]],
  ["a // && b\n && c", ["a // && b", "c"]],
])("%s", (text, parts) => {
  expect(conjunctsOf(text)).toEqual(parts);
});
