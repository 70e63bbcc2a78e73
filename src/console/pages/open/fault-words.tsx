// What is wrong with a field, in the reader's words where the form knows it itself.
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { type CampaignFields, decimalsOf } from "./campaign-form.ts";
import type { Fault } from "./form-faults.ts";

/** Of the other reading: as many as could have been meant. */
const PART_DECIMALS = 3;

export function FaultWords({ fault, fields }: { fault: Fault; fields: CampaignFields }): ReactNode {
  const intl = useIntl();
  if (fault.kind === "said") return <span lang="en">{fault.text}</span>;
  if (fault.kind === "empty") return <FormattedMessage id="form.empty" />;
  const decimals = Math.min(PART_DECIMALS, decimalsOf(fault.place, fields) ?? 0);
  const number = (plain: string): string => {
    const most = Math.max(decimals, PART_DECIMALS);
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: most };
    return intl.formatNumber(Number(plain), digits);
  };
  if (fault.kind === "ambiguous") {
    const values = { whole: number(fault.whole), part: number(fault.part) };
    return <FormattedMessage id="form.ambiguous" values={values} />;
  }
  const isMoney = fault.place === "budget" || fault.place.endsWith(".amount");
  const example = isMoney ? number("1800") : intl.formatNumber(decimals === 0 ? 12 : 12.5);
  return <FormattedMessage id="form.noNumber" values={{ example }} />;
}
