// A value.yaml with some of its figures set by hand: comments and all else stay, what stood there
// is told as the reason.
import { isMap, parseDocument } from "yaml";
import type { FigureEntry } from "../figure.ts";
import { numberPath, OF_VALUE } from "./value-knobs.ts";

/** By the id of the knob, the value that it is turned to. */
export type Turned = Readonly<Record<string, number>>;

/** @param entries of the figures that `text` has */
export function turnedValueText(
  text: string,
  entries: readonly FigureEntry[],
  turned: Turned,
): string {
  const document = parseDocument(text);
  const raw: unknown = document.toJSON();
  for (const { id, unit } of entries) {
    const value = turned[`${OF_VALUE}${id}`];
    const path = numberPath(raw, id);
    if (value === undefined || path === null) continue;
    const entry = document.getIn(path.slice(0, -1));
    if (!isMap(entry)) continue;
    const key = path.at(-1) as string;
    const was = document.getIn(path);
    const range = entry.get("range");
    const within = range === undefined ? "" : `, range ${JSON.stringify(entry.toJSON().range)}`;
    const why = entry.get("why");
    const reason = typeof why === "string" ? ` (${why})` : "";
    const isShare = unit === "share";
    entry.set(key, isShare ? `${rounded(100 * value)} %` : wholeMonths(key, value));
    entry.delete("range");
    entry.delete("date");
    entry.set("source", "assumption");
    entry.set("why", `set by hand; before: ${was}${within.replaceAll('"', "")}${reason}`);
  }
  return document.toString({ lineWidth: 0 });
}

function wholeMonths(key: string, value: number): number {
  return key === "months" ? Math.round(value) : rounded(value);
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
