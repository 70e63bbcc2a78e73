// Facts as words of a command line: --fact age=31 --fact city=Shanghai --fact tags=["new","vip"]
import { contractError } from "../contract/errors.ts";
import { parse, parseJsonText } from "../contract/index.ts";
import { type Facts, factsSchema } from "../contract/schema/facts.ts";
import { eachOnce } from "./attributes.ts";

/** Throws HongbaoError `invalid_usage`. What reads as JSON is taken so, all else is text. */
export function factsOf(given: unknown): Facts {
  if (!Array.isArray(given)) return {};
  const pairs = given.map((pair: string): [string, unknown] => {
    const at = pair.indexOf("=");
    if (at > 0) return [pair.slice(0, at), readValue(pair.slice(at + 1))];
    throw contractError("invalid_usage", `--fact: expected name=value, found ${pair}`);
  });
  return parse(eachOnce("--fact", pairs), factsSchema);
}

function readValue(text: string): unknown {
  try {
    return parseJsonText(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return text; // Most texts are no JSON.
  }
}
