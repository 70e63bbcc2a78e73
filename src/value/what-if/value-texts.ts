// Which of some files is the valuation, and which plan and campaign, or which verdict, it rests on.
import { HongbaoError } from "../../base/error.ts";
import { yamlSource } from "../../contract/yaml-source.ts";
import type { NamedText } from "../../plan/plan-file/index.ts";
import { baseName, type PlanTexts, planTexts } from "../../plan/what-if/plan-texts.ts";
import { type RawFrom, valueSchema } from "../value-file/index.ts";

export interface PlannedTexts extends PlanTexts {
  readonly value: NamedText;
}

export interface MeasuredTexts {
  readonly value: NamedText;
  readonly verdict: NamedText;
}

export type ValueTexts = PlannedTexts | MeasuredTexts;

export function isMeasured(texts: ValueTexts): texts is MeasuredTexts {
  return "verdict" in texts;
}

type Files = Readonly<Record<string, string>>;

/** Under which name a valuation expects its verdict; null: it is there, or none is needed. */
export function wantedVerdict(files: Files): string | null {
  const { from } = valuationIn(files);
  if (from.verdict === undefined || verdictIn(files, from.verdict) !== null) return null;
  return baseName(from.verdict);
}

/** @param files texts by name. Throws HongbaoError `file_not_found`, or of a broken file. */
export function valueTexts(files: Files): ValueTexts {
  const { value, from } = valuationIn(files);
  const name = value.file;
  if (from.verdict !== undefined) {
    const verdict = verdictIn(files, from.verdict);
    if (verdict !== null) return { value, verdict };
    const message = `${name}: expected ${baseName(from.verdict)} among the files, found none`;
    throw new HongbaoError({ code: "file_not_found", message });
  }
  if (from.plan === undefined) {
    const message =
      `${name}: expected a valuation of a plan or of a verdict (from: { plan: … }); what ` +
      "published figures are worth computes the command line: hongbao value";
    throw new HongbaoError({ code: "invalid_file", message });
  }
  // A folder stands for the plan.yaml in it.
  const plan = /\.ya?ml$/i.test(from.plan) ? baseName(from.plan) : "plan.yaml";
  const others = Object.entries(files).filter(([each]) => each !== name);
  return { value, ...planTexts(named(Object.fromEntries(others), plan)) };
}

function valuationIn(files: Files): { readonly value: NamedText; readonly from: RawFrom } {
  const names = Object.keys(files);
  const name =
    names.find((each) => each === "value.yaml") ??
    // Every valuation says what cash the company has.
    names.find((each) => /^netCash:/m.test(files[each]!));
  if (name === undefined) {
    const found = names.length === 0 ? "none" : names.join(", ");
    const message = `expected a value.yaml among the files, found ${found}`;
    throw new HongbaoError({ code: "file_not_found", message });
  }
  const value = { file: name, text: files[name]! };
  return { value, from: yamlSource(name, value.text, valueSchema).value.from };
}

/** Files that were chosen may have other names than the valuation knows: one of them is JSON. */
function verdictIn(files: Files, named: string): NamedText | null {
  const own = baseName(named);
  const file = own in files ? own : Object.keys(files).find((each) => /\.json$/i.test(each));
  return file === undefined ? null : { file, text: files[file]! };
}

/** The plan that is meant, where others lie beside it. */
function named(files: Files, plan: string): Files {
  const { [plan]: text, ...rest } = files;
  if (text === undefined) return files;
  const { "plan.yaml": _, ...others } = rest;
  return plan === "plan.yaml" ? files : { [plan]: text, ...others };
}
