import { describe, expect, it } from "vitest";
import { ConditionCompiler } from "./compile.ts";
import { readFacts } from "./facts.ts";
import { LocalTime } from "./local-time.ts";

const COMPILER = new ConditionCompiler({
  facts: [
    { name: "age", type: "int" },
    { name: "city", type: "string" },
    { name: "tags", type: "list of string" },
    { name: "rate", type: "double" },
    { name: "vip", type: "bool" },
  ],
  lists: [{ id: "regulars" }, { id: "coming" }],
  audiences: [{ id: "club", holdoutShare: 0, salt: "" }],
});
const CLAIMANT = {
  inList: (list: string) => (list === "coming" ? null : true),
  inAudience: (audience: string) => audience === "club",
};

function failures(text: string, facts: Record<string, unknown> = {}): (string | null)[] {
  const compiled = COMPILER.compile(text);
  if (!("parts" in compiled)) throw new Error(`${compiled.expected}; ${compiled.found}`);
  return compiled.parts.map((part) => part.failure(facts, CLAIMANT));
}

function problem(text: string): string {
  const compiled = COMPILER.compile(text);
  return "parts" in compiled ? "none" : `${compiled.expected} | ${compiled.found}`;
}

describe("a condition", () => {
  it("is judged part by part, at its outermost &&", () => {
    const facts = { age: 17n, city: "Shanghai", vip: true };
    expect(failures('age >= 18 && (city == "Shanghai" || vip)', facts)).toEqual([
      "age >= 18 does not hold",
      null,
    ]);
  });

  it("fails where a fact did not come, unless it does not matter", () => {
    expect(failures("age >= 18")).toEqual(["age >= 18: the fact age did not come"]);
    expect(failures("vip || age >= 18", { vip: true })).toEqual([null]);
    expect(failures("vip || age >= 18", { vip: false })[0]).toMatch(/the fact age did not come/);
    expect(failures("!(age >= 18)")[0]).toMatch(/did not come/);
  });

  it("fails where it has no answer, and repeats no fact in saying so", () => {
    const facts = { age: 0n, city: "secret town", tags: [] as string[] };
    for (const text of [
      "100 / age > 1",
      "int(city) > 1",
      'tags[3] == "x"',
      "age - 1 > 2 || 1 / age > 0",
    ]) {
      const [failure] = failures(text, facts);
      expect(failure).toMatch(/has no answer/);
      expect(failure).not.toMatch(/secret town/);
    }
  });

  it("asks for lists and audiences by name, and fails for a list that is not there yet", () => {
    expect(failures('inList("regulars") && inAudience("club")')).toEqual([null, null]);
    expect(failures('inList("coming")')[0]).toMatch(/the list coming is not imported yet/);
    expect(failures('!inList("coming")')[0]).toMatch(/not imported yet/);
  });

  it("loops over lists once", () => {
    expect(failures('tags.exists(t, t == "new")', { tags: ["old", "new"] })).toEqual([null]);
    expect(failures("tags.all(t, t.size() < 4)", { tags: ["old", "newer"] })[0]).not.toBeNull();
  });

  it.each([
    ["agee > 3", /the name of a fact \(.*age.*\) \| agee/],
    ['age > "x"', /no such overload: int > string/],
    ["age >", /Unexpected token/],
    ["age", /true or false \| int/],
    ['city.matches("(a+)+$")', /\.matches\(\) *$/],
    ["tags.exists(t, tags.exists(u, u == t))", /no loop within a loop/],
    ["tags.map(t, t).size() > 1", /\.map\(\)/],
    ["tags.exists(t, t.contains(city))", /at most 1000 steps/],
    [`${"city + ".repeat(100)}city == ""`, /1000 steps|depth|Depth/],
    [`${"(".repeat(60)}vip${")".repeat(60)}`, /Depth/],
    [`vip${" ".repeat(3000)}`, /1 to 2000 bytes/],
    ['{"a": 1}.a == 1', /maxMapEntries/],
    ["dyn(age) == 1", /dyn\(\)/],
    ["now.getHours() > 3", /\.getHours\(\)/],
    ['inList("regular")', /the id of one list \("regulars", "coming"\) \| "regular"/],
    ["inList(city)", /the id of one list .* something else/],
    ['"a" in city', /a list after in/],
    ["tags.exists(age, age == 3)", /a name that is no fact's/],
    ['b"abc" == b"abc"', /another value/],
    ["has(city.size)", /has\(\)/],
    ["age > 3 &&\n  cty == 'x'", /cty in line 2 at 3/],
  ])("%s is refused", (text, words) => {
    expect(problem(text)).toMatch(words);
  });
});

describe("facts", () => {
  const types = new Map([
    ["age", "int"],
    ["tags", "list of string"],
  ] as const);

  it("are taken as they are, whole numbers as CEL's int", () => {
    expect(readFacts({ age: 31, tags: ["a"] }, types)).toEqual({ age: 31n, tags: ["a"] });
  });

  it.each([
    [{ age: "31" }, /\$\.facts\.age: expected a whole number, found a string/],
    [{ age: 1.5 }, /whole number/],
    [{ age: Number.NaN }, /whole number/],
    [{ tags: "a" }, /a list of at most 64 texts/],
    [{ tags: ["x".repeat(257)] }, /a list of at most 64 texts, found a list of 1/],
    [{ tags: Array.from({ length: 65 }, () => "x") }, /found a list of 65/],
    [{ tags: ["\ud800"] }, /a list/],
    [{ name: "x" }, /a fact that the campaign declares \(age, tags\), found another name/],
    [{ constructor: "x" }, /a fact that the campaign declares/],
  ])("%o are refused without being repeated", (facts, words) => {
    expect(() => readFacts(facts as never, types)).toThrow(words);
  });
});

describe("local time", () => {
  it("counts hours from local midnight, on a day of 25 hours too", () => {
    const day = Date.parse("2026-10-25T00:00:00+02:00");
    const dayStartsMs = [day, day + 25 * 3_600_000];
    const time = new LocalTime({ dayStartsMs, timeZone: "Europe/Berlin" });
    expect(time.factsAt(day)).toMatchObject({ hour: 0n, weekday: 7n, date: "2026-10-25" });
    expect(time.factsAt(day + 25 * 3_600_000 - 1)).toMatchObject({ hour: 24n, weekday: 7n });
    expect(time.factsAt(day + 25 * 3_600_000)).toMatchObject({ hour: 0n, date: "2026-10-26" });
  });
});
