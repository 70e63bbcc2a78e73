// One of the server's campaigns, or none; while they cannot be asked for, none alone.
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useIntl } from "react-intl";
import type { WordName } from "../words/words.ts";
import { CAMPAIGNS } from "./campaigns-query.ts";

export function CampaignSelect({
  label,
  none,
  campaign,
  onChange,
}: {
  label: WordName;
  /** What it means that none is chosen. */
  none: WordName;
  /** Empty: none. */
  campaign: string;
  onChange: (campaign: string) => void;
}): ReactNode {
  const intl = useIntl();
  const { data } = useQuery(CAMPAIGNS);
  const campaigns = (data?.campaigns ?? []).map((one) => {
    return { value: one.campaign, label: `${one.title} (${one.campaign})` };
  });
  return (
    <NativeSelect
      label={intl.formatMessage({ id: label })}
      data={[{ value: "", label: intl.formatMessage({ id: none }) }, ...campaigns]}
      value={campaign}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
