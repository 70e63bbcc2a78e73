// The ink of a picture as the colour that it is: a page's drawing takes `currentColor` from its
// element, a canvas takes it for black.
import { chartColours } from "../../../report/picture.ts";

/** The same with `colour` for ink; points, which have no colours, are left as they are. */
export function inked<T>(part: T, colour: string): T {
  return replaced(part, colour) as T;
}

function replaced(part: unknown, colour: string): unknown {
  if (part === chartColours.ink) return colour;
  if (Array.isArray(part)) return isPoints(part) ? part : part.map((one) => replaced(one, colour));
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => [name, replaced(value, colour)]),
  );
}

function isPoints([first]: readonly unknown[]): boolean {
  return typeof first === "number" || (Array.isArray(first) && typeof first[0] === "number");
}
