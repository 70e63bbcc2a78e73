// A plan's file with its calibrated assumptions: the text as it was, comments kept, and for each
// updated assumption the new distribution, in the unit that the file uses, with its source.
import { type Document, isMap, parseDocument, type YAMLMap } from "yaml";
import { assert } from "../../base/assert.ts";
import type { Distribution } from "../assumptions/assumption.ts";
import { unitFactor } from "../plan-file/quantity.ts";
import type { CalibratedAssumption, Calibration } from "./calibrated.ts";
import { calibratedSource } from "./data-once.ts";

/** @param campaign the campaign file's name from where the new plan will lie */
export function calibratedPlanText(
  text: string,
  calibration: Calibration,
  campaign: string,
): string {
  const document = parseDocument(text);
  for (const one of calibration.assumptions) {
    if (one.state !== "updated") continue;
    writeAssumption(document, one, calibratedSource(calibration, one));
  }
  if (document.get("campaign") !== undefined || campaign !== "campaign.yaml") {
    document.set("campaign", campaign);
  }
  return document.toString({ lineWidth: 0 });
}

const SHAPES = ["value", "uniform", "triangular", "pert", "lognormal", "normal", "beta"] as const;

function writeAssumption(document: Document, one: CalibratedAssumption, source: string): void {
  const path = one.id.split(".");
  const entry = document.getIn(path);
  assert(isMap(entry), `the assumption ${one.id} of a plan that was read`);
  const unit = entry.get("unit");
  const factor = typeof unit === "string" ? unitFactor(unit, one.unit) : null;
  const isPercent = one.unit === "share" && typeof unit !== "string";
  const write = (value: number): number | string =>
    isPercent ? `${percentDigits(value)} %` : digits(value / (factor ?? 1));
  const before = SHAPES.find((shape) => entry.has(shape))!;
  const was = document.createNode(entry.toJSON()[before]);
  const shown = JSON.stringify(was.toJSON()).replaceAll('"', "");
  const [shape, value] = shapeOf(one.distribution, write);
  const at = entry.items.findIndex(({ key }) => String(key) === before);
  entry.delete(before);
  const pair = document.createPair(shape, value);
  if (isMap(pair.value)) (pair.value as YAMLMap).flow = true;
  entry.items.splice(at, 0, pair as YAMLMap["items"][number]);
  const mark = one.isContradicted ? "; the data contradict what was assumed" : "";
  entry.set("source", source);
  entry.set("why", `${one.says}; before: ${before} ${shown}${mark}`);
}

function shapeOf(
  given: Distribution,
  write: (value: number) => number | string,
): readonly [string, object] {
  const cut = (within: readonly [number, number] | undefined): object =>
    within === undefined ? {} : { within: within.map(write) };
  if (given.kind === "lognormal") {
    return [given.kind, { p5: write(given.p5), p95: write(given.p95), ...cut(given.within) }];
  }
  const isSpread = given.kind === "normal" || given.kind === "beta";
  assert(isSpread, `expected a distribution by mean and spread, got ${given.kind}`);
  return [given.kind, { mean: write(given.mean), sd: write(given.sd), ...cut(given.within) }];
}

/** Enough digits that nothing is lost, and no more. */
function digits(value: number): number {
  return Number(value.toPrecision(5));
}

/** The same of a share's other side: near the whole it is what is lacking that says something. */
function percentDigits(share: number): number {
  const lacking = Math.abs(1 - share);
  if (lacking === 0 || lacking > Math.abs(share)) return digits(100 * share);
  const decimals = 4 - Math.floor(Math.log10(100 * lacking));
  return Number((100 * share).toFixed(Math.min(15, Math.max(0, decimals))));
}
