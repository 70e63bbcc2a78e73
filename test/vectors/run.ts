// Runs reference pairs: asks each pair's family, compares what it answers with what is expected,
// and tells every failure and every skip in a sentence. Nothing that a pair holds ends the run.
import { basename } from "node:path";
import { HongbaoError } from "../../src/base/error.ts";
import { differences, leafPaths, readTolerance } from "./compare.ts";
import { type Answer, type Family, PairProblem, type Question } from "./family.ts";
import { isFields } from "./fields.ts";
import { dataReader, type Pair, pairFiles, readPairs, resolveInput } from "./pair.ts";

export interface VectorReport {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** A line for each failure and each skip, in the order of the pairs. */
  readonly lines: readonly string[];
}

export type Families = Readonly<Record<string, Family>>;

interface Verdict {
  readonly state: "passed" | "failed" | "skipped";
  readonly reasons: readonly string[];
}

/** Runs all pairs of files or folders. */
export function runVectors(paths: readonly string[], families: Families): VectorReport {
  const count = { passed: 0, failed: 0, skipped: 0 };
  const lines: string[] = [];
  const tell = (name: string, verdict: Verdict): void => {
    count[verdict.state] += 1;
    for (const reason of verdict.reasons) lines.push(`${verdict.state}: ${name}: ${reason}`);
  };
  for (const path of paths) {
    attempt(path, tell, () => {
      for (const file of pairFiles(path)) {
        attempt(file, tell, () => {
          for (const pair of readPairs(file)) {
            tell(`${basename(file)}#${pair.id}`, judge(pair, families));
          }
        });
      }
    });
  }
  return { ...count, lines };
}

/** The family of a file: its name, or a known name that it begins with ("cuped-more.json"). */
export function familyName(file: string, families: Families): string {
  const name = basename(file, ".json").replaceAll("-", "_");
  const known = Object.keys(families).filter((each) => `${name}_`.startsWith(`${each}_`));
  return known.sort((a, b) => b.length - a.length)[0] ?? name;
}

function judge(pair: Pair, families: Families): Verdict {
  try {
    const name = familyName(pair.file, families);
    const family = families[name];
    if (family === undefined) return skipped(`no family of methods is called ${name}`);
    return compare(pair, family);
  } catch (error) {
    return failed([sentence(error)]);
  }
}

function compare(pair: Pair, family: Family): Verdict {
  const tolerance = readTolerance(pair.tolerance);
  const property = tolerance.kind === "text" && /property|identit/i.test(tolerance.text);
  if (tolerance.kind === "text" && !property) {
    return skipped(`no number to compare within: tolerance ${tolerance.text}`);
  }
  const question: Question = {
    method: pair.method,
    input: resolveInput(pair),
    wanted: property ? [] : leafPaths(pair.expected),
    claims: property && typeof pair.expected === "string" ? pair.expected : null,
    readData: dataReader(pair),
  };
  const answer = family(question);
  if (answer.kind === "skip") return skipped(answer.reason);
  if (property) return judgeClaims(answer);
  if (answer.kind === "claims")
    return failed(["sentences were checked where numbers are expected"]);
  // Remarks beside the expected numbers are no values.
  const expected = isFields(pair.expected) ? withoutRemarks(pair.expected) : pair.expected;
  const found = differences(expected, answer.values, tolerance);
  return found.length === 0 ? { state: "passed", reasons: [] } : failed(found);
}

function judgeClaims(answer: Answer): Verdict {
  if (answer.kind !== "claims" || answer.claims.length === 0) {
    return skipped("a property that is checked nowhere");
  }
  const broken = answer.claims.filter((claim) => !claim.holds);
  if (broken.length === 0) return { state: "passed", reasons: [] };
  return failed(broken.map((claim) => `does not hold: ${claim.text}`));
}

function withoutRemarks<T>(expected: Readonly<Record<string, T>>): Record<string, T> {
  const remark = /^(note|notes|comment|remark|source)$/;
  return Object.fromEntries(Object.entries(expected).filter(([name]) => !remark.test(name)));
}

function attempt(name: string, tell: (name: string, verdict: Verdict) => void, run: () => void) {
  try {
    run();
  } catch (error) {
    tell(name, failed([sentence(error)]));
  }
}

function sentence(error: unknown): string {
  if (error instanceof PairProblem || error instanceof HongbaoError) return error.message;
  return `the computation broke off: ${error instanceof Error ? error.message : String(error)}`;
}

function skipped(reason: string): Verdict {
  return { state: "skipped", reasons: [reason] };
}

function failed(reasons: readonly string[]): Verdict {
  return { state: "failed", reasons };
}
