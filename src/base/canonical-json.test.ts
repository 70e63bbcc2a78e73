// Values are the same in whichever order their keys stand, and in nothing else.
import { expect, test } from "vitest";
import { canonicalJson, sameJson } from "./canonical-json.ts";

test("the order of keys does not matter, at any depth; that of lists does", () => {
  expect(sameJson({ a: [{ b: 1, c: 2 }], d: 3 }, { d: 3, a: [{ c: 2, b: 1 }] })).toBe(true);
  expect(sameJson([1, 2], [2, 1])).toBe(false);
  expect(canonicalJson({ b: "ü", a: [null, true] })).toBe('{"a":[null,true],"b":"ü"}');
});

test("a member that is absent is none; null, a text and a number are themselves", () => {
  expect(sameJson({ a: undefined, b: 1 }, { b: 1 })).toBe(true);
  expect(sameJson({ a: null }, {})).toBe(false);
  expect(sameJson(undefined, null)).toBe(false);
  expect(sameJson(undefined, undefined)).toBe(true);
  expect(sameJson("1", 1)).toBe(false);
});
