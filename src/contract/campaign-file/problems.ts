// Problems of a campaign file: what is wrong, where, what was expected, what was found, and the
// nearest valid word. Many are collected and shown at once, in the order of the file.
import type { CampaignProblem } from "../schema/campaign.ts";

export type { CampaignProblem } from "../schema/campaign.ts";

export type FilePath = readonly (string | number)[];

/** More than this is one problem with many faces; the rest is counted. */
const MAX_PROBLEMS = 100;

/** A problem of a definition, before its place in a file is known. */
export interface Finding {
  severity: "error" | "warning";
  path: FilePath;
  expected: string;
  found: string;
  nearest?: string;
}

/** `offers[0].reward.fixed`; empty for the whole. */
export function pathText(path: FilePath): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else if (/^[\w:-]{1,80}$/.test(part)) text += text === "" ? part : `.${part}`;
    else text += `[${shown(part)}]`;
  }
  return text;
}

/** A value as a problem shows it: quoted, on one line, cut. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "a group of keys";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}

/** `campaign.yaml:12:5: offers[0].reward.fixed: expected …, found …` */
export function formatProblem(problem: CampaignProblem): string {
  const place =
    problem.line > 0 ? `${problem.file}:${problem.line}:${problem.column}` : problem.file;
  const path = problem.path === "" ? "" : ` ${problem.path}:`;
  const mark = problem.severity === "warning" ? " warning:" : "";
  const nearest = problem.nearest === undefined ? "" : ` (did you mean ${problem.nearest}?)`;
  return `${place}:${mark}${path} expected ${problem.expected}, found ${problem.found}${nearest}`;
}

export function sortProblems(problems: readonly CampaignProblem[]): CampaignProblem[] {
  const sorted = [...problems].sort(
    (a, b) =>
      a.line - b.line || a.column - b.column || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0),
  );
  return sorted.length <= MAX_PROBLEMS ? sorted : cutProblems(sorted);
}

function cutProblems(sorted: readonly CampaignProblem[]): CampaignProblem[] {
  // Errors first, so that cutting never makes an invalid campaign look valid.
  const errors = sorted.filter((problem) => problem.severity === "error");
  const kept = [...errors, ...sorted.filter((problem) => problem.severity === "warning")];
  const last = kept[MAX_PROBLEMS - 1]!;
  const rest = kept.length - MAX_PROBLEMS;
  return [
    ...kept.slice(0, MAX_PROBLEMS),
    { ...last, path: "", expected: "fewer problems", found: `${rest} more` },
  ];
}

/** The candidate with the smallest edit distance, when that is small enough to be a slip. */
export function nearestOf(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > 80) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance && distance < candidate.length) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein's distance, with a swap of neighbours as one step. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, beforeLast[j - 2]! + 1);
      }
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
