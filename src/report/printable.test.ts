// Names of others: nothing in them moves a cursor, forges a line or hides.
import { describe, expect, it } from "vitest";
import { colourPaint } from "./paint.ts";
import { printable, printableJson, printableLines, printablePainted } from "./printable.ts";

describe("a name", () => {
  it("shows what would move a cursor, forge a line or turn writing round", () => {
    expect(printable("a\u001b[2J")).toBe("a\\x1b[2J");
    expect(printable("a\rb\u2028c\u202ed\u009b2J")).toBe("a\\x0db\\u2028c\\u202ed\\x9b2J");
    expect(printableLines("a\nb\u0007")).toBe("a\nb\\x07");
  });

  it("shows what has no width: names that differ by it alone would look the same", () => {
    expect(printable("con\u200btrol")).toBe("con\\u200btrol");
    expect(printable("mail\u200d")).toBe("mail\\u200d");
    expect(printable("a\u{e0041}b\u2060\u00ad")).toBe("a\\u{e0041}b\\u2060\\xad");
  });

  it("keeps joiners where a script needs them", () => {
    for (const text of ["می\u200cخواهم", "👩\u200d🚀", "红包 ⚡"])
      expect(printable(text)).toBe(text);
  });
});

describe("painted lines", () => {
  it("keep our own colours and nothing else", () => {
    const painted = `${colourPaint("bad", "x\u001b]0;t\u0007")}\nnext`;
    expect(printablePainted(painted)).toBe("\u001b[31mx\\x1b]0;t\\x07\u001b[39m\nnext");
  });
});

describe("a line of JSON", () => {
  it("means the same, and holds no such character", () => {
    const value = { name: "a\u2028\u009b\u200b\u{e0041}", "\u001b": "é" };
    const line = printableJson(value);
    expect(JSON.parse(line)).toEqual(value);
    expect(line).toBe('{"name":"a\\u2028\\u009b\\u200b\\udb40\\udc41","\\u001b":"é"}');
  });
});
