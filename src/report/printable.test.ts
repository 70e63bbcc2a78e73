// Names of others: nothing in them moves a cursor, forges a line or hides.
import { describe, expect, it } from "vitest";
import { colourPaint } from "./paint.ts";
import {
  hiddenIn,
  printable,
  printableInJson,
  printableJson,
  printableLines,
  printablePainted,
} from "./printable.ts";

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

  it("shows what is blank, and what chooses a form where there is none to choose", () => {
    expect(printable("a\u034fb\u2800c\u3164d\ufe0f")).toBe("a\\u034fb\\u2800c\\u3164d\\ufe0f");
    expect(printable("\u1160\uffa0 1\ufe0f")).toBe("\\u1160\\uffa0 1\\ufe0f");
    expect(printable("a\ufe0f\u{e0100}")).toBe("a\\ufe0f\\u{e0100}");
  });

  it("keeps the forms of emoji and of Chinese letters, and the blank within braille", () => {
    for (const text of ["❤️ ©️ 1️⃣ 🏳️‍🌈 👩‍❤️‍👨", "葛\u{e0100}城", "\u2813\u2800\u2811"])
      expect(printable(text)).toBe(text);
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

describe("a text with hidden signs", () => {
  it("is told where they are, each once a line; ends of lines and indents are none", () => {
    const text = "a: 1\r\nb: \u200f\u202ex\u200f\n\tc\n\u0007";
    expect(hiddenIn(text)).toEqual([
      { line: 2, signs: ["\\u200f", "\\u202e"] },
      { line: 4, signs: ["\\x07"] },
    ]);
  });
});

describe("the text of JSON", () => {
  it("says what its strings hold, escaped or not, and stays JSON", () => {
    const name = 'ok\u0001\b\u001b[2J\u0007\t\r\n"\\u0001 \\\u0001\u202e\u0085';
    const text = JSON.stringify({ [name]: [name] }, null, 2);
    const shown = name.split("\n").map(printable).join("\n");
    expect(JSON.parse(printableInJson(text))).toEqual({ [shown]: [shown] });
    const plain = JSON.stringify({ a: 'é "红包" \\n /', b: 1 }, null, 2);
    expect(printableInJson(plain)).toBe(plain);
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
