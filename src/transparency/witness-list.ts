// The witnesses that a server asks: a file with a line for each, as in C2SP tlog-policy.
import { COSIGNATURE, parseVerifierKey, type VerifierKey } from "../journal/index.ts";

export interface WitnessAddress {
  key: VerifierKey;
  /** Before `/add-checkpoint`. */
  url: string;
}

/** The witnesses of `witness NAME VKEY URL` lines, or one line that says what is wrong. */
export function parseWitnessList(text: string): WitnessAddress[] | string {
  const found: WitnessAddress[] = [];
  for (const [at, line] of text.split("\n").entries()) {
    const words = line.replace(/#.*$/, "").trim().split(/\s+/);
    if (words[0] === "") continue;
    const where = `line ${at + 1}`;
    const [word, , vkey, url] = words;
    if (word !== "witness" || words.length !== 4) {
      return `${where}: expected \`witness NAME VKEY URL\`, found ${line.trim().slice(0, 80)}`;
    }
    const key = parseVerifierKey(vkey!);
    if (key?.algorithm !== COSIGNATURE) {
      return `${where}: expected a witness's key (name+id+key), found ${vkey!.slice(0, 80)}`;
    }
    if (!URL.canParse(url!) || !/^https?:$/.test(new URL(url!).protocol)) {
      return `${where}: expected an http or https address, found ${url!.slice(0, 80)}`;
    }
    found.push({ key, url: url!.replace(/\/+$/, "") });
  }
  return found;
}
