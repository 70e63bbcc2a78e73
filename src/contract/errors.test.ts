import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { HongbaoError } from "../base/error.ts";
import { contractError, ERRORS, errorBody, errorEntry, isErrorCode } from "./errors.ts";

const SOURCE = join(import.meta.dirname, "..");

/** The argument lists of every HongbaoError and contractError that a source text makes. */
function makings(text: string): string[] {
  const lists: string[] = [];
  for (const match of text.matchAll(/(?:new HongbaoError|contractError)\(/g)) {
    const start = match.index + match[0].length;
    let depth = 1;
    let end = start;
    while (depth > 0 && end < text.length) {
      if (text[end] === "(") depth += 1;
      if (text[end] === ")") depth -= 1;
      end += 1;
    }
    lists.push(text.slice(start, end - 1));
  }
  return lists;
}

/** The codes that stand in an argument list as text; none where a variable stands for them. */
function codesOf(list: string): string[] {
  const named =
    /\bcode:([^,}]*)/.exec(list)?.[1] ?? (/^\s*"/.test(list) ? list.split(",")[0]! : "");
  return [...named.matchAll(/"([a-z_]+)"/g)].map((match) => match[1]!);
}

/** Codes thrown as text, and the members of union types such as JournalErrorCode. */
function thrownCodes(text: string): string[] {
  const unions = [...text.matchAll(/type \w*ErrorCode =([^;]*);/g)].map((match) => match[1]!);
  const members = unions.flatMap((union) => [...union.matchAll(/"([a-z_]+)"/g)].map((m) => m[1]!));
  return [...makings(text).flatMap(codesOf), ...members];
}

function sources(): { path: string; text: string }[] {
  return readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .map((path) => ({ path, text: readFileSync(join(SOURCE, path), "utf8") }));
}

describe("the catalogue of errors", () => {
  test("holds every code that src/ throws", () => {
    const strangers = sources().flatMap(({ path, text }) =>
      thrownCodes(text)
        .filter((code) => !isErrorCode(code))
        .map((code) => `${path} throws ${code}`),
    );
    expect(strangers).toEqual([]);
  });

  test("would notice a stranger (control)", () => {
    expect(thrownCodes('throw new HongbaoError({ code: "made_up", message: m });')).toEqual([
      "made_up",
    ]);
    expect(
      thrownCodes('throw new HongbaoError({\n  message: "x",\n  code: "made_up",\n});'),
    ).toEqual(["made_up"]);
    expect(thrownCodes('type AnErrorCode =\n  | "made_up";')).toEqual(["made_up"]);
    expect(thrownCodes('throw contractError(\n  "made_up", "x");')).toEqual(["made_up"]);
    expect(thrownCodes('new HongbaoError({ message: f(x), code: a ? "b" : "c" })')).toEqual([
      "b",
      "c",
    ]);
    expect(sources().flatMap(({ text }) => thrownCodes(text)).length).toBeGreaterThan(1);
  });

  test("agrees with src/ on what is retryable", () => {
    const quarrels = sources().flatMap(({ path, text }) =>
      makings(text)
        .filter((list) => /\bcode:/.test(list) && !/\bretryable\b(?!: (true|false))/.test(list))
        .flatMap((list) =>
          codesOf(list)
            .filter((code) => errorEntry(code).retryable !== /\bretryable: true/.test(list))
            .map((code) => `${path}: ${code}`),
        ),
    );
    expect(quarrels).toEqual([]);
  });

  test("names each code once, with a sentence of meaning and one of advice", () => {
    const codes = ERRORS.map((entry) => entry.code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const { code, meaning, next } of ERRORS) {
      expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(meaning).toMatch(/\.$/);
      expect(next).toMatch(/\.$/);
    }
  });

  test("calls 503 before a decision retryable, and wrong input not", () => {
    expect(errorEntry("overloaded")).toMatchObject({ http: 503, retryable: true });
    expect(errorEntry("disk_full")).toMatchObject({ http: 503, retryable: true });
    for (const entry of ERRORS) {
      if (entry.http !== null && entry.http < 500) expect(entry.retryable).toBe(false);
    }
  });
});

describe("the body of an error", () => {
  test("shows path, expected and found, and the next step", () => {
    const details = { path: "$.id", expected: "a string", found: "7", file: "/secret" };
    const { error } = errorBody(contractError("invalid_request", "$.id: expected …", details));
    expect(error).toMatchObject({ code: "invalid_request", path: "$.id", found: "7" });
    expect(error.next).toBe(errorEntry("invalid_request").next);
    expect(error).not.toHaveProperty("file");
  });

  test("never shows the message of a code that the catalogue does not have", () => {
    const stranger = new HongbaoError({ code: "odd", message: "password=1234" });
    expect(errorBody(stranger).error).toMatchObject({ code: "internal" });
    expect(JSON.stringify(errorBody(stranger))).not.toContain("1234");
  });
});
