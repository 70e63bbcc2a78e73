// What each field of the form shows besides its text: what was understood of a number, and what is
// wrong, once somebody has been there.
import { type ReactNode, useState } from "react";
import { useIntl } from "react-intl";
import { currencyDecimals } from "../../../base/money.ts";
import { readNumber } from "../../parts/typed-number.ts";
import { type CampaignFields, decimalsOf, type FieldPlace, textAt } from "./campaign-form.ts";
import { fieldId } from "./fault-list.tsx";
import { FaultWords } from "./fault-words.tsx";
import type { Fault } from "./form-faults.ts";

const MOST_DECIMALS = 20;
const BELOW = ["label", "input", "description", "error"] as const;

export interface FieldProps {
  id: string;
  value: string;
  error: ReactNode;
  description: ReactNode;
  inputWrapperOrder: ["label", "input", "description", "error"];
  onBlur: () => void;
}

export function useFields(
  fields: CampaignFields,
  faults: readonly Fault[],
  mark: string,
): (place: FieldPlace) => FieldProps {
  const [left, setLeft] = useState<ReadonlySet<FieldPlace>>(new Set());
  const understood = useUnderstood(fields, mark);
  return (place) => {
    const value = textAt(place, fields);
    const fault = faults.find((one) => one.place === place);
    const isSeen = value !== "" || left.has(place);
    return {
      ...{ id: fieldId(place), value },
      error: fault !== undefined && isSeen ? <FaultWords fault={fault} fields={fields} /> : null,
      description: understood(place),
      inputWrapperOrder: [...BELOW],
      onBlur: () => setLeft((before) => new Set([...before, place])),
    };
  };
}

/** An amount in full; another number where it was not typed as a file has it. */
function useUnderstood(
  fields: CampaignFields,
  mark: string,
): (place: FieldPlace) => string | undefined {
  const intl = useIntl();
  const { currency } = fields;
  return (place) => {
    const decimals = decimalsOf(place, fields);
    const typed = textAt(place, fields);
    if (decimals === null) return undefined;
    const read = readNumber(typed, decimals, mark);
    if (read.kind !== "number") return undefined;
    const isMoney = place === "budget" || place.endsWith(".amount");
    if (!isMoney && read.plain === typed.trim()) return undefined;
    // No digit of what was typed is rounded away: it would look like another number.
    const most = Math.min(MOST_DECIMALS, Math.max(decimals, read.plain.split(".")[1]?.length ?? 0));
    const digits = { minimumFractionDigits: isMoney ? decimals : 0, maximumFractionDigits: most };
    const isNamed = isMoney && currencyDecimals(currency) !== null;
    const style = isNamed ? ({ style: "currency", currency } as const) : {};
    return intl.formatNumber(Number(read.plain), { ...style, ...digits });
  };
}
