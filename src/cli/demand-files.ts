// Demand that lies in a CSV beside a campaign file: its weights take the place of its name, on the
// same line, so that problems are found where they stand.
import { dirname, join } from "node:path";
import { isMap, isScalar, isSeq, parseDocument, type Scalar } from "yaml";
import { contractError } from "../contract/index.ts";
import { readText } from "./read-text.ts";

/** The text of a campaign file with every `demand: FILE.csv` of a wave replaced by its weights. */
export async function withDemandFiles(yaml: string, file: string): Promise<string> {
  if (!/\bdemand:/.test(yaml)) return yaml;
  const waves = parseDocument(yaml).get("waves");
  const named = (isSeq(waves) ? waves.items : []).flatMap((wave): Scalar<string>[] => {
    const pacing = isMap(wave) ? wave.get("pacing") : null;
    const demand = isMap(pacing) ? pacing.get("demand", true) : null;
    return isScalar(demand) && typeof demand.value === "string" ? [demand as Scalar<string>] : [];
  });
  let text = yaml;
  // From the end, so that places before stay what they are.
  for (const { value, range } of named.reverse()) {
    const path = join(dirname(file), value);
    const weights = readDemand(await readText(path), path);
    text = `${text.slice(0, range![0])}[${weights.join(", ")}]${text.slice(range![1])}`;
  }
  return text;
}

/** Throws `invalid_data` where a line is not an hour, counted from 0, and its weight. */
export function readDemand(csv: string, file: string): number[] {
  const refuse = (line: number, expected: string, found: string): never => {
    const message = `${file}:${line}: expected ${expected}, found ${found}`;
    throw contractError("invalid_data", message);
  };
  const [head = "", ...lines] = csv
    .replace(/^\uFEFF/, "")
    .trimEnd()
    .split(/\r?\n/);
  if (head.trim() !== "hour,weight") refuse(1, "the line hour,weight", JSON.stringify(head));
  return lines.map((line, i) => {
    const cells = line.split(",").map((cell) => cell.trim());
    const [hour, weight] = cells;
    if (cells.length !== 2 || hour !== String(i)) {
      refuse(i + 2, `hour ${i} and its weight`, JSON.stringify(line));
    }
    if (!/^\d+(\.\d+)?$/.test(weight!)) {
      refuse(i + 2, "a weight of 0 or more, in plain digits", JSON.stringify(weight));
    }
    return Number(weight);
  });
}
