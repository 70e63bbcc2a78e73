// A valuation that somebody turns knobs of. The campaigns of its plan are drawn once for what is
// turned in the plan, and stay while only the company's figures are turned; a verdict is read once.
import { HongbaoError } from "../../base/error.ts";
import { type YamlSource, yamlSource } from "../../contract/yaml-source.ts";
import type { CampaignDraws } from "../../plan/campaign-draws.ts";
import type { NamedText } from "../../plan/plan-file/index.ts";
import { jobOf } from "../../plan/study/plan-study.ts";
import { planDraws } from "../../plan/study/study-draws.ts";
import { type Knob, knobsOf } from "../../plan/what-if/knobs.ts";
import { turnedPlanText } from "../../plan/what-if/turned-plan.ts";
import { drawnSample, type OnBlock, PlanReader, turnedPlan } from "../../plan/what-if/what-if.ts";
import { type Valuation, valuationOf } from "../valuation.ts";
import { type RawValue, type ReadValue, readValue, valueSchema } from "../value-file/index.ts";
import { type AssumedBeside, assumedBeside, verdictCampaign } from "../verdict/verdict-campaign.ts";
import { readVerdictSlice, type VerdictSlice } from "../verdict/verdict-slice.ts";
import { type Turned, turnedValueText } from "./turned-value.ts";
import { OF_VALUE, valueKnobs } from "./value-knobs.ts";
import {
  isMeasured,
  type MeasuredTexts,
  type PlannedTexts,
  type ValueTexts,
} from "./value-texts.ts";

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
  const ofPlan = isMeasured(texts) ? [] : knobsOf(new PlanReader().read(texts));
  return {
    ...{ title: value.title, currency: value.currency, hasEvent: value.event !== undefined },
    knobs: [...valueKnobs(read.figures.entries, raw), ...ofPlan],
  };
}

/** Draws of the last plan that was asked for: a company's figures are turned more often. */
export class ValueWhatIf {
  private readonly dayOf: DayOf;
  private readonly plans = new PlanReader();
  private drawn: { readonly key: string; readonly campaign: CampaignDraws } | null = null;
  private verdict: { readonly text: string; readonly slice: VerdictSlice } | null = null;

  constructor(dayOf: DayOf) {
    this.dayOf = dayOf;
  }

  async valuation(texts: ValueTexts, turned: Turned, onBlock: OnBlock): Promise<Valuation> {
    const { read, assumed, problem } = readTexts(texts, turned);
    const isOfVerdict = isMeasured(texts);
    const campaign = isOfVerdict
      ? verdictCampaign(read, assumed!, this.sliceOf(texts), texts.verdict.file, problem)
      : await this.campaignOf(texts, ofPlan(turned), onBlock);
    if (campaign.currency !== read.question.currency) {
      const message =
        `${texts.value.file}: expected the campaign's currency, ${campaign.currency}, found ` +
        read.question.currency;
      throw new HongbaoError({ code: "invalid_file", message });
    }
    const from = isOfVerdict
      ? `${texts.verdict.file}: a verdict, evidence ${campaign.grade}`
      : `${texts.plan.file}: a plan, which is no evidence`;
    return valuationOf({ ...read, campaign, from, source: isOfVerdict ? "verdict" : "plan" });
  }

  private sliceOf({ verdict: { file, text } }: MeasuredTexts): VerdictSlice {
    if (this.verdict?.text !== text) this.verdict = { text, slice: readVerdictSlice(text, file) };
    return this.verdict.slice;
  }

  private async campaignOf(
    texts: PlannedTexts,
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
  if (isMeasured(texts) || Object.keys(planned).length === 0) return { [texts.value.file]: own };
  const plan = new PlanReader().read(texts);
  return {
    [texts.value.file]: own,
    [texts.plan.file]: turnedPlanText(texts.plan.text, plan, planned),
  };
}

/** The files as they would be kept with the valuation: of a verdict what is read of it. */
export function keptValueTexts(texts: ValueTexts, turned: Turned): ValueTexts {
  const saved = savedValueTexts(texts, turned);
  const now = ({ file, text }: NamedText): NamedText => ({ file, text: saved[file] ?? text });
  const value = now(texts.value);
  if (!isMeasured(texts)) return { ...texts, value, plan: now(texts.plan) };
  const { file, text } = texts.verdict;
  return { value, verdict: { file, text: JSON.stringify(readVerdictSlice(text, file)) } };
}

function ofPlan(turned: Turned): Turned {
  return Object.fromEntries(Object.entries(turned).filter(([id]) => !id.startsWith(OF_VALUE)));
}

interface ReadTexts extends YamlSource<RawValue> {
  readonly read: ReadValue;
  /** Of a valuation of a verdict. */
  readonly assumed: AssumedBeside | null;
}

function readTexts(texts: ValueTexts, turned: Turned): ReadTexts {
  const { file, text } = texts.value;
  const readSource = (source: YamlSource<RawValue>): ReadTexts => {
    const read = readValue(source.value, source.problem);
    return { ...source, read, assumed: isMeasured(texts) ? assumedBeside(read) : null };
  };
  const plain = readSource(yamlSource(file, text, valueSchema));
  if (Object.keys(turned).length === 0) return plain;
  const changed = turnedValueText(text, plain.read.figures.entries, turned);
  return readSource(yamlSource(file, changed, valueSchema));
}
