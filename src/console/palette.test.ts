// Colours that stand beside each other, as readers of every colour vision see them: those of
// charts, of a budget's parts and of what is good or bad, in both themes.
//
// Dichromats are simulated by the matrices of Machado, Oliveira and Fernandes, "A
// physiologically-based model for simulation of color vision deficiency", IEEE TVCG 15 (2009)
// 1291-1298, severity 1, in linear light; distances are those of OKLab (B. Ottosson, 2020), where
// .02 is just seen.
import { readFileSync } from "node:fs";
import { DEFAULT_THEME } from "@mantine/core";
import { describe, expect, test } from "vitest";
import { pageStyle } from "../report/page-style.ts";
import { chartColours } from "../report/picture.ts";
import { theme, variables } from "./theme.ts";

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

const VISIONS: Readonly<Record<string, Matrix>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Of marks that only their colour tells apart at a glance, and of words that say it themselves. */
const MARKS_LEAST = 0.1;
const WORDS_LEAST = 0.07;

const times = (matrix: Matrix, [x, y, z]: Triple): Triple =>
  matrix.map(([a, b, c]) => a * x + b * y + c * z) as unknown as Triple;

function linear(hex: string): Triple {
  return [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Triple;
}

const TO_CONES: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const TO_LAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

function seen(hex: string, vision: Matrix): Triple {
  const light = times(vision, linear(hex)).map((share) => Math.min(1, Math.max(0, share)));
  const cones = times(TO_CONES, light as unknown as Triple).map(Math.cbrt);
  return times(TO_LAB, cones as unknown as Triple);
}

function distance(one: string, other: string, vision: Matrix): number {
  const [a, b] = [seen(one, vision), seen(other, vision)];
  return Math.hypot(...a.map((value, i) => value - b[i]!));
}

/** Pairs that somebody sees closer than that, a line each. */
function tooClose(colours: readonly string[], least: number): string[] {
  return colours.flatMap((one, i) =>
    colours.slice(i + 1).flatMap((other) =>
      Object.entries(VISIONS).flatMap(([name, vision]) => {
        const far = distance(one, other, vision);
        return far >= least ? [] : [`${one} ${other}: ${far.toFixed(3)}, ${name}`];
      }),
    ),
  );
}

/** WCAG's. */
function contrast(one: string, other: string): number {
  const [a, b] = [one, other].map((hex) => {
    const [red, green, blue] = linear(hex);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  });
  return Math.max(a! / b!, b! / a!);
}

function tooPale(colours: readonly string[], grounds: readonly string[], least: number): string[] {
  return colours.flatMap((colour) =>
    grounds.flatMap((ground) => {
      const ratio = contrast(colour, ground);
      return ratio >= least ? [] : [`${colour} on ${ground}: ${ratio.toFixed(2)}`];
    }),
  );
}

/** The console's own, as the hex that they are in the end. */
function ofTheme(scheme: "light" | "dark", names: readonly string[]): string[] {
  const own: Record<string, string | undefined> = variables(DEFAULT_THEME)[scheme];
  const colours = { ...DEFAULT_THEME.colors, ...theme.colors };
  return names.map((name) => {
    const value = own[`--hongbao-${name}`]!;
    const [, colour, shade] = /^var\(--mantine-color-(\w+)-(\d)\)$/.exec(value) ?? [];
    return colour === undefined ? value : colours[colour]![Number(shade)]!;
  });
}

function ofReports(scheme: "light" | "dark"): string[] {
  const [light, dark] = pageStyle.split("prefers-color-scheme: dark");
  const text = scheme === "light" ? light! : dark!;
  return ["good", "warn", "bad"].map((name) => new RegExp(`--${name}: (#\\w{6})`).exec(text)![1]!);
}

/** The console's pages, and reports'. */
const GROUNDS = { light: ["#ffffff"], dark: ["#242424", "#14171b"] };
const { series, quiet } = chartColours;

describe("the colours of charts", () => {
  test("are told apart by every reader", () => {
    expect(tooClose(series, MARKS_LEAST)).toEqual([]);
    // What rises and falls beside totals, what came beside what was expected.
    for (const beside of series.slice(0, 2)) {
      expect(tooClose([beside, quiet], MARKS_LEAST)).toEqual([]);
    }
  });

  test("are seen on the ground of both themes", () => {
    expect(tooPale([...series, quiet], [...GROUNDS.light, ...GROUNDS.dark], 3)).toEqual([]);
  });

  test("a red and a green that many readers take for one are found", () => {
    expect(tooClose(["#d1495b", "#4f9d69"], MARKS_LEAST)).toEqual([
      "#d1495b #4f9d69: 0.030, deuteranopia",
    ]);
  });
});

describe.each(["light", "dark"] as const)("the colours of the console, %s", (scheme) => {
  test("tell the parts of a budget apart", () => {
    const parts = ofTheme(scheme, ["spent", "reserved", "settling", "free"]);
    expect(tooClose(parts, MARKS_LEAST)).toEqual([]);
    // What is free is the ground of the bar.
    expect(tooPale(parts.slice(0, 3), GROUNDS[scheme].slice(0, 1), 3)).toEqual([]);
  });

  test.each([
    ["the console's", ofTheme(scheme, ["good", "attention", "wrong"])],
    ["reports'", ofReports(scheme)],
  ])("tell good from bad, and are read: %s", (_, words) => {
    expect(tooClose(words, WORDS_LEAST)).toEqual([]);
    expect(tooPale(words, GROUNDS[scheme], 4.5)).toEqual([]);
  });
});

describe("a slider", () => {
  test.each(["light", "dark"] as const)("is seen on its page, %s", (scheme) => {
    expect(tooPale(ofTheme(scheme, ["track", "thumb"]), GROUNDS[scheme], 3)).toEqual([]);
  });

  test("is drawn by the theme: what a browser draws shines in the dark", () => {
    const css = readFileSync(new URL("parts/knobs.css", import.meta.url), "utf8");
    for (const part of ["-webkit-slider-runnable-track", "-moz-range-track"]) {
      expect(css).toMatch(
        new RegExp(`\\.knob::${part} \\{[^}]*background: var\\(--hongbao-track\\)`),
      );
    }
    expect(css).toMatch(/\.knob \{[^}]*appearance: none/);
  });
});
