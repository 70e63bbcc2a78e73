// JSON in which no object names a key twice. JSON.parse takes the last of them, others the first: a
// proxy that checks a request, and the server that decides it, would read two different ones.
import { invalidRequest } from "./errors.ts";
import { jsonPath } from "./parse.ts";

/** No schema is as deep; what is deeper is refused by all of them. */
const DEPTH_MAX = 64;

const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c];

/** Throws SyntaxError, or HongbaoError `invalid_request` naming the key that comes again. */
export function parseJsonText(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // 0.3 µs for a claim's 170 bytes; keys themselves are compared only when their numbers differ.
  if (keysOf(value, 0) === membersIn(text)) return value;
  const path = firstRepeated(text);
  if (path === null) return value;
  throw invalidRequest(jsonPath(path), "each key once in an object", "this one again");
}

/** Keys that a value holds; what came twice is one of them. */
function keysOf(value: unknown, depth: number): number {
  if (typeof value !== "object" || value === null) return 0;
  if (depth > DEPTH_MAX) return Number.NaN;
  let keys = 0;
  if (Array.isArray(value)) {
    for (const one of value) keys += keysOf(one, depth + 1);
    return keys;
  }
  for (const key in value) {
    keys += 1 + keysOf((value as Record<string, unknown>)[key], depth + 1);
  }
  return keys;
}

/** Members that valid JSON writes down: strings with a colon behind them. */
function membersIn(text: string): number {
  let members = 0;
  let at = text.indexOf('"');
  while (at >= 0) {
    let next = endOfString(text, at);
    let code = text.charCodeAt(next);
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
      next += 1;
      code = text.charCodeAt(next);
    }
    if (code === COLON) members += 1;
    at = text.indexOf('"', next);
  }
  return members;
}

/** The place behind a string that begins at a quote. */
function endOfString(text: string, from: number): number {
  let end = text.indexOf('"', from + 1);
  for (;;) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes += 1;
    if (escapes % 2 === 0) return end + 1;
    end = text.indexOf('"', end + 1);
  }
}

interface Frame {
  /** Of an object: the keys so far; of a list null. */
  readonly keys: Set<string> | null;
  /** The member that is read: its key, or its place. */
  at: string | number;
}

/** The path of the first key of valid JSON that its object has already. */
function firstRepeated(text: string): (string | number)[] | null {
  const frames: Frame[] = [];
  let isKey = false;
  for (let at = 0; at < text.length; at++) {
    const frame = frames.at(-1);
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      if (isKey && frame !== undefined) {
        frame.at = JSON.parse(text.slice(at, end)) as string;
        if (frame.keys!.has(frame.at)) return frames.map((one) => one.at);
        frame.keys!.add(frame.at);
        isKey = false;
      }
      at = end - 1;
    } else if (code === COMMA && frame !== undefined) {
      isKey = frame.keys !== null;
      if (typeof frame.at === "number") frame.at += 1;
    } else if (text[at] === "{") {
      frames.push({ keys: new Set(), at: "" });
      isKey = true;
    } else if (text[at] === "[") {
      frames.push({ keys: null, at: 0 });
      isKey = false;
    } else if (text[at] === "}" || text[at] === "]") {
      frames.pop();
      isKey = false;
    }
  }
  return null;
}
