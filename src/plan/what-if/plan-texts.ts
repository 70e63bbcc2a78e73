// Which of some files is the plan, and which the campaign that it names.
import { HongbaoError } from "../../base/error.ts";
import { ownOf } from "../../base/record.ts";
import { campaignNameOf, type NamedText } from "../plan-file/index.ts";

export interface PlanTexts {
  readonly plan: NamedText;
  readonly campaign: NamedText;
}

/** @param files texts by name. Throws HongbaoError `file_not_found`. */
export function planTexts(files: Readonly<Record<string, string>>): PlanTexts {
  const names = Object.keys(files);
  const plan =
    names.find((name) => name === "plan.yaml") ??
    // Every plan says how many people come.
    names.find((name) => /^reach:/m.test(files[name]!));
  if (plan === undefined) throw missing("a plan.yaml", names);
  const campaign = baseName(campaignNameOf(files[plan]!));
  const text = ownOf(files, campaign);
  if (text === undefined) throw missing(`${campaign}, which ${plan} names`, names);
  return {
    plan: { file: plan, text: files[plan]! },
    campaign: { file: campaign, text },
  };
}

/** Files that were chosen have left their folders behind. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1)!;
}

function missing(expected: string, names: readonly string[]): HongbaoError {
  const found = names.length === 0 ? "none" : names.join(", ");
  const message = `expected ${expected}, among the files, found ${found}`;
  return new HongbaoError({ code: "file_not_found", message });
}
