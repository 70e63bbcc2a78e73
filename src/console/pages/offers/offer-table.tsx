// What a campaign offers: what each reward is, in which wave, until when, and how long it lives.
import { Box, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { FormattedMessage, type IntlShape, useIntl } from "react-intl";
import type { CampaignDefinition, OfferDefinition } from "../../../core/definition.ts";
import { waveOfOffer } from "../../../core/wave-of-offer.ts";
import { At, useMoney, useTime } from "../../parts/money.tsx";
import { useRulesInForce } from "../../parts/rules-in-force.ts";
import { Loaded } from "../../parts/states.tsx";
import type { DataColumn } from "../../parts/table/column.ts";
import { DataTable } from "../../parts/table/data-table.tsx";
import { Used } from "../../parts/used.tsx";
import type { Books } from "../../parts/with-books.tsx";
import { meanMinor, ownShare, rewardText, spanText, untilMs } from "./offer-words.ts";

export function OfferTable({ books }: { books: Books }): ReactNode {
  const query = useRulesInForce(books);
  return (
    <Stack gap="xs">
      <Title order={2}>
        <FormattedMessage id="offers.title" />
      </Title>
      <Loaded query={query}>{(rules) => <Offers books={books} rules={rules} />}</Loaded>
    </Stack>
  );
}

function Offers({ books, rules }: { books: Books; rules: CampaignDefinition }): ReactNode {
  const intl = useIntl();
  const money = useMoney(books);
  const time = useTime(books.timeZone);
  const columns = useMemo(
    () => columnsOf({ books, rules, intl, money, time }),
    [books, rules, intl, money, time],
  );
  return (
    <DataTable
      name="offers"
      label={intl.formatMessage({ id: "offers.title" })}
      columns={columns}
      rows={rules.offers}
      rowKey={({ id }) => id}
      minWidth={720}
    />
  );
}

interface Ground {
  readonly books: Books;
  readonly rules: CampaignDefinition;
  readonly intl: IntlShape;
  readonly money: (minor: number) => string;
  readonly time: (atMs: number) => string;
}

function columnsOf({ books, rules, intl, money, time }: Ground): DataColumn<OfferDefinition>[] {
  const expiry = ({ expiry: one }: OfferDefinition): string => {
    if (one.kind === "at") return time(Math.min(one.atMs, rules.closesAtMs));
    return intl.formatMessage({ id: "offers.after" }, { span: spanText(one.afterMs, intl) });
  };
  return [
    {
      name: "offers.offer",
      isName: true,
      value: ({ id, title }) => `${title} ${id}`,
      cell: ({ id, title }) => (
        <Box miw={140} className="outside">
          {title}{" "}
          <Text size="xs" c="dimmed">
            {id}
          </Text>
        </Box>
      ),
    },
    { name: "offers.reward", value: ({ reward }) => rewardText(reward, money, intl) },
    {
      name: "offers.mean",
      align: "right",
      value: ({ reward }) => Math.round(meanMinor(reward)) / 10 ** books.decimals,
      currency: () => books.currency,
      cell: ({ reward }) => money(Math.round(meanMinor(reward))),
    },
    { name: "campaign.wave", value: (one) => waveOfOffer(rules, one)?.id ?? "–" },
    {
      name: "offers.until",
      value: (one) => untilMs(rules, one),
      isInstant: true,
      cell: (one) => {
        const atMs = untilMs(rules, one);
        return atMs === null ? "–" : <At timeZone={books.timeZone} atMs={atMs} />;
      },
    },
    { name: "offers.expires", value: expiry },
    {
      name: "campaign.given",
      value: ({ id }) => ownShare(books, id),
      cell: ({ id }) => <Used share={ownShare(books, id)} />,
    },
  ];
}
