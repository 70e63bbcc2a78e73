// Asks once more before a campaign is opened: what is fixed for good from then on, and what a
// revision may still change.
import { Button, Group, List, Stack, Text } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Dialog } from "../../parts/dialog.tsx";
import { useMoney, useTime } from "../../parts/money.tsx";
import type { WordName } from "../../words/words.ts";
import { type CampaignTerms, campaignTerms } from "./campaign-terms.ts";

export function ConfirmOpen({
  yaml,
  isRunning,
  onSure,
  onClose,
}: {
  yaml: string;
  isRunning: boolean;
  onSure: () => void;
  onClose: () => void;
}): ReactNode {
  const intl = useIntl();
  const terms = useMemo(() => campaignTerms(yaml), [yaml]);
  const { title } = terms;
  return (
    <Dialog title={intl.formatMessage({ id: "open.sure" }, { title })} size="lg" onClose={onClose}>
      <Stack>
        <Said title="open.fixed" words={fixedBy(terms)} terms={terms} />
        <Said title="open.movable" words={MOVABLE} terms={terms}>
          {terms.isFourEyes && <FormattedMessage id="open.movableFourEyes" />}
        </Said>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            <FormattedMessage id="campaign.cancel" />
          </Button>
          <Button color="jade.9" loading={isRunning} onClick={onSure}>
            <FormattedMessage id="open.sureDo" />
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

const MOVABLE = [
  "open.movableBudget",
  "open.movableEnd",
  "open.movableClose",
  "open.movableLimits",
] as const;

function fixedBy({ holdout, isRehearsal, hasBeacon }: CampaignTerms): WordName[] {
  return [
    "open.fixedId",
    "open.fixedStart",
    "open.fixedOffers",
    holdout === null ? "open.fixedNoHoldout" : "open.fixedHoldout",
    hasBeacon ? "open.fixedSeedBeacon" : "open.fixedSeed",
    ...(isRehearsal ? (["open.fixedRehearsal"] as const) : []),
  ];
}

function Said({
  title,
  words,
  terms,
  children,
}: {
  title: WordName;
  words: readonly WordName[];
  terms: CampaignTerms;
  children?: ReactNode;
}): ReactNode {
  const money = useMoney(terms);
  const time = useTime(terms.timeZone);
  const { campaign, currency, timeZone, offers, holdout } = terms;
  const values = {
    ...{ campaign, currency, zone: timeZone, offers, share: holdout },
    budget: money(terms.budgetMinor),
    starts: time(terms.startsAtMs),
    ends: time(terms.endsAtMs),
    closes: time(terms.closesAtMs),
  };
  return (
    <Stack gap={4} className="outside">
      <Text fw={600}>
        <FormattedMessage id={title} />
      </Text>
      <List>
        {words.map((word) => (
          <List.Item key={word}>
            <FormattedMessage id={word} values={values} />
          </List.Item>
        ))}
      </List>
      {children !== undefined && <Text>{children}</Text>}
    </Stack>
  );
}
