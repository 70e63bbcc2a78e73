// The house rules as an ordinary test: layers point downward, pure layers stay pure, files and
// functions stay short, names speak. Every rule has a control that shows that it can fail.
import { describe, expect, it } from "vitest";
import { circlesOf } from "./tidy/circles.ts";
import { EXCEPTIONS } from "./tidy/exceptions.ts";
import * as rules from "./tidy/rules.ts";
import { codeOnly, importsOf, projectSources, source } from "./tidy/source.ts";

const files = projectSources();

interface Check {
  name: string;
  rule: rules.Rule;
  /** Made-up files that must fail, and ones near them that must pass. */
  bad: [path: string, text: string][];
  good: [path: string, text: string][];
}

const long = (lines: number): string => "let x = 1;\n".repeat(lines);
const longFunction = (lines: number): string =>
  `export function big(): void {\n${"  x();\n".repeat(lines - 2)}}\n`;

const checks: Check[] = [
  {
    name: "imports go only downward",
    rule: rules.layersPointDown,
    bad: [
      ["src/core/a.ts", 'import { b } from "../host/b.ts";'],
      ["src/core/a.ts", 'import type { B } from "../stats/b.ts";'],
      ["src/core/a.ts", 'const b = await import("../cli/b.ts");'],
      ["src/core/a.ts", 'export { b } from "../../bench/b.ts";'],
      ["src/nolayer/a.ts", "export const a = 1;"],
    ],
    good: [
      ["src/core/a.ts", 'import { b } from "../base/b.ts";\nimport { c } from "./c.ts";'],
      ["src/core/a.ts", '// import { b } from "../host/b.ts";'],
      ["src/cli/a.ts", 'import { b } from "../server/b.ts";'],
    ],
  },
  {
    name: "core, stats, crowd, verdict, plan and value read no clock, no luck, no machine",
    rule: rules.pureLayersStayPure,
    bad: [
      ["src/core/a.ts", 'import { readFileSync } from "node:fs";'],
      ["src/core/a.ts", 'import { dayStarts } from "../base/time.ts";'],
      ["src/stats/a.ts", "const now = Date.now();"],
      ["src/stats/a.ts", "const now = new Date();"],
      ["src/crowd/a.ts", "const now = performance.now();"],
      ["src/crowd/a.ts", "const dice = Math.random();"],
      ["src/plan/a.ts", "const home = process.env.HOME;"],
      ["src/value/a.ts", "const f = new Intl.NumberFormat();"],
      ["src/value/a.ts", "const text = (3).toLocaleString();"],
      ["src/core/a.ts", "setTimeout(go, 5);"],
    ],
    good: [
      ["src/core/a.ts", '// Date.now() is not for us\nconst a = "Math.random";'],
      ["src/core/a.ts", "const day = new Date(atMs);"],
      ["src/host/a.ts", "const now = Date.now();"],
      ["src/core/a.test.ts", 'import { readFileSync } from "node:fs";'],
    ],
  },
  {
    name: "what a browser runs needs no node: module",
    rule: rules.portableFilesNeedNoNode,
    bad: [
      ["src/journal/codec.ts", 'import { createHash } from "node:crypto";'],
      ["src/journal/codec-record.ts", 'import { createHash } from "node:crypto";'],
      ["src/journal/log/log-tree.ts", 'import { createHash } from "node:crypto";'],
      ["src/journal/verify/verify.ts", 'const fs = await import("node:fs");'],
      ["src/base/hash.ts", 'import { createHash } from "node:crypto";'],
    ],
    good: [["src/journal/files/file-journal.ts", 'import { open } from "node:fs/promises";']],
  },
  {
    name: "only cli reads the environment",
    rule: rules.onlyCliReadsTheEnvironment,
    bad: [["src/server/a.ts", "const port = process.env.PORT;"]],
    good: [["src/cli/a.ts", "const port = process.env.PORT;"]],
  },
  {
    name: "nothing forbidden is used; each has its replacement",
    rule: rules.forbiddenThings,
    bad: [
      ["src/core/a.ts", "export default 1;"],
      ["src/core/a.ts", "export { a as default };"],
      ["src/core/a.ts", "const a: any = 1;"],
      ["src/core/a.ts", "const a = b as any;"],
      ["src/core/a.ts", "function f(a: any): void {}"],
      ["src/core/a.ts", "const a = new Map<string, any>();"],
      ["src/core/a.ts", "let a: any[] = [];"],
      ["test/a.ts", "const a = Math.random();"],
    ],
    good: [["src/core/a.ts", "// any\nconst any = 1;\nexport const b = `as any`;"]],
  },
  {
    name: "no unfinished notes",
    rule: rules.noUnfinishedNotes,
    bad: [["src/core/a.ts", `// ${"TO"}DO later`]],
    good: [["src/core/a.ts", "// to do it later would be too late"]],
  },
  {
    name: "files have at most 300 lines, tests 500",
    rule: rules.filesAreShort,
    bad: [
      ["src/core/a.ts", long(301)],
      ["src/core/a.test.ts", long(501)],
    ],
    good: [
      ["src/core/a.ts", long(300)],
      ["src/core/a.test.ts", long(500)],
    ],
  },
  {
    name: "lines have at most 100 columns",
    rule: rules.linesAreNarrow,
    bad: [["src/core/a.ts", `// ${"x".repeat(98)}`]],
    good: [["src/core/a.ts", `// ${"x".repeat(97)}`]],
  },
  {
    name: "functions have at most 70 lines",
    rule: rules.functionsAreShort,
    bad: [
      ["src/core/a.ts", longFunction(71)],
      ["src/core/a.ts", `export const big = (a: number): void => {\n${long(70)}};\n`],
      ["src/core/a.ts", `class A {\n  #big(a: number): void {\n${long(70)}  }\n}\n`],
      ["src/core/a.ts", `class A {\n  async big(\n    a: B,\n  ): C {\n${long(70)}  }\n}\n`],
      ["src/core/a.ts", `export function big(\n  a: number,\n): void {\n${long(68)}}\n`],
    ],
    good: [
      ["src/core/a.ts", longFunction(70)],
      ["src/core/a.ts", `${longFunction(50)}${longFunction(50)}`],
      ["src/core/a.test.ts", `describe("a", () => {\n${long(200)}});\n`],
    ],
  },
  {
    name: "files open with a comment",
    rule: rules.opensWithComment,
    bad: [["src/core/a.ts", "export const a = 1;\n// too late"]],
    good: [
      ["src/core/a.ts", "// What it holds.\nexport const a = 1;"],
      ["src/cli/main.ts", "#!/usr/bin/env node\n// What it holds."],
    ],
  },
  {
    name: "names are kebab-case and say what is inside",
    rule: rules.namesAreKebabCase,
    bad: [
      ["src/core/bigCap.ts", ""],
      ["src/core/utils/a.ts", ""],
      ["src/core/helpers.ts", ""],
      ["src/core/types.ts", ""],
    ],
    good: [["src/core/cap-cells.test.ts", ""]],
  },
];

describe("tidy", () => {
  it("finds the project's files", () => {
    expect(files.length).toBeGreaterThan(10);
    expect(files.some((file) => file.path === "src/base/money.ts")).toBe(true);
  });

  for (const check of checks) {
    it(check.name, () => {
      const problems = files.flatMap((file) =>
        check.rule(file).map((problem) => `${file.path}: ${problem}`),
      );
      expect(problems).toEqual([]);
    });

    it(`control: "${check.name}" can fail`, () => {
      for (const [path, text] of check.bad) {
        expect(check.rule(source(path, text)), `${path}: ${text.slice(0, 80)}`).not.toEqual([]);
      }
      for (const [path, text] of check.good) {
        expect(check.rule(source(path, text)), `${path}: ${text.slice(0, 80)}`).toEqual([]);
      }
    });
  }

  it("no files load each other in a circle", () => {
    expect(circlesOf(files.filter(({ path }) => path.startsWith("src/")))).toEqual([]);
  });

  it('control: "no files load each other in a circle" can fail', () => {
    const ring = (last: string): ReturnType<typeof source>[] => [
      source("src/core/a.ts", 'import { b } from "./b.ts";'),
      source("src/core/b.ts", 'export { c } from "../core/c.ts";'),
      source("src/core/c.ts", last),
    ];
    const files = ["src/core/a.ts", "src/core/b.ts", "src/core/c.ts", "src/core/a.ts"];
    expect(circlesOf(ring('import { type A, a } from "./a.ts";'))).toEqual([files]);
    expect(circlesOf(ring('import type { A } from "./a.ts";'))).toEqual([]);
    expect(circlesOf(ring('import { type A, type B } from "./a.ts";'))).toEqual([]);
  });

  it("has no exception that is no longer needed", () => {
    const byPath = new Map(files.map((file) => [file.path, file]));
    const dead = [
      ...Object.keys(EXCEPTIONS.fileLines).filter((path) => {
        const lines = byPath.get(path)?.lines.length ?? 0;
        return lines - 1 <= (path.includes("test") ? 500 : 300);
      }),
      ...Object.keys(EXCEPTIONS.functionLines).filter((key) => {
        const [path, name] = key.split("#");
        return !byPath.get(path ?? "")?.code.includes(`${name}(`);
      }),
      ...Object.keys(EXCEPTIONS.wideLines).filter((path) => !byPath.has(path)),
    ];
    expect(dead).toEqual([]);
  });

  it("tells code from prose", () => {
    const text = 'a("x // y"); // z\nb(/"/.test(c)); /* d\n"e" */ f(`g "h`);';
    const code = codeOnly(text);
    expect(code.length).toBe(text.length);
    expect(code.replace(/ +/g, " ")).toBe('a(" "); \nb(/ /.test(c)); \n f(` `);');
    const dynamic = 'import a from "a";\nexport * from "b";\nawait import("c");\n// from "d"';
    expect(importsOf(source("src/a.ts", dynamic))).toEqual(["a", "b", "c"]);
  });
});
