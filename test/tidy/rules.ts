// The house rules, each a pure function from a source file to its violations. A rule that forbids
// something names what to use instead. (After TigerBeetle's src/tidy.zig.)
import { posix } from "node:path";
import { EXCEPTIONS } from "./exceptions.ts";
import { importsOf, lineAt, type Source } from "./source.ts";

export type Rule = (file: Source) => string[];

/** Imports go to the same layer or a lower number. Layers of one number do not know each other. */
export const LAYERS: Record<string, number> = {
  base: 0,
  core: 1,
  stats: 1,
  crowd: 1,
  report: 1,
  threads: 1,
  verdict: 1.5, // What a verdict says, for whoever shows it.
  contract: 2,
  journal: 2,
  plan: 2.2, // Reads the campaign file by contract.
  value: 2.5, // Values what plan read from the published figures.
  host: 3,
  prove: 3,
  client: 3,
  transparency: 3.5, // Follows the host's journal, signs with the host's secrets.
  server: 4,
  webhooks: 4,
  mcp: 4,
  console: 4, // In the browser: talks to the server through client alone.
  cli: 5,
};

const PURE = ["core", "stats", "crowd", "verdict", "plan", "value"];
// A browser checks a receipt with these, so they may not lean on Node.
const PORTABLE = /^src\/(base\/(?!time)|client\/|contract\/|journal\/(codec|log\/|verify\/))/;
const NODE_ONLY = /^src\/(client\/node-|contract\/.*-file)/;

const IMPURE: [RegExp, string][] = [
  [/\bDate\.now\b/g, "Date.now: take atMs as a parameter; the host stamps it"],
  [/\bnew Date\s*\(\s*\)/g, "new Date(): take atMs as a parameter; the host stamps it"],
  [/\bperformance\.now\b/g, "performance.now: measure in host or bench"],
  [/\bMath\.random\b/g, "Math.random: use base/keystream's randomStream(seed, name)"],
  [/\bprocess\s*\.\s*[a-z]/g, "process: pass it in; only cli reads the environment"],
  [/\bIntl\s*\./g, "Intl: days are resolved by base/time in contract or host"],
  [/\.toLocale[A-Z]\w*/g, "toLocale…: format in report, with the locale given"],
  [/\bcrypto\.(randomUUID|getRandomValues)\b/g, "crypto: use base/keystream's randomStream"],
  [/\b(setTimeout|setInterval|setImmediate)\s*\(/g, "timers: time passes in host alone"],
];

const EVERYWHERE: [RegExp, string][] = [
  [/\bexport\s+default\b/g, "export default: use a named export"],
  [/\bexport\s*\{[^}]*\bas\s+default\b/g, "export default: use a named export"],
  [/(?<=[:<,|&([]\s*)any\b(?=\s*[;,)>|&=[\]{}\n])/g, "any: use unknown and narrow it"],
  [/\bas\s+any\b/g, "any: use unknown and narrow it"],
  [/\bMath\.random\b/g, "Math.random: use base/keystream's randomStream(seed, name)"],
];

// Spelt apart, so that this file does not trip over itself.
const UNFINISHED = new RegExp(`\\b(${["TO", "FIX", "HA"].join("|")})(DO|ME|CK)\\b`);

export function layersPointDown(file: Source): string[] {
  const from = layerOf(file.path);
  if (from === null) return [];
  if (LAYERS[from] === undefined) {
    return file.path.split("/").length > 2 ? [`src/${from} is no layer: see LAYERS`] : [];
  }
  // Unit tests may use what the suites under test/ share, such as the simulated disk.
  const outside = isTest(file.path)
    ? /^(package\.json|schema\/|test\/)/
    : /^(package\.json|schema\/)/;
  const problems: string[] = [];
  for (const target of relativeImports(file)) {
    const to = layerOf(target);
    if (to === from) continue;
    if (to === null) {
      if (!outside.test(target)) problems.push(`imports ${target}, not in src/`);
    } else if (LAYERS[to] === undefined || LAYERS[to] >= (LAYERS[from] ?? 0)) {
      problems.push(`${from} (${LAYERS[from]}) imports ${target} (${LAYERS[to]}): only downward`);
    }
  }
  return problems;
}

export function pureLayersStayPure(file: Source): string[] {
  const layer = layerOf(file.path);
  if (layer === null || !PURE.includes(layer) || isTest(file.path)) return [];
  const problems = nodeImports(file).map((name) => `${layer} imports ${name}: it must stay pure`);
  for (const target of relativeImports(file)) {
    if (target === "src/base/time.ts") problems.push(`${layer} imports base/time, which uses Intl`);
  }
  return [...problems, ...forbidden(file, IMPURE)];
}

export function portableFilesNeedNoNode(file: Source): string[] {
  if (!PORTABLE.test(file.path) || NODE_ONLY.test(file.path) || isTest(file.path)) return [];
  return nodeImports(file).map((name) => `imports ${name}: browsers run this file`);
}

export function onlyCliReadsTheEnvironment(file: Source): string[] {
  if (!file.path.startsWith("src/") || file.path.startsWith("src/cli/")) return [];
  if (isTest(file.path)) return [];
  const rule: [RegExp, string] = [/\bprocess\.(env|argv)\b/g, "environment: pass it in from cli"];
  return forbidden(file, [rule]);
}

export function forbiddenThings(file: Source): string[] {
  return forbidden(file, EVERYWHERE);
}

export function noUnfinishedNotes(file: Source): string[] {
  const problems: string[] = [];
  file.lines.forEach((line, index) => {
    if (UNFINISHED.test(line)) {
      problems.push(`line ${index + 1}: unfinished note: do it, or write it down as an issue`);
    }
  });
  return problems;
}

export function filesAreShort(file: Source): string[] {
  const limit = EXCEPTIONS.fileLines[file.path]?.lines ?? (isTest(file.path) ? 500 : 300);
  const count = file.lines.length - (file.lines.at(-1) === "" ? 1 : 0);
  return count <= limit ? [] : [`has ${count} lines, at most ${limit}: split it by concern`];
}

const LONE_STRING = /^\s*(\w+: )?(["'`]).*\2[,;)]*$/;

export function linesAreNarrow(file: Source): string[] {
  if (EXCEPTIONS.wideLines[file.path] !== undefined) return [];
  const problems: string[] = [];
  file.lines.forEach((line, index) => {
    const columns = [...line].length;
    // Neither a link nor an expected text can be broken.
    if (/https?:\/\/\S{40}/.test(line) || (isTest(file.path) && LONE_STRING.test(line))) return;
    if (columns > 100) problems.push(`line ${index + 1}: ${columns} columns, at most 100`);
  });
  return problems;
}

// The formatter closes a function at the indentation at which it was opened, so no parser is
// needed. Functions that hold tests (describe, it) are lists, not logic, and go uncounted.
export function functionsAreShort(file: Source): string[] {
  const problems: string[] = [];
  const lines = file.code.split("\n");
  lines.forEach((line, start) => {
    const name = openedFunction(line);
    if (name === null) return;
    const indent = line.length - line.trimStart().length;
    const opened = bodyStart(lines, start, indent);
    if (opened === null) return;
    let end = opened + 1;
    while (end < lines.length && !closes(lines[end] ?? "", indent)) end++;
    const length = end - start + 1;
    const limit = EXCEPTIONS.functionLines[`${file.path}#${name}`]?.lines ?? 70;
    if (length > limit) {
      problems.push(`line ${start + 1}: ${name} has ${length} lines, at most ${limit}`);
    }
  });
  return problems;
}

/** A unit test beside its source is excused: the source says what both are about. */
export function opensWithComment(file: Source): string[] {
  if (file.path.startsWith("src/") && file.path.endsWith(".test.ts")) return [];
  const first = file.lines[0]?.startsWith("#!") ? file.lines[1] : file.lines[0];
  const opened = /^(\/\/ |\/\*\*?)/.test(first ?? "");
  return opened ? [] : ["must open with 1 to 5 comment lines: what it holds and why it exists"];
}

export function namesAreKebabCase(file: Source): string[] {
  const problems: string[] = [];
  for (const part of file.path.split("/")) {
    if (/^(utils?|helpers?|common|types|misc|shared|lib)(\.ts)?$/.test(part)) {
      problems.push(`"${part}" says nothing: name it for what it holds`);
    }
    if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/.test(part)) {
      problems.push(`"${part}" is not kebab-case`);
    }
  }
  return problems;
}

function forbidden(file: Source, rules: [RegExp, string][]): string[] {
  const problems: string[] = [];
  for (const [pattern, advice] of rules) {
    for (const match of file.code.matchAll(pattern)) {
      problems.push(`line ${lineAt(file, match.index)}: ${advice}`);
    }
  }
  return problems;
}

function layerOf(path: string): string | null {
  const [top, layer] = path.split("/");
  return top === "src" && layer !== undefined ? layer : null;
}

function relativeImports(file: Source): string[] {
  const folder = posix.dirname(file.path);
  const own = importsOf(file).filter((name) => name.startsWith("."));
  return own.map((name) => posix.normalize(posix.join(folder, name)));
}

function nodeImports(file: Source): string[] {
  return importsOf(file).filter((name) => name.startsWith("node:"));
}

function isTest(path: string): boolean {
  return path.startsWith("test/") || path.endsWith(".test.ts") || path.endsWith(".cases.ts");
}

function openedFunction(line: string): string | null {
  const declared = /^\s*(?:export\s+)?(?:async\s+)?function\s*\*?\s*(\w+)/.exec(line);
  if (declared?.[1]) return declared[1];
  const assigned = /^\s*(?:export\s+)?const\s+(\w+)[^=]*=\s*(?:async\s*)?(?:\(|function\b)/;
  const name = assigned.exec(line)?.[1];
  return name ?? openedMethod(line);
}

// A call such as `describe("…", () => {` is no method: what it passes is an arrow.
function openedMethod(line: string): string | null {
  const words = /^\s+(?:(?:static|async|override|private|protected|public|get|set)\s+)*/;
  if (!words.test(line) || /=>\s*\{\s*$/.test(line)) return null;
  const name = /^([#\w]+)\s*(?:<[^>]*>)?\((?:.*\{)?\s*$/.exec(line.replace(words, ""))?.[1];
  return name === undefined || /^(if|for|while|switch|catch)$/.test(name) ? null : name;
}

// Parameters over several lines close at the indentation of the function, before its body opens.
function bodyStart(lines: string[], start: number, indent: number): number | null {
  if (/\{\s*$/.test(lines[start] ?? "")) return start;
  if (!/\(\s*$/.test(lines[start] ?? "")) return null;
  const closing = `${" ".repeat(indent)})`;
  for (let at = start + 1; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (line.startsWith(closing)) return /\{\s*$/.test(line) ? at : null;
  }
  return null;
}

function closes(line: string, indent: number): boolean {
  return line.startsWith(`${" ".repeat(indent)}}`);
}
