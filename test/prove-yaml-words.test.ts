// What is wrong with a YAML file is told by what to write instead, never in a library's words.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { HongbaoError } from "../src/base/error.ts";
import { shapeProblem } from "../src/contract/shape-words.ts";
import { readProject } from "../src/prove/index.ts";
import { readYamlFile } from "../src/prove/yaml-file.ts";

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hongbao-yaml-"));
  file = join(folder, "prove.yaml");
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function told(text: string | Uint8Array): Promise<string> {
  await writeFile(file, text);
  const thrown: unknown = await readProject(file).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(HongbaoError);
  const { message } = thrown as HongbaoError;
  expect(message).not.toMatch(/Invalid|Unrecognized|received|parseAll|call stack|Too (small|big)/);
  return message.replace(file, "FILE");
}

const SOURCES = "sources:\n  table: { file: t.csv, arm: arm, control: a }\n";
const planOf = (plan: string): string => `title: t\nplan:\n${plan}\n${SOURCES}`;
const METRICS = "  metrics:\n    - { id: kept, column: kept, kind: share }";

describe("a shape that is wrong", () => {
  it.each([
    [
      "a missing list",
      planOf("  level: 95 %"),
      /column \d+: plan\.metrics: expected a list, found nothing$/,
    ],
    [
      "a slip of a key",
      planOf("  metrix: []"),
      /^FILE, line 3, column 3: plan\.metrix: expected one of the keys .* mean metrics\?\)$/,
    ],
    [
      "a slip of a metric's key",
      planOf("  metrics:\n    - { id: a, colum: a, kind: share }"),
      /^FILE, line 4, column 16: .*0\.colum: expected .* keys id, .* mean column\?\)$/,
    ],
    [
      "a kind that is none",
      planOf("  metrics:\n    - { id: a, column: a, kind: shares }"),
      /^FILE, line 4, column 33: .*0\.kind: expected share, mean, ratio or quantile.*an share\?\)$/,
    ],
    [
      "a list in place of a group",
      `title: t\nplan: []\n${SOURCES}`,
      /line 2, column 7: plan: expected a group of keys, found a list of 0$/,
    ],
    [
      "text in place of a list",
      planOf("  metrics: kept"),
      /plan\.metrics: expected a list, found "kept"$/,
    ],
    [
      "an empty list",
      planOf("  metrics: []"),
      /plan\.metrics: expected at least one entry, found a list of 0$/,
    ],
    [
      "a word for another",
      planOf(`${METRICS}\n  questions: [reech]`),
      /plan\.questions\.0: expected .*, found "reech" \(did you mean reach\?\)$/,
    ],
    [
      "a margin that is none",
      planOf(`${METRICS}\n  guardrails: [{ metric: kept, worse: lower, margin: wide }]`),
      /guardrails\.0\.margin: expected a number above 0, or "2 %".*, found "wide"$/,
    ],
    [
      "neither of two shapes",
      planOf("  metrics:\n    - { id: a, column: a, kind: mean, before: 3 }"),
      /metrics\.0\.before: expected text or a group of keys, found 3$/,
    ],
    [
      "a deviation that is no small part",
      planOf(`${METRICS}\n  deviation: 20 %`),
      /plan\.deviation: expected at most 5 %, found "20 %"$/,
    ],
    [
      "an id that is none",
      planOf("  metrics:\n    - { id: A B, column: a, kind: share }"),
      /metrics\.0\.id: expected a-z, 0-9 and - \(at most 63\), found "A B"$/,
    ],
  ])("%s", async (_, text, expected) => {
    expect(await told(text)).toMatch(expected);
  });
});

describe("a text that is no plain YAML", () => {
  it.each([
    [
      "two documents",
      `${planOf(METRICS)}---\ntitle: u\n`,
      /expected one document, found a second one, after `---`$/,
    ],
    [
      "groups without end",
      `title: ${"[".repeat(20_000)}`,
      /expected a YAML file, found groups nested too deeply$/,
    ],
    [
      "a tag",
      "title: !!js/function 'x'\nplan: {}\nsources: {}\n",
      /line 1, column \d+: .*expected a plain value, found a YAML tag$/,
    ],
    ["a key twice", "title: a\ntitle: b\n", /line 2, column 1: expected each key once/],
    ["a tab", "title: a\nplan:\n\tmetrics: []\n", /expected spaces for indentation, found a tab$/],
    ["nothing", "", /line 1, column 1: expected keys and values, found an empty file$/],
    ["an open bracket", "title: [", /expected a closing bracket or quote, .*, found none$/],
    [
      "UTF-16",
      Buffer.from("title: a\n", "utf16le"),
      /expected text in UTF-8, found the control char/,
    ],
    [
      "a key that would be dropped",
      `title: t\nplan: {}\nsources: { __proto__: {} }\n`,
      /expected a name as key, found "__proto__"$/,
    ],
    [
      "a sign of YAML",
      "title: `a`\n",
      /expected quotes around text that begins with a sign of YAML/,
    ],
  ])("%s", async (_, text, expected) => {
    expect(await told(text)).toMatch(expected);
  });

  it("keys may be numbers, as they are spelled", async () => {
    const schema = z.record(z.string(), z.number());
    await writeFile(file, "0: 1\n01: 2\ntrue: 3\n");
    expect(await readYamlFile(file, schema)).toEqual({ "0": 1, "01": 2, true: 3 });
  });

  it("what cannot be read is said as what it is", async () => {
    await expect(readProject(folder)).rejects.toThrow(/expected a file, found a directory$/);
    await expect(readProject(join(folder, "no.yaml"))).rejects.toThrow(/file, found none$/);
  });
});

describe("the words of a shape", () => {
  it("name a record's wrong key at the key", () => {
    const schema = z.record(z.string().regex(/^[a-z]+$/, "expected a-z"), z.number());
    const value = { A1: 1 };
    const { issues } = schema.safeParse(value).error!;
    expect(shapeProblem(schema, issues, value)).toEqual({
      ...{ path: ["A1"], isKey: true, expected: "a-z", found: 'the key "A1"' },
    });
  });
});
