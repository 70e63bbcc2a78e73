// A valuation that somebody turns knobs of. The campaigns of its plan are drawn once for what is
// turned in the plan, and stay while only the company's figures are turned.

import { HongbaoError } from "../../base/error.ts";
import { type YamlSource, yamlSource } from "../../contract/yaml-source.ts";
import type { CampaignDraws } from "../../plan/campaign-draws.ts";
import { jobOf } from "../../plan/study/plan-study.ts";
import { planDraws } from "../../plan/study/study-draws.ts";
import { type Knob, knobsOf } from "../../plan/what-if/knobs.ts";
import { turnedPlanText } from "../../plan/what-if/turned-plan.ts";
import { drawnSample, type OnBlock, PlanReader, turnedPlan } from "../../plan/what-if/what-if.ts";
import { type Valuation, valuationOf } from "../valuation.ts";
import { type RawValue, type ReadValue, readValue, valueSchema } from "../value-file/index.ts";
import { type Turned, turnedValueText } from "./turned-value.ts";
import { OF_VALUE, valueKnobs } from "./value-knobs.ts";
import type { ValueTexts } from "./value-texts.ts";

/** Of the plan's own campaign, the local day on which it begins, as 2026-02-06. */
export type DayOf = (atMs: number, timeZone: string) => string;

export interface OpenedValue {
  readonly title: string;
  readonly currency: string;
  /** Of the file's figures, then of the plan. */
  readonly knobs: readonly Knob[];
  readonly hasEvent: boolean;
}

/** Throws HongbaoError `invalid_file` with the place of what is wrong. */
export function openValueTexts(texts: ValueTexts): OpenedValue {
  const { raw, value, read } = readTexts(texts, {});
  const plan = new PlanReader().read(texts);
  return {
    ...{ title: value.title, currency: value.currency, hasEvent: value.event !== undefined },
    knobs: [...valueKnobs(read.figures.entries, raw), ...knobsOf(plan)],
  };
}

/** Draws of the last plan that was asked for: a company's figures are turned more often. */
export class ValueWhatIf {
  private readonly dayOf: DayOf;
  private readonly plans = new PlanReader();
  private drawn: { readonly key: string; readonly campaign: CampaignDraws } | null = null;

  constructor(dayOf: DayOf) {
    this.dayOf = dayOf;
  }

  async valuation(texts: ValueTexts, turned: Turned, onBlock: OnBlock): Promise<Valuation> {
    const { read } = readTexts(texts, turned);
    const campaign = await this.campaignOf(texts, ofPlan(turned), onBlock);
    if (campaign.currency !== read.question.currency) {
      const message =
        `${texts.value.file}: expected the campaign's currency, ${campaign.currency}, found ` +
        read.question.currency;
      throw new HongbaoError({ code: "invalid_file", message });
    }
    const from = `${texts.plan.file}: a plan, which is no evidence`;
    return valuationOf({ ...read, campaign, from, source: "plan" });
  }

  private async campaignOf(
    texts: ValueTexts,
    turned: Turned,
    onBlock: OnBlock,
  ): Promise<CampaignDraws> {
    const key = JSON.stringify([texts.plan.text, texts.campaign.text, turned]);
    if (this.drawn?.key === key) return this.drawn.campaign;
    const { plan, changes } = turnedPlan(this.plans, texts, turned);
    const sample = await drawnSample(jobOf(plan, changes), onBlock);
    const starts = this.dayOf(plan.terms.startsAtMs, plan.terms.timeZone);
    const campaign = planDraws(plan, sample, starts);
    this.drawn = { key, campaign };
    return campaign;
  }
}

/** The files as they would be written: the plan's only where something of it is turned. */
export function savedValueTexts(texts: ValueTexts, turned: Turned): Record<string, string> {
  const { read } = readTexts(texts, {});
  const own = turnedValueText(texts.value.text, read.figures.entries, turned);
  const planned = ofPlan(turned);
  if (Object.keys(planned).length === 0) return { [texts.value.file]: own };
  const plan = new PlanReader().read(texts);
  return {
    [texts.value.file]: own,
    [texts.plan.file]: turnedPlanText(texts.plan.text, plan, planned),
  };
}

function ofPlan(turned: Turned): Turned {
  return Object.fromEntries(Object.entries(turned).filter(([id]) => !id.startsWith(OF_VALUE)));
}

function readTexts(
  { value: { file, text } }: ValueTexts,
  turned: Turned,
): YamlSource<RawValue> & { readonly read: ReadValue } {
  const plain = yamlSource(file, text, valueSchema);
  const source =
    Object.keys(turned).length === 0
      ? plain
      : yamlSource(
          file,
          turnedValueText(text, readValue(plain.value, plain.problem).figures.entries, turned),
          valueSchema,
        );
  return { ...source, read: readValue(source.value, source.problem) };
}
