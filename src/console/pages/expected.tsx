// What becomes of what is out, and how long the money lasts: each with its interval.
import { Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import type { AnswerOf } from "../../client/index.ts";
import { client } from "../client.ts";
import { useMoney } from "../parts/money.tsx";
import { RunsOut } from "../parts/runs-out.tsx";
import { Loaded } from "../parts/states.tsx";
import type { Books } from "../parts/with-books.tsx";

type Outlook = AnswerOf<"campaign.outlook">;

export function Expected({ campaign, books }: { campaign: string; books: Books }): ReactNode {
  const query = useQuery({
    queryKey: ["outlook", campaign],
    queryFn: ({ signal }) => client.campaign.outlook({ campaign }, { signal, totalMs: 5_000 }),
    // It is drawn anew each time: often enough for a forecast.
    refetchInterval: 10_000,
  });
  return (
    <Stack gap={4}>
      <Title order={2}>
        <FormattedMessage id="campaign.expected" />
      </Title>
      <Loaded query={query}>
        {(outlook) => (
          <>
            <Spend outlook={outlook} books={books} />
            {books.counts.grants > 0 && (
              <RunsOut books={books} atMs={outlook.atMs} runOut={outlook.runOut} />
            )}
          </>
        )}
      </Loaded>
    </Stack>
  );
}

function Spend({ outlook: { expected }, books }: { outlook: Outlook; books: Books }): ReactNode {
  const money = useMoney(books);
  if (expected === undefined || books.counts.grants === 0) {
    return (
      <Text c="dimmed">
        <FormattedMessage id="campaign.noOutlook" />
      </Text>
    );
  }
  if (books.reservedMinor + books.settlingMinor === 0) {
    return (
      <Text>
        <FormattedMessage id="campaign.nothingOut" />
      </Text>
    );
  }
  const { fromMinor, toMinor } = expected.almostSure;
  const values = {
    spend: money(expected.spendMinor),
    from: money(fromMinor),
    to: money(toMinor),
  };
  return (
    <Text>
      <FormattedMessage id="campaign.expectedSpend" values={values} />
    </Text>
  );
}
