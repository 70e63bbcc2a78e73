// Who made the revision in force, when and why; the campaign's history has all of them.
import { Anchor, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { Link } from "wouter";
import { useTime } from "../../parts/money.tsx";
import { useWho } from "../../parts/who.ts";
import type { Books } from "../../parts/with-books.tsx";
import { ZoneNote } from "../../parts/zone-note.tsx";
import { versionsAddress } from "../versions/addresses.ts";

type Last = NonNullable<Books["lastRevision"]>;

export function LastRevision({ books }: { books: Books }): ReactNode {
  const { campaign, lastRevision, timeZone, version } = books;
  return (
    <Stack gap="xs">
      <Title order={2}>
        <FormattedMessage id="revise.last" />
      </Title>
      {lastRevision === undefined ? (
        <Text c="dimmed">
          <FormattedMessage id="revise.never" />
        </Text>
      ) : (
        <RevisionWords last={lastRevision} version={version} timeZone={timeZone} />
      )}
      <Anchor component={Link} href={versionsAddress(campaign)} w="fit-content" underline="always">
        <FormattedMessage id="history.whole" />
      </Anchor>
      <ZoneNote zone={timeZone} />
    </Stack>
  );
}

/** Two lines: which, when and by whom; and why. */
export function RevisionWords({
  last,
  version,
  timeZone,
}: {
  last: Last;
  version: number;
  timeZone: string;
}): ReactNode {
  const time = useTime(timeZone);
  const who = useWho();
  const { atMs, by, why, approvedBy } = last;
  return (
    <Stack gap={2} className="outside">
      <Text>
        <FormattedMessage id="revise.lastBy" values={{ version, at: time(atMs), who: who(by) }} />
        {approvedBy !== undefined && (
          <FormattedMessage id="revise.lastApproved" values={{ who: who(approvedBy) }} />
        )}
      </Text>
      <Reason why={why} />
    </Stack>
  );
}

export function Reason({ why }: { why: string }): ReactNode {
  return (
    <Text className="outside">
      <FormattedMessage id="revise.reason" values={{ why }} />
    </Text>
  );
}
