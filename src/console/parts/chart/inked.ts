// Ink and letters of a picture as the colour and the font that they are: a page's drawing takes
// `currentColor` and `inherit` from its element, a canvas takes the one for black and leaves the
// other out, with the size of its letters.
import { chartColours, chartFont } from "../../../report/picture.ts";

export interface Ink {
  readonly colour: string;
  readonly font: string;
}

/** What a text on that element is written with. */
export function inkOf(element: Element): Ink {
  const { color, fontFamily } = getComputedStyle(element);
  return { colour: color, font: fontFamily };
}

/** The same with that ink, whatever draws itself too; points, which have none, are left alone. */
export function inked<T>(part: T, ink: Ink): T {
  return replaced(part, ink) as T;
}

type Draws = (...given: unknown[]) => unknown;

function replaced(part: unknown, ink: Ink): unknown {
  if (part === chartColours.ink) return ink.colour;
  if (Array.isArray(part)) return isPoints(part) ? part : part.map((one) => replaced(one, ink));
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => [name, named(name, value, ink)]),
  );
}

function named(name: string, value: unknown, ink: Ink): unknown {
  if (name === "renderItem") return drawing(value as Draws, ink);
  return name === "fontFamily" && value === chartFont ? ink.font : replaced(value, ink);
}

function drawing(draw: Draws, ink: Ink): Draws {
  return (...given) => replaced(draw(...given), ink);
}

function isPoints([first]: readonly unknown[]): boolean {
  return typeof first === "number" || (Array.isArray(first) && typeof first[0] === "number");
}
