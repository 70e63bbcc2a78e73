// What is wrong with a field, in the reader's words where the form knows it itself.
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { currencyDecimals } from "../../../base/money.ts";
import { isTimeZone } from "../../../base/time.ts";
import { useTime } from "../../parts/money.tsx";
import { type CampaignFields, decimalsOf } from "./campaign-form.ts";
import type { Fault } from "./form-faults.ts";
import type { KnownFault } from "./known-fault.ts";

/** Of the other reading: as many as could have been meant. */
const PART_DECIMALS = 3;

export function FaultWords({ fault, fields }: { fault: Fault; fields: CampaignFields }): ReactNode {
  const intl = useIntl();
  if (fault.kind === "said") return <span lang="en">{fault.text}</span>;
  if (fault.kind === "known") return <KnownWords known={fault.known} fields={fields} />;
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

/** Instants in the zone that the times were typed in. */
function KnownWords({ known, fields }: { known: KnownFault; fields: CampaignFields }): ReactNode {
  const intl = useIntl();
  const { currency } = fields;
  const timeZone = isTimeZone(fields.timeZone) ? fields.timeZone : "UTC";
  const time = useTime(timeZone);
  const { word, atMs, number = 0 } = known;
  const decimals = currencyDecimals(currency);
  const digits = { minimumFractionDigits: decimals ?? 0 };
  const named = decimals === null ? {} : ({ style: "currency", currency } as const);
  const values = {
    ...{ number, zone: timeZone, at: atMs === undefined ? "" : time(atMs) },
    amount: intl.formatNumber(number, { ...named, ...digits }),
    example: intl.formatNumber(25, digits),
  };
  return <FormattedMessage id={`form.fault.${word}`} values={values} />;
}
