// The published reference values, and the runner that compares with them: every pair that it can
// read passes, and whatever a pair holds that it cannot is told in a sentence.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { differences, readTolerance } from "./vectors/compare.ts";
import { FAMILIES } from "./vectors/families/index.ts";
import { type Family, values } from "./vectors/family.ts";
import { csvRows } from "./vectors/fields.ts";
import { VECTORS } from "./vectors/pair.ts";
import { familyName, runVectors } from "./vectors/run.ts";

describe("the published reference values", () => {
  it("hold for every pair that has a numeric tolerance", ({ skip }) => {
    if (!existsSync(VECTORS))
      skip("the reference values are absent; they do not ship with hongbao");
    const report = runVectors([VECTORS], FAMILIES);
    expect(report.lines.filter((line) => line.startsWith("failed"))).toEqual([]);
    expect(report.passed).toBeGreaterThanOrEqual(56);
  });
});

it("pairs on other sides and levels than the published ones hold as SciPy has them", () => {
  const report = runVectors([join(import.meta.dirname, "vectors/pairs")], FAMILIES);
  expect(report.lines).toEqual([]);
  expect(report.passed).toBe(39);
});

describe("the runner", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "vectors-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A family that doubles the input's x. */
  const double: Family = ({ input }) => values({ y: 2 * Number(input.x) });

  const write = (name: string, content: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  };
  const pair = (more: object): object => ({
    id: "one",
    method: "twice",
    input: { x: 2 },
    expected: { y: 4 },
    tolerance: 1e-9,
    ...more,
  });
  const run = (...pairs: object[]) =>
    runVectors([write("double.json", { pairs })], { ...FAMILIES, double });

  it("passes what is right and fails what is off, with both numbers", () => {
    expect(run(pair({}))).toEqual({ passed: 1, failed: 0, skipped: 0, lines: [] });
    const off = run(pair({ expected: { y: 4.5, z: 1 } }));
    expect(off).toMatchObject({ passed: 0, failed: 1 });
    expect(off.lines).toEqual([
      "failed: double.json#one: y: expected 4.5 within 1e-9, got 4 (off by 5.00e-1)",
      "failed: double.json#one: z: nothing of that name is computed",
    ]);
  });

  it("hands a family neither the id nor the expected numbers", () => {
    let seen: object = {};
    const spy: Family = (question) => {
      seen = question;
      return values({ y: 4 });
    };
    runVectors([write("double.json", { pairs: [pair({ expected: { y: 4, ci: [1, 2] } })] })], {
      double: spy,
    });
    expect(Object.keys(seen).sort()).toEqual(["claims", "input", "method", "readData", "wanted"]);
    expect(seen).toMatchObject({ wanted: ["y", "ci.0", "ci.1"], claims: null });
  });

  it("follows same_as in the file and into others, own fields over the other's", () => {
    write("others.json", { pairs: [pair({ id: "far", input: { x: 3, w: 1 } })] });
    const report = run(
      pair({}),
      pair({ id: "two", input: { same_as: "one", x: 5 }, expected: { y: 10 } }),
      pair({ id: "three", input: { same_as: "others.json#far" }, expected: { y: 6 } }),
      pair({ id: "four", input: "others.json#far", expected: { y: 6 } }),
    );
    expect(report).toMatchObject({ passed: 4, failed: 0, lines: [] });
  });

  it("tells circles and references to nothing", () => {
    const report = run(
      pair({ id: "a", input: { same_as: "b" } }),
      pair({ id: "b", input: { same_as: "a" } }),
      pair({ id: "c", input: { same_as: "nobody" } }),
      pair({ id: "d", input: { same_as: "none.json#x" } }),
    );
    expect(report.failed).toBe(4);
    expect(report.lines[0]).toMatch(/same_as runs in a circle: double.json#a -> double.json#b -> /);
    expect(report.lines[2]).toMatch(/double.json has no pair nobody/);
    expect(report.lines[3]).toMatch(/same_as names none.json, which is missing/);
  });

  it("skips unknown families and what has no numeric tolerance, with the reason", () => {
    const report = runVectors([write("tarot.json", { pairs: [pair({})] })], FAMILIES);
    expect(report).toMatchObject({ passed: 0, failed: 0, skipped: 1 });
    expect(report.lines).toEqual(["skipped: tarot.json#one: no family of methods is called tarot"]);
    expect(run(pair({ tolerance: "MCMC" })).lines).toEqual([
      "skipped: double.json#one: no number to compare within: tolerance MCMC",
    ]);
    expect(run(pair({ tolerance: "property" })).lines[0]).toMatch(/^skipped: .*checked nowhere/);
    expect(run(pair({ tolerance: undefined })).lines[0]).toMatch(/none is stated/);
  });

  it.each(Object.keys(FAMILIES))("%s tells a method that it does not know", (name) => {
    const odd = pair({ method: "astrology", input: { moon: "full" } });
    const report = runVectors([write(`${name}.json`, { pairs: [odd] })], FAMILIES);
    expect(report.passed).toBe(0);
    expect(report.failed + report.skipped).toBe(1);
    expect(report.lines[0]).not.toMatch(/broke off|undefined|NaN/);
  });

  it("tells files that are missing, empty or no JSON, and goes on", () => {
    const broken = write("broken.json", "{ pairs: ");
    const empty = write("empty.json", { title: "nothing" });
    const good = write("double.json", { pairs: [pair({}), 7] });
    const report = runVectors([join(folder, "absent"), broken, empty, good], { double });
    expect(report.lines.map((line) => line.replace(folder, "").slice(0, 60))).toEqual([
      "failed: /absent: there is no such file or folder",
      expect.stringMatching(/broken.json: the file cannot be read as JSON/),
      expect.stringMatching(/empty.json: the file has no list "pairs"/),
      expect.stringMatching(/double.json: pair 2 is no object/),
    ]);
  });

  it("tells a missing data file and a number that is none", () => {
    const reader: Family = ({ readData }) => values(readData("nowhere/none.csv").length);
    const path = write("double.json", { pairs: [pair({ expected: 1 })] });
    expect(runVectors([path], { double: reader }).lines).toEqual([
      "failed: double.json#one: the data file nowhere/none.csv is missing",
    ]);
    const srm = write("srm.json", {
      pairs: [pair({ method: "chi-square", input: { observed: [1, "two"] } })],
    });
    expect(runVectors([srm], FAMILIES).lines[0]).toMatch(/observed is no list of numbers/);
  });

  it("tells a computation that broke off, and numbers outside a statistic's range", () => {
    const path = write("double.json", { pairs: [pair({})] });
    const broken: Family = () => {
      throw new TypeError("x is not a function");
    };
    expect(runVectors([path], { double: broken }).lines[0]).toMatch(/broke off: x is not/);
    const srm = write("srm.json", {
      pairs: [pair({ method: "chi-square", input: { observed: [0, 0], weights: [1, 1] } })],
    });
    expect(runVectors([srm], FAMILIES).lines[0]).toMatch(/sample ratio: expected at least one/);
  });

  it("knows a family by the beginning of the file's name", () => {
    expect(familyName("/x/cuped.json", FAMILIES)).toBe("cuped");
    expect(familyName("/x/two-sample-more.json", FAMILIES)).toBe("two_sample");
    expect(familyName("/x/powerful.json", FAMILIES)).toBe("powerful");
  });
});

describe("tolerances", () => {
  it.each([
    [1e-3, "absolute", 1e-3],
    ["1 % relative", "relative", 0.01],
    ["0.5 %", "relative", 0.005],
    ["1e-6 relative", "relative", 1e-6],
    ["within 0.1", "absolute", 0.1],
  ])("%s", (raw, kind, width) => {
    expect(readTolerance(raw)).toEqual({ kind, width: expect.closeTo(width, 15) });
  });

  it.each(["property", "MCMC", "point estimate 1 %; p depends", -1, null])("%s is text", (raw) => {
    expect(readTolerance(raw).kind).toBe("text");
  });

  it("are kept by bounds without an end, by lists and by field", () => {
    const near = readTolerance(0.1);
    expect(differences([1, null], [1.05, Number.POSITIVE_INFINITY], near)).toEqual([]);
    expect(differences(["-inf", 2], [Number.NEGATIVE_INFINITY, 2], near)).toEqual([]);
    expect(differences([1, 2], [1], near)).toEqual(["the value: expected 2 values, got 1"]);
    expect(differences(1, Number.NaN, near)).toHaveLength(1);
    const byField = readTolerance({ a: 0.1, default: "1 %" });
    expect(differences({ a: 1, b: 100 }, { a: 1.05, b: 100.9 }, byField)).toEqual([]);
    expect(differences({ a: 1, b: 100 }, { a: 1.2, b: 102 }, byField)).toHaveLength(2);
  });
});

it("rows of a quoted file are read by their columns", () => {
  expect(csvRows('a,"b c"\r\n1,"x, ""y"""\n2,\n')).toEqual([
    { a: "1", "b c": 'x, "y"' },
    { a: "2", "b c": "" },
  ]);
});
