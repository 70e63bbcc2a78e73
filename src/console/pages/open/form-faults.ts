// What is wrong with what somebody filled in, field by field, in the order of the form.
import type { Problem } from "../../parts/campaign-file.tsx";
import { readNumber } from "../../parts/typed-number.ts";
import {
  type CampaignFields,
  decimalsOf,
  type FieldName,
  type FieldPlace,
  fieldAt,
  textAt,
} from "./campaign-form.ts";
import { type KnownFault, knownFault } from "./known-fault.ts";

export type Fault =
  | { readonly place: FieldPlace; readonly kind: "empty" | "no_number" }
  /** It could be either of these numbers. */
  | { readonly place: FieldPlace; readonly kind: "ambiguous"; whole: string; part: string }
  /** What the check says, as the form says it. */
  | { readonly place: FieldPlace; readonly kind: "known"; readonly known: KnownFault }
  /** In the words of the check; of a place that no field is for: null. */
  | { readonly place: FieldPlace | null; readonly kind: "said"; readonly text: string };

const BEFORE_OFFERS: readonly FieldName[] = [
  ...(["title", "id", "budget", "currency"] as const),
  ...(["timeZone", "starts", "ends", "closes"] as const),
];
const BEHIND_OFFERS: readonly FieldName[] = ["perUser", "perDay", "perDevice", "holdout"];
const OF_OFFER = ["id", "title", "amount", "days"] as const;

export function faultsOf(
  fields: CampaignFields,
  problems: readonly Problem[],
  mark: string,
): Fault[] {
  const errors = problems.filter(({ severity }) => severity === "error");
  const said = errors.map(({ path, expected }) => ({ place: fieldAt(path, fields), expected }));
  const offers = fields.offers.flatMap((_, at) => {
    return OF_OFFER.map((name): FieldPlace => `offers.${at}.${name}`);
  });
  const faults = [...BEFORE_OFFERS, ...offers, ...BEHIND_OFFERS].flatMap((place): Fault[] => {
    const own = ownFault(place, fields, mark);
    if (own !== null) return [own];
    const texts = said.filter((one) => one.place === place).map(({ expected }) => expected);
    if (texts.length === 0) return [];
    if (textAt(place, fields) === "") return [{ place, kind: "empty" }];
    // One after the other: the first is often the reason of the next.
    const known = knownFault(place, texts[0]!);
    if (known !== null) return [{ place, kind: "known", known }];
    return [{ place, kind: "said", text: texts.join("; ") }];
  });
  const others = errors.filter(({ path }) => fieldAt(path, fields) === null);
  return [
    ...faults,
    ...others.map(({ path, expected }): Fault => {
      return { place: null, kind: "said", text: `${path}: ${expected}` };
    }),
  ];
}

/** Numbers that are none, or could be two, are told before the check hears of them. */
function ownFault(place: FieldPlace, fields: CampaignFields, mark: string): Fault | null {
  const text = textAt(place, fields);
  const decimals = decimalsOf(place, fields);
  if (decimals === null || text.trim() === "") return null;
  const read = readNumber(text, decimals, mark);
  if (read.kind === "number") return null;
  if (read.kind === "none") return { place, kind: "no_number" };
  return { place, ...read };
}
