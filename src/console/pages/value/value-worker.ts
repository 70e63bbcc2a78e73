// The worker of the page that values: reads the files, draws campaigns, carries them into a
// company's figures.
import { config } from "zod";
import type { Turned } from "../../../value/what-if/turned-value.ts";
import { type ValueTexts, valueTexts, wantedVerdict } from "../../../value/what-if/value-texts.ts";
import {
  keptValueTexts,
  type OpenedValue,
  openValueTexts,
  savedValueTexts,
  ValueWhatIf,
} from "../../../value/what-if/value-what-if.ts";
import { answerCalls } from "../../parts/worker-side.ts";

export type ValueCall =
  /** Texts by name: which is the valuation, and what can be turned in it. */
  | { readonly kind: "open"; readonly files: Readonly<Record<string, string>> }
  | { readonly kind: "value"; readonly texts: ValueTexts; readonly turned: Turned }
  /** The files as they would be written, or as they would be kept with the valuation. */
  | { readonly kind: "save" | "keep"; readonly texts: ValueTexts; readonly turned: Turned };

export interface OpenedWhole extends OpenedValue {
  readonly texts: ValueTexts;
}

/** A valuation of a verdict that is not among the files, which expect it under that name. */
export interface WantsVerdict {
  readonly wants: string;
}

export type Opened = OpenedWhole | WantsVerdict;

// The page's policy evaluates no text, and whoever tries is reported.
config({ jitless: true });

const DAY = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
const whatIf = new ValueWhatIf((atMs, timeZone) =>
  new Intl.DateTimeFormat("en-CA", { timeZone, ...DAY }).format(atMs),
);

answerCalls<ValueCall>(async (call, between) => {
  switch (call.kind) {
    case "open": {
      const wants = wantedVerdict(call.files);
      if (wants !== null) return { wants } satisfies Opened;
      const texts = valueTexts(call.files);
      return { texts, ...openValueTexts(texts) } satisfies Opened;
    }
    case "value":
      return await whatIf.valuation(call.texts, call.turned, between);
    case "save":
      return savedValueTexts(call.texts, call.turned);
    default:
      return keptValueTexts(call.texts, call.turned);
  }
});
