// Which of some files is the valuation, and which plan and campaign it rests on.
import { HongbaoError } from "../../base/error.ts";
import { yamlSource } from "../../contract/yaml-source.ts";
import type { NamedText } from "../../plan/plan-file/index.ts";
import { baseName, type PlanTexts, planTexts } from "../../plan/what-if/plan-texts.ts";
import { valueSchema } from "../value-file/index.ts";

export interface ValueTexts extends PlanTexts {
  readonly value: NamedText;
}

/** @param files texts by name. Throws HongbaoError `file_not_found`, or of a broken file. */
export function valueTexts(files: Readonly<Record<string, string>>): ValueTexts {
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
  const { from } = yamlSource(name, value.text, valueSchema).value;
  if (from.plan === undefined) {
    const message =
      `${name}: expected a valuation of a plan (from: { plan: … }); what a verdict or published ` +
      "figures are worth computes the command line: hongbao value";
    throw new HongbaoError({ code: "invalid_file", message });
  }
  // A folder stands for the plan.yaml in it.
  const plan = /\.ya?ml$/i.test(from.plan) ? baseName(from.plan) : "plan.yaml";
  const others = Object.entries(files).filter(([each]) => each !== name);
  return { value, ...planTexts(named(Object.fromEntries(others), plan)) };
}

/** The plan that is meant, where others lie beside it. */
function named(
  files: Readonly<Record<string, string>>,
  plan: string,
): Readonly<Record<string, string>> {
  const { [plan]: text, ...rest } = files;
  if (text === undefined) return files;
  const { "plan.yaml": _, ...others } = rest;
  return plan === "plan.yaml" ? files : { [plan]: text, ...others };
}
