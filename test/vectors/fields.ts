// Reading a pair's input: every number has a name, sometimes several in use, and what is missing or
// of another kind is told by name instead of travelling on as NaN.
import { type Fields, PairProblem } from "./family.ts";

/** The first of `names` that the input has, or null. */
export function nameOf(fields: Fields, ...names: string[]): string | null {
  return names.find((name) => fields[name] !== undefined && fields[name] !== null) ?? null;
}

/** Whether the input has a field of any of these names. */
export function has(fields: Fields, ...names: string[]): boolean {
  return nameOf(fields, ...names) !== null;
}

/** The number under the first of `names` that is there. */
export function numberOf(fields: Fields, ...names: string[]): number {
  const name = nameOf(fields, ...names);
  if (name === null) throw new PairProblem(`the input has no number ${names.join(" or ")}`);
  const found = fields[name];
  if (typeof found !== "number" || !Number.isFinite(found)) {
    throw new PairProblem(`the input's ${name} is no number: ${JSON.stringify(found)}`);
  }
  return found;
}

/** The number under one of `names`, or `other` where the input has none of them. */
export function numberOr(fields: Fields, other: number, ...names: string[]): number {
  return has(fields, ...names) ? numberOf(fields, ...names) : other;
}

/** The list of numbers under one of `names`. */
export function numbersOf(fields: Fields, ...names: string[]): number[] {
  const name = nameOf(fields, ...names);
  if (name === null) throw new PairProblem(`the input has no list ${names.join(" or ")}`);
  const found = fields[name];
  if (!Array.isArray(found) || !found.every((each) => Number.isFinite(each))) {
    throw new PairProblem(`the input's ${name} is no list of numbers: ${JSON.stringify(found)}`);
  }
  return found as number[];
}

/** The text under one of `names`, or null. */
export function textOf(fields: Fields, ...names: string[]): string | null {
  const found = fields[nameOf(fields, ...names) ?? ""];
  return typeof found === "string" ? found : null;
}

/** The map under one of `names`. */
export function fieldsOf(fields: Fields, ...names: string[]): Fields {
  const name = nameOf(fields, ...names);
  const found = name === null ? undefined : fields[name];
  if (!isFields(found)) throw new PairProblem(`the input has no part ${names.join(" or ")}`);
  return found;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Rows of a comma-separated file with a header, as maps from column to text. */
export function csvRows(text: string): Record<string, string>[] {
  const [header, ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const columns = cells(header ?? "");
  return lines.map((line) => {
    const found = cells(line);
    return Object.fromEntries(columns.map((column, at) => [column, found[at] ?? ""]));
  });
}

function cells(line: string): string[] {
  const found: string[] = [];
  for (const match of line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)) {
    if (match.index === line.length && !line.endsWith(",")) break;
    const cell = match[1] ?? "";
    found.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell.trim());
  }
  return found;
}
