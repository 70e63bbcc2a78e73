// A source file as the tidy rules see it: its lines, and its code with comments and the insides of
// strings blanked out (same length, same lines), so that prose never trips a rule about code.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

export interface Source {
  /** From the root of the project, with forward slashes. */
  path: string;
  text: string;
  lines: string[];
  /** `text` without comments and without what stands inside strings. */
  code: string;
}

export const ROOT: string = fileURLToPath(new URL("../..", import.meta.url));

const CODE_FOLDERS = ["src", "test", "bench", "scripts", "examples"];
const CODE_FILE = /\.(ts|tsx|mjs|js)$/;

export function source(path: string, text: string): Source {
  return { path, text, lines: text.split("\n"), code: codeOnly(text) };
}

export function projectSources(): Source[] {
  const paths = CODE_FOLDERS.flatMap((folder) => filesBelow(join(ROOT, folder)));
  return paths
    .filter((path) => CODE_FILE.test(path))
    .map((path) => source(relative(ROOT, path).split(sep).join("/"), readFileSync(path, "utf8")));
}

export function filesBelow(folder: string): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === "node_modules" || entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...filesBelow(path));
    else found.push(path);
  }
  return found.sort();
}

// Alternatives in the order in which they must be tried: comments, strings, then regular
// expressions, which are told from divisions by what stands before them. Template literals are
// taken whole: what a rule forbids would hardly hide inside one.
const TOKENS = new RegExp(
  [
    String.raw`\/\/[^\n]*`,
    String.raw`\/\*[\s\S]*?\*\/`,
    String.raw`"(?:[^"\\\n]|\\.)*"`,
    String.raw`'(?:[^'\\\n]|\\.)*'`,
    "`(?:[^`\\\\]|\\\\[\\s\\S])*`",
    String.raw`(?<=(?:^|[(,=:[!&|?{};+\n]|return|=>)\s*)` +
      String.raw`\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/`,
  ].join("|"),
  "g",
);

export function codeOnly(text: string): string {
  return text.replace(TOKENS, (token) => {
    const comment = token.startsWith("//") || token.startsWith("/*");
    const blank = token.replace(/[^\n]/g, " ");
    return comment ? blank : `${token[0]}${blank.slice(1, -1)}${token.at(-1)}`;
  });
}

/** What a file imports: the quoted specifiers, static and dynamic. */
export function importsOf(file: Source): string[] {
  const found: string[] = [];
  const pattern = /\b(?:from|import)\s*\(?\s*"|\brequire\s*\(\s*"/g;
  for (const match of file.code.matchAll(pattern)) {
    const from = match.index + match[0].length;
    found.push(file.text.slice(from, file.text.indexOf('"', from)));
  }
  return found;
}

/** 1 for the first line. */
export function lineAt(file: Source, offset: number): number {
  return file.text.slice(0, offset).split("\n").length;
}
