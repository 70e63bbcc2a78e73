// Circles of imports: files that load each other in a ring have no order in which a reader could
// begin. Types alone are not loaded and may refer to each other.
import { posix } from "node:path";
import type { Source } from "./source.ts";

/** Imports and exports that take something besides types. */
const TAKES = /\b(?:import|export)\s+(type\s)?([^"';]*?)\bfrom\s*"(\.[^"]*)"/g;

/** Each ring once, as the paths along it. */
export function circlesOf(files: readonly Source[]): string[][] {
  const loads = new Map(files.map((file) => [file.path, loadedBy(file)]));
  const done = new Set<string>();
  const circles: string[][] = [];
  const visit = (path: string, above: readonly string[]): void => {
    const at = above.indexOf(path);
    if (at >= 0) circles.push([...above.slice(at), path]);
    if (at >= 0 || done.has(path)) return;
    for (const next of loads.get(path) ?? []) visit(next, [...above, path]);
    done.add(path);
  };
  for (const path of loads.keys()) visit(path, []);
  return circles;
}

function loadedBy({ path, text }: Source): string[] {
  const folder = posix.dirname(path);
  const loaded = [...text.matchAll(TAKES)].filter(([, type, names]) => {
    return type === undefined && !takesTypesAlone(names!);
  });
  return loaded.map(([, , , name]) => posix.normalize(posix.join(folder, name!)));
}

function takesTypesAlone(names: string): boolean {
  const listed = /^\{([^}]*)\}\s*$/.exec(names.trim())?.[1];
  if (listed === undefined) return false;
  const each = listed.split(",").filter((name) => name.trim() !== "");
  return each.every((name) => name.trim().startsWith("type "));
}
