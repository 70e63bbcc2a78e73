// Bodies as JSON. Bytes that are not UTF-8 are refused instead of being replaced in silence: two
// different ids must not become the same string. An object that names a key twice is refused.
import { isAscii } from "node:buffer";
import { contractError, parseJsonText } from "../contract/index.ts";

/** The body of a batch, which only batch routes take. */
export class NdjsonBody {
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Throws HongbaoError `invalid_json`, or `invalid_request` where a key comes twice. */
export function parseJson(bytes: Buffer): unknown {
  const text = decodeText(bytes);
  try {
    return parseJsonText(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw contractError("invalid_json", `expected JSON, found ${placeOf(error, text)}`);
  }
}

/** Throws HongbaoError `invalid_json` where the bytes are not UTF-8. */
function decodeText(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString("latin1");
  try {
    return UTF8.decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw contractError("invalid_json", "expected UTF-8, found bytes that are not");
  }
}

/** Where it broke off; never what stood there, since bodies name persons. */
function placeOf(error: SyntaxError, text: string): string {
  if (text.trim() === "") return "an empty body";
  const position = /at position (\d+)/.exec(error.message)?.[1];
  return position === undefined ? "an unexpected end" : `something else at position ${position}`;
}
