// The official conformance suite of CEL (cel-spec), as far as a condition may say what a case says:
// each such case must come out as the specification wants it.
import {
  getConformanceSuite,
  type IncrementalTestSuite,
} from "@bufbuild/cel-spec/testdata/tests.js";
import { expect, test } from "vitest";
import { ConditionCompiler } from "./compile.ts";

type Case = IncrementalTestSuite["tests"][number]["original"];

function casesOf(suite: IncrementalTestSuite): Case[] {
  return [...suite.tests.map(({ original }) => original), ...suite.suites.flatMap(casesOf)];
}

/**
 * What the library does otherwise: instants are whole milliseconds, and numbers, times and
 * durations beyond the range of CEL's are no error.
 */
const OTHERWISE = [
  "add_time_to_duration_nanos_positive",
  "double_range",
  "double_int_max_range",
  "double_int_min_range",
  "double_uint_max_range",
  "int64_min_negate",
  "int64_min_negate_div",
  "add_duration_under",
  "add_duration_over",
  "add_duration_nanos_over",
  "add_duration_nanos_under",
  "sub_time_duration_over",
  "sub_time_duration_under",
  "from_string_under",
  "from_string_over",
  "add_under",
  "add_over",
  "sub_under",
  "sub_over",
];

const COMPILER = new ConditionCompiler({ audiences: [] });
const CLAIMANT = { inList: () => false, inAudience: () => false };

/** What the case says, as a condition that holds if it is right; null where none can be made. */
function conditionOf({ expr, resultMatcher }: Case): { text: string; holds: boolean } | null {
  if (resultMatcher.case === undefined) return { text: expr, holds: true };
  if (resultMatcher.case === "evalError") return { text: `(${expr}) == (${expr})`, holds: false };
  if (resultMatcher.case !== "value") return null;
  const { kind } = resultMatcher.value;
  switch (kind.case) {
    case "boolValue":
      return { text: kind.value ? expr : `!(${expr})`, holds: true };
    case "int64Value":
      return { text: `(${expr}) == ${kind.value}`, holds: true };
    case "stringValue":
      return { text: `(${expr}) == ${JSON.stringify(kind.value)}`, holds: true };
    case "doubleValue": {
      const literal = Number.isInteger(kind.value) ? `${kind.value}.0` : String(kind.value);
      return Number.isFinite(kind.value) ? { text: `(${expr}) == ${literal}`, holds: true } : null;
    }
    default:
      return null;
  }
}

test("conditions come out as the specification of CEL says", () => {
  const wrong: string[] = [];
  let judged = 0;
  for (const one of casesOf(getConformanceSuite())) {
    const condition = conditionOf(one);
    if (condition === null || one.bindings === undefined) continue;
    const compiled = COMPILER.compile(condition.text);
    if (!("parts" in compiled)) continue;
    judged += 1;
    const failures = compiled.parts.map((part) => part.failure({}, CLAIMANT));
    if (failures.every((failure) => failure === null) === condition.holds) continue;
    if (OTHERWISE.includes(one.name)) continue;
    wrong.push(`${one.name}: ${condition.text} ${failures.join("; ")}`);
  }
  expect(wrong).toEqual([]);
  expect(judged).toBeGreaterThan(100);
});
