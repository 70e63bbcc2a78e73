// What is wrong with a plan: many problems at once, each with its line, in the words of a campaign
// file's problems.
import {
  type CampaignProblem,
  type FilePath,
  formatProblem,
  nearestOf,
  pathText,
  sortProblems,
} from "../../contract/campaign-file/problems.ts";
import type { Place, SourceTree } from "../../contract/campaign-file/source-tree.ts";
import { valueAt } from "../../contract/parse.ts";

export type PlanProblem = CampaignProblem;
export { type FilePath, formatProblem };

export class PlanProblems {
  readonly file: string;
  private readonly source: SourceTree;
  private readonly list: PlanProblem[] = [];

  constructor(file: string, source: SourceTree) {
    this.file = file;
    this.source = source;
    for (const { path, ...problem } of source.problems) {
      this.list.push({ ...problem, severity: "error", file, path: pathText(path) });
    }
  }

  get count(): number {
    return this.list.length;
  }

  /** At the value at `path`; at its key where it is a group, or at the key that should hold it. */
  error(path: FilePath, expected: string, found: string): void {
    const place = this.placeOf(path);
    const text = pathText(path);
    this.list.push({ severity: "error", file: this.file, ...place, path: text, expected, found });
  }

  /** At the key at the end of `path`, which should be one of these. */
  unknownKey(path: FilePath, expected: string, known: readonly string[]): void {
    const key = String(path.at(-1));
    const nearest = nearestOf(key, known);
    this.list.push({
      ...{ severity: "error", file: this.file, ...this.source.keyPlaceOf(path) },
      ...{ path: pathText(path), expected, found: `the unknown key ${JSON.stringify(key)}` },
      ...(nearest === undefined ? {} : { nearest }),
    });
  }

  private placeOf(path: FilePath): Place {
    const there = [...path];
    while (there.length > 0 && valueAt(this.source.value, there) === undefined) there.pop();
    const isGroup = valueAt(this.source.value, there)?.constructor === Object;
    const hasKey = typeof there.at(-1) === "string";
    return isGroup && hasKey ? this.source.keyPlaceOf(there) : this.source.placeOf(there);
  }

  /** In the order of the file. */
  sorted(): PlanProblem[] {
    return sortProblems(this.list);
  }
}
