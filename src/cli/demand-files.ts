// Demand that lies in a CSV beside a campaign file: its weights take the place of its name, on the
// same line, so that problems are found where they stand.
import { dirname, join } from "node:path";
import { isMap, isScalar, isSeq, parseDocument, type Scalar } from "yaml";
import { LIMITS } from "../base/limits.ts";
import { shown } from "../contract/campaign-file/problems.ts";
import { SourceTree } from "../contract/campaign-file/source-tree.ts";
import { contractError } from "../contract/index.ts";
import { readText } from "./read-text.ts";

/** The text of a campaign file with every `demand: FILE.csv` of a wave replaced by its weights. */
export async function withDemandFiles(yaml: string, file: string): Promise<string> {
  // Of text that is no campaign file the check tells more.
  if (!/\bdemand:/.test(yaml) || new SourceTree(yaml).problems.length > 0) return yaml;
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
function readDemand(csv: string, file: string): number[] {
  const refuse = (line: number, expected: string, found: string): never => {
    const message = `${file}:${line}: expected ${expected}, found ${found}`;
    throw contractError("invalid_data", message);
  };
  const [head = "", ...lines] = csv
    .replace(/^\uFEFF/, "")
    .trimEnd()
    .split(/\r?\n/, LIMITS.curvePoints + 2);
  if (head.trim() !== "hour,weight") refuse(1, "the line hour,weight", shown(head));
  if (lines.length === 0) refuse(2, "hour 0 and its weight", "the end of the file");
  if (lines.length > LIMITS.curvePoints) {
    refuse(LIMITS.curvePoints + 2, `at most ${LIMITS.curvePoints} hours`, "more");
  }
  return lines.map((line, i) => {
    const cells = line.split(",").map((cell) => cell.trim());
    const [hour, weight = ""] = cells;
    if (cells.length !== 2 || hour !== String(i)) {
      refuse(i + 2, `hour ${i} and its weight`, shown(line));
    }
    if (!/^\d{1,15}(\.\d{1,30})?$/.test(weight)) {
      refuse(i + 2, "a weight from 0 to below 10^15, in plain digits", shown(weight));
    }
    return Number(weight);
  });
}
