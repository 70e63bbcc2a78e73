// Facts as words of a command line: --fact age=31 --fact city=Shanghai --fact tags=["new","vip"]
import { contractError } from "../contract/errors.ts";
import { parse } from "../contract/index.ts";
import { type Facts, factsSchema } from "../contract/schema/facts.ts";

/** Throws HongbaoError `invalid_usage`. What reads as JSON is taken so, all else is text. */
export function factsOf(given: unknown): Facts {
  if (!Array.isArray(given)) return {};
  const pairs = given.map((pair: string): [string, unknown] => {
    const at = pair.indexOf("=");
    if (at > 0) return [pair.slice(0, at), readValue(pair.slice(at + 1))];
    throw contractError("invalid_usage", `--fact: expected name=value, found ${pair}`);
  });
  return parse(Object.fromEntries(pairs), factsSchema);
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // Most texts are no JSON.
  }
}
