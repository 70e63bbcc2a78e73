// The text of a campaign file as plain values that remember their place and their spelling: an
// amount must be read from what was written, not from a float. Everything that makes YAML
// surprising is refused here: duplicate keys, tags, alias bombs, several documents, odd bytes.
import {
  type Alias,
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  Parser,
  type Scalar,
} from "yaml";
import { type FilePath, shown } from "./problems.ts";
import { yamlProblem } from "./yaml-words.ts";

/** Larger is no campaign. */
const MAX_BYTES = 1_048_576;
const MAX_ALIASES = 100;
const MAX_NODES = 50_000;
const MAX_DEPTH = 32;
/** Entries of one list or group, with room for commas: offers and tables have at most 1,000. */
const MAX_ITEMS = 2500;

export interface Place {
  line: number;
  column: number;
}

export interface SourceProblem extends Place {
  path: FilePath;
  expected: string;
  found: string;
}

interface Spot {
  /** Offset of the value, or of its key where the value is empty. */
  offset: number;
  keyOffset: number;
  /** How a scalar was spelled, without quotes. */
  text: string | null;
}

export interface SourceTreeOptions {
  /** What the file is one of, for sentences; default "campaign". */
  readonly kind?: string;
  /** Whether numbers may be keys, as they are spelled. */
  readonly anyKeys?: boolean;
}

export class SourceTree {
  value: unknown = undefined;
  readonly problems: SourceProblem[] = [];
  private readonly spots = new Map<string, Spot>();
  private readonly lines = new LineCounter();
  private readonly kind: string;
  private readonly anyKeys: boolean;
  private nodes = 0;
  private aliases = 0;

  constructor(text: string, options: SourceTreeOptions = {}) {
    this.kind = options.kind ?? "campaign";
    this.anyKeys = options.anyKeys ?? false;
    const refused = hazard(text);
    if (refused !== null) {
      this.problems.push(refused);
      return;
    }
    this.read(text.startsWith("\uFEFF") ? text.slice(1) : text);
  }

  /** Where the value at `path` stands, or else the nearest group around it. */
  placeOf(path: FilePath): Place {
    for (let length = path.length; length >= 0; length--) {
      const spot = this.spots.get(keyOf(path.slice(0, length)));
      if (spot !== undefined) return this.placeAt(spot.offset);
    }
    return { line: 1, column: 1 };
  }

  /** Where the key at the end of `path` stands. */
  keyPlaceOf(path: FilePath): Place {
    const spot = this.spots.get(keyOf(path));
    return spot === undefined ? this.placeOf(path) : this.placeAt(spot.keyOffset);
  }

  /** How the scalar at `path` was spelled; null for anything else. */
  textOf(path: FilePath): string | null {
    return this.spots.get(keyOf(path))?.text ?? null;
  }

  private placeAt(offset: number): Place {
    const { line, col } = this.lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }

  private read(text: string): void {
    const tokens = [...new Parser(this.lines.addNewLine).parse(text)];
    const excess = excessOf(tokens);
    if (excess !== null) {
      this.report(excess.offset, [], `a ${this.kind} file`, excess.found);
      return;
    }
    const composer = new Composer({
      lineCounter: this.lines,
      prettyErrors: false,
      schema: "core",
      version: "1.2",
      uniqueKeys: true,
      logLevel: "silent",
    });
    const documents = [...composer.compose(tokens)] as Document.Parsed[];
    const [document, second] = documents;
    for (const error of documents.flatMap((one) => [...one.errors, ...one.warnings])) {
      const [expected, found] = yamlProblem(error.code, error.message);
      this.report(error.pos[0], [], expected, found);
    }
    if (second !== undefined) {
      this.report(second.range[0], [], "one document", "a second one, after `---`");
    }
    if (this.problems.length > 0) return;
    if (document === undefined || document.contents === null) {
      this.report(0, [], `a ${this.kind}`, "an empty file");
      return;
    }
    this.value = this.visit(document, document.contents, [], 0);
  }

  private report(offset: number, path: FilePath, expected: string, found: string): void {
    this.problems.push({ ...this.placeAt(offset), path, expected, found });
  }

  private visit(
    document: Document.Parsed,
    node: Node | null,
    path: FilePath,
    key: number,
  ): unknown {
    this.nodes += 1;
    if (this.nodes > MAX_NODES || path.length > MAX_DEPTH) {
      if (this.problems.length === 0) {
        this.report(key, path, `a ${this.kind} file`, "aliases or groups that expand without end");
      }
      return undefined;
    }
    const offset = node?.range?.[0] ?? key;
    const spot: Spot = { offset, keyOffset: key, text: null };
    if (!this.spots.has(keyOf(path))) this.spots.set(keyOf(path), spot);
    if (node === null) return null;
    if (isAlias(node)) return this.visitAlias(document, node, path, offset);
    if (node.tag !== undefined) this.report(offset, path, "a plain value", "a YAML tag");
    if (isScalar(node)) {
      const value: unknown = node.value;
      const target = this.spots.get(keyOf(path))!;
      if (value === null && node.source === "") target.offset = key;
      target.text = typeof value === "string" ? value : (node.source ?? String(value));
      return value;
    }
    if (isSeq(node)) {
      return node.items.map((item, i) =>
        this.visit(document, item as Node | null, [...path, i], offset),
      );
    }
    return isMap(node) ? this.visitMap(document, node.items, path) : undefined;
  }

  private visitMap(
    document: Document.Parsed,
    items: readonly { key: unknown; value: unknown }[],
    path: FilePath,
  ): Record<string, unknown> {
    const group: Record<string, unknown> = {};
    for (const item of items) {
      const key = item.key;
      const offset = (key as Node | null)?.range?.[0] ?? 0;
      const name = isScalar(key) ? this.nameOf(key) : null;
      if (name === null || name === "__proto__") {
        const found = isScalar(key) ? shown(key.value) : "something else";
        this.report(offset, path, "a name as key", found);
        continue;
      }
      group[name] = this.visit(document, item.value as Node | null, [...path, name], offset);
    }
    return group;
  }

  private visitAlias(
    document: Document.Parsed,
    alias: Alias,
    path: FilePath,
    offset: number,
  ): unknown {
    this.aliases += 1;
    // Looking one up walks the document: beyond the limit it is not even done.
    if (this.aliases > MAX_ALIASES) {
      if (this.problems.length === 0) {
        this.report(offset, path, `at most ${MAX_ALIASES} aliases`, "more");
      }
      return undefined;
    }
    const target = alias.resolve(document);
    if (target !== undefined) return this.visit(document, target, path, offset);
    this.report(offset, path, "the name of an anchor above", shown(alias.source));
    return undefined;
  }

  /** Keys may also be values of a column: 0 and 1, true, 01. */
  private nameOf({ value, source }: Scalar): string | null {
    if (typeof value === "string") return value;
    return this.anyKeys && value !== null ? (source ?? String(value)) : null;
  }
}

/**
 * What no campaign needs, found before composing: that recurses, and deep nesting would not only
 * throw, it can end the process (the stack overflows while a pattern is compiled); and it compares
 * every key with every other, so that 80,000 keys take minutes.
 */
function excessOf(tokens: readonly CST.Token[]): { offset: number; found: string } | null {
  const open: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    const { offset } = token;
    if (depth > 2 * MAX_DEPTH) return { offset, found: "groups nested too deeply" };
    if (token.type === "document" && token.value !== undefined) {
      open.push({ token: token.value, depth: depth + 1 });
    }
    if (!("items" in token)) continue;
    if (token.items.length > MAX_ITEMS) return { offset, found: "a group of too many entries" };
    for (const { key, value } of token.items) {
      if (key) open.push({ token: key, depth: depth + 1 });
      if (value) open.push({ token: value, depth: depth + 1 });
    }
  }
  return null;
}

function keyOf(path: FilePath): string {
  return path.map((part) => (typeof part === "number" ? `#${part}` : `.${part}`)).join("\u0000");
}

/** What no campaign file contains: too much, odd control characters, half characters. */
function hazard(text: string): SourceProblem | null {
  const whole = { line: 1, column: 1, path: [] };
  if (text.length > MAX_BYTES) {
    return { ...whole, expected: "a file of at most 1 MiB", found: `${text.length} characters` };
  }
  let line = 1;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10) {
      line += 1;
      start = i + 1;
      continue;
    }
    const found = oddCharacter(text, i, unit);
    if (found !== null) {
      return { line, column: i - start + 1, path: [], expected: "text in UTF-8", found };
    }
    if (unit >= 0xd800 && unit <= 0xdbff) i += 1;
  }
  return null;
}

function oddCharacter(text: string, at: number, unit: number): string | null {
  if (unit === 0xfeff && at > 0) return "a byte order mark within the file";
  if (unit < 32 && unit !== 9 && unit !== 13) return `the control character U+${hex(unit)}`;
  if (unit >= 0x7f && unit <= 0x9f && unit !== 0x85) return `the control character U+${hex(unit)}`;
  if (unit === 0xfffd) return "U+FFFD: the file is not in UTF-8";
  if (unit >= 0xd800 && unit <= 0xdbff) {
    const low = text.charCodeAt(at + 1);
    return low >= 0xdc00 && low <= 0xdfff ? null : `half a character, U+${hex(unit)}`;
  }
  return unit >= 0xdc00 && unit <= 0xdfff ? `half a character, U+${hex(unit)}` : null;
}

function hex(unit: number): string {
  return unit.toString(16).toUpperCase().padStart(4, "0");
}
