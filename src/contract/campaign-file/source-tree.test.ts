import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BASE } from "./base-campaign.fixture.ts";
import { parseCampaignFile } from "./parse-campaign.ts";
import { formatProblem } from "./problems.ts";
import { SourceTree } from "./source-tree.ts";

function problemsOf(text: string): string[] {
  return parseCampaignFile(text, "c.yaml").problems.map(formatProblem);
}

describe("what makes YAML surprising is refused with its place:", () => {
  const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"];
  for (let i = 0; i < 8; i++) {
    const [from, to] = ["abcdefghij"[i]!, "abcdefghij"[i + 1]!];
    bomb.push(`${to}: &${to} [*${from}, *${from}, *${from}, *${from}, *${from}, *${from}]`);
  }
  const cases: [string, string, string][] = [
    ["an empty file", "", "c.yaml:1:1: expected a campaign, found an empty file"],
    ["only a comment", "# nothing\n", "c.yaml:1:1: expected a campaign, found an empty file"],
    ["only a null", "~\n", "c.yaml:1:1: expected an object, found null"],
    ["a list", "- campaign: a\n", "c.yaml:1:1: expected an object, found a list of 1"],
    ["text", "hello\n", 'c.yaml:1:1: expected an object, found "hello"'],
    [
      "a tab for indentation",
      "holdout:\n\tshare: 1\n",
      "c.yaml:2:1: expected spaces for indentation, found a tab",
    ],
    [
      "a key twice",
      "title: a\ncampaign: b\ntitle: c\n",
      "c.yaml:3:1: expected each key once, found a key for the second time",
    ],
    [
      "two documents",
      "title: a\n---\ntitle: b\n",
      "expected one document, found a second one, after `---`",
    ],
    ["a tag", "title: !!binary aGk=\n", "expected a plain value, found a YAML tag"],
    ["an own tag", "title: !secret x\n", "expected a plain value, found a YAML tag"],
    [
      "a colon in a value",
      "title: at 1 : 1000\n",
      "expected quotes around a value that contains `: `, found a colon within the value",
    ],
    [
      "NUL",
      "title: a\u0000b\n",
      "c.yaml:1:9: expected text in UTF-8, found the control character U+0000",
    ],
    [
      "an escape character",
      "a: b\ntitle: \u001b[31m\n",
      "c.yaml:2:8: expected text in UTF-8, found the control character U+001B",
    ],
    [
      "half a character",
      "title: \ud800\n",
      "c.yaml:1:8: expected text in UTF-8, found half a character, U+D800",
    ],
    [
      "a stray low half",
      "title: \udc00\n",
      "c.yaml:1:8: expected text in UTF-8, found half a character, U+DC00",
    ],
    [
      "bytes that are not UTF-8",
      "title: \ufffd\n",
      "c.yaml:1:8: expected text in UTF-8, found U+FFFD: the file is not in UTF-8",
    ],
    [
      "a byte order mark within",
      "title: \ufeffa\n",
      "c.yaml:1:8: expected text in UTF-8, found a byte order mark within the file",
    ],
    [
      "more than 1 MiB",
      `title: ${"x".repeat(1_048_576)}\n`,
      "c.yaml:1:1: expected a file of at most 1 MiB, found 1048584 characters",
    ],
    ["a bomb of aliases", bomb.join("\n"), "expected at most 100 aliases, found more"],
    [
      "an alias of itself",
      "offers: &a [*a]\n",
      "expected a campaign file, found aliases or groups that expand without end",
    ],
    [
      "an alias of nothing",
      "title: *gone\n",
      'c.yaml:1:8: title: expected the name of an anchor above, found "gone"',
    ],
    ["a merge", `${BASE}<<: { title: b }\n`, 'found the unknown key "<<"'],
    ["a number as key", "1: 2\n", "c.yaml:1:1: expected a name as key, found 1"],
    ["a list as key", "? [a]\n: 2\n", "expected a name as key, found something else"],
    [
      "__proto__ as key",
      "__proto__: { title: x }\n",
      'c.yaml:1:1: expected a name as key, found "__proto__"',
    ],
    ["lists 30,000 deep", `a: ${"[".repeat(30_000)}`, "found groups nested too deeply"],
    ["blocks 30,000 deep", `${"- ".repeat(30_000)}x`, "found groups nested too deeply"],
    ["groups 10,000 deep", "{a: ".repeat(10_000), "found groups nested too deeply"],
    ["keys of keys 10,000 deep", "? ".repeat(10_000), "found groups nested too deeply"],
    ["20,000 keys", "k: 1\n".repeat(20_000), "found a group of too many entries"],
    ["20,000 entries", `a: [${"1,".repeat(20_000)}]`, "found a group of too many entries"],
    ["an open quote", 'title: "abc\n', "expected a closing bracket or quote"],
  ];
  test.each(cases)("%s", (_, text, problem) => {
    const check = parseCampaignFile(text, "c.yaml");
    expect(check.definition).toBeNull();
    expect(check.problems.map(formatProblem).join("\n")).toContain(problem);
  });
});

describe("what is harmless is taken:", () => {
  const cases: [string, string][] = [
    ["a byte order mark at the start", `\ufeff${BASE}`],
    ["lines that end as in Windows", BASE.replaceAll("\n", "\r\n")],
    ["no line end at the end", BASE.trimEnd()],
    ["a document's start and end marks", `---\n${BASE}...\n`],
    [
      "an anchor used twice",
      BASE.replace("at: 2026-03-20T00:00:00+08:00", "at: &last 2026-03-20T00:00:00+08:00").replace(
        "after: 7d",
        "at: *last",
      ),
    ],
    ["JSON, which is YAML", JSON.stringify(new SourceTree(BASE).value)],
    ["a title in Chinese with an emoji", BASE.replace("title: Spring", "title: 春节红包 🧧")],
  ];
  test.each(cases)("%s", (_, text) => {
    expect(problemsOf(text)).toEqual([]);
  });
});

test("places are right after a byte order mark and with lines as in Windows", () => {
  const text = `\ufeff${BASE.replace("currency: CNY", "currency: yuan").replaceAll("\n", "\r\n")}`;
  expect(problemsOf(text)[0]).toMatch(/^c\.yaml:3:11: currency/);
});

test("no text makes the parser throw, and no invalid text gives a campaign", () => {
  const lines = BASE.split("\n");
  const snippet = fc.oneof(
    fc.constantFrom(..."&*!|>%@`{}[]?:-,#'\"\t\r\n"),
    fc.constantFrom(
      "<<",
      "*a",
      "&a ",
      "~",
      "null",
      ".inf",
      "0x1",
      "2_888",
      "- ",
      "  ",
      "---",
      "1e9",
    ),
    fc.string({ unit: "binary", maxLength: 5 }),
  );
  const edits = fc.array(fc.tuple(fc.nat(BASE.length), fc.nat(30), snippet), { maxLength: 4 });
  const mutated = edits.map((list) =>
    list.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), BASE),
  );
  const shuffled = fc
    .tuple(fc.shuffledSubarray(lines), fc.shuffledSubarray(lines))
    .map((parts) => parts.flat().join("\n"));
  fc.assert(
    fc.property(
      fc.oneof(mutated, shuffled, fc.string({ unit: "binary", maxLength: 200 })),
      (text) => {
        const { definition, problems } = parseCampaignFile(text);
        const errors = problems.filter((problem) => problem.severity === "error");
        expect(definition === null).toBe(errors.length > 0);
        for (const { line, column, path, ...words } of problems) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(words.expected).not.toBe("");
          expect(words.found).not.toBe("");
          expect(typeof path).toBe("string");
        }
      },
    ),
    { numRuns: 600 },
  );
});
