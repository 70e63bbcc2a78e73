// What a grant is worth, in a sentence and in figures.
import { Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import type { Grant } from "../../parts/grant-badge.tsx";
import { Labelled } from "../../parts/labelled.tsx";
import { useMoney, useTime } from "../../parts/money.tsx";
import type { Books } from "../../parts/with-books.tsx";
import { waitingMinor } from "./waiting.ts";

export function GrantFigures({ books, one }: { books: Books; one: Grant }): ReactNode {
  const money = useMoney(books);
  const time = useTime(books.timeZone);
  const rest = money(waitingMinor(one));
  const values = { rest, until: time(one.expiresAtMs) };
  return (
    <Stack gap="sm">
      <Text>
        <FormattedMessage id={`grants.now.${one.state}`} values={values} />
      </Text>
      <Group gap="xl">
        <Labelled name="grants.amount">{money(one.amountMinor)}</Labelled>
        <Labelled name="money.spent">{money(one.spentMinor)}</Labelled>
        <Labelled name="grants.rest">{rest}</Labelled>
        {one.owedMinor !== undefined && (
          <Labelled name="grants.owed">{money(one.owedMinor)}</Labelled>
        )}
        {one.ref !== undefined && <Labelled name="grants.ref">{one.ref}</Labelled>}
      </Group>
    </Stack>
  );
}
