// Events that hold a text: the length in bytes, then UTF-8 JSON, filled up with zeros. For what
// happens rarely and changes much.
import { assert } from "../base/assert.ts";
import { utf8 } from "../base/bytes.ts";
import { type EventWriter, HEAD } from "./event.ts";

/** @param kind one of EVENT_KINDS */
export function writeJson(
  kind: number,
  campaign: number,
  value: object,
  atMs: number,
  out: EventWriter,
): void {
  const json = utf8(JSON.stringify(value));
  const at = out.begin(kind, campaign, atMs, 3 + Math.ceil(json.length / 4));
  out.words[at + HEAD.body] = json.length;
  new Uint8Array(out.words.buffer, out.words.byteOffset + 4 * (at + 3)).set(json);
}

/** Words that it takes in the journal; an event's length field has 16 bits. */
export function jsonWords(value: object): number {
  return 3 + Math.ceil(utf8(JSON.stringify(value)).length / 4);
}

/** What an event of words[at] holds. */
export function jsonOf<T>(words: Uint32Array, at: number): T {
  const length = words[at + HEAD.body]!;
  assert(length <= 4 * ((words[at]! >>> 16) - 3), "an event's text is longer than its words");
  const bytes = new Uint8Array(words.buffer, words.byteOffset + 4 * (at + 3), length);
  return JSON.parse(new TextDecoder().decode(bytes)) as T;
}
