import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJsonText } from "./parse-json.ts";

function pathOf(text: string): unknown {
  try {
    parseJsonText(text);
  } catch (error) {
    return (error as { details: { path: string } }).details.path;
  }
  return null;
}

describe("JSON with a key that comes twice", () => {
  const cases: [string, string, string][] = [
    ["in the whole", '{"id":"a","user":"u","id":"b"}', "$.id"],
    ["with the same value", '{"id":"a","id":"a"}', "$.id"],
    ["with spaces around it", '{ "id" : 1 ,\r\n\t"id"\n: 2 }', "$.id"],
    ["once in an escape", '{"a":1,"\\u0061":2}', "$.a"],
    ["as a quote in an escape", '{"\\"":1,"\\u0022":2}', '$["\\""]'],
    ["behind backslashes", '{"x\\\\":1,"y":"\\\\\\"","x\\\\":2}', '$["x\\\\"]'],
    ["beyond ASCII", '{"名":1,"\\u540d":2}', '$["名"]'],
    ["of two surrogates", '{"🧧":1,"\\ud83e\\udde7":2}', '$["🧧"]'],
    ["empty", '{"":1,"":2}', '$[""]'],
    ["within", '{"attributes":{"device":"a","ip":"b","device":"c"}}', "$.attributes.device"],
    ["in a list", '{"lines":[{"a":1},[],[{}, {"b":{},"b":[]}]]}', "$.lines[2][1].b"],
    ["of a prototype", '{"a":{"__proto__":1,"__proto__":2}}', "$.a.__proto__"],
    ["the second time", '{"a":{"a":1},"b":[{"a":1}],"a":2}', "$.a"],
  ];
  it.each(cases)("is refused: %s", (_, text, path) => {
    expect(pathOf(text)).toBe(path);
  });

  it("says what was expected", () => {
    expect(() => parseJsonText('{"id":1,"id":2}')).toThrow(
      "$.id: expected each key once in an object, found this one again",
    );
  });
});

describe("JSON whose keys are each there once", () => {
  it("is what JSON.parse makes of it, whatever it is", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.nat(3), (text, indent) => {
        const value: unknown = JSON.parse(text);
        expect(parseJsonText(text)).toEqual(value);
        expect(parseJsonText(JSON.stringify(value, null, indent))).toEqual(value);
      }),
      { numRuns: 2000 },
    );
  });

  it("may have colons, quotes and braces in its texts", () => {
    const value = { a: '{"a":1}', b: ['":"', '\\":', "\\"], c: { a: '"', "a:": "," } };
    expect(parseJsonText(JSON.stringify(value))).toEqual(value);
  });

  it("may be deeper than anybody counts", () => {
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    expect(() => parseJsonText(deep)).not.toThrow();
  });

  it("control: a repeated key anywhere in it is found", () => {
    const object = fc.dictionary(fc.string(), fc.json({ maxDepth: 2 }), { minKeys: 1 });
    fc.assert(
      fc.property(object, fc.nat(), (members, pick) => {
        const list = Object.entries(members).map(([key, json]) => `${JSON.stringify(key)}:${json}`);
        const text = `[0,{"x":{${[...list, list[pick % list.length]].join()}}}]`;
        expect(pathOf(text)).toContain("$[1].x");
      }),
    );
  });
});
