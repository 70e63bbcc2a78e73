// The events of a campaign, newest first; a version with the table of what it changed.
import { Stack, Text, Timeline } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { AnswerOf } from "../../../client/index.ts";
import { EventFoot } from "../../parts/event-foot.tsx";
import type { Books } from "../../parts/with-books.tsx";
import { Changes } from "../revise/effects.tsx";
import { VersionFile } from "./version-file.tsx";

type CampaignEvent = NonNullable<AnswerOf<"campaign.versions">["history"]>[number];

const OF_VERSIONS: ReadonlySet<CampaignEvent["type"]> = new Set([
  "opened",
  "proposed",
  "rejected",
  "revised",
]);

export function VersionEvents({
  books,
  history,
  isAll,
}: {
  books: Books;
  history: readonly CampaignEvent[];
  isAll: boolean;
}): ReactNode {
  const shown = history.filter(({ type }) => isAll || OF_VERSIONS.has(type)).toReversed();
  return (
    <Timeline active={shown.length} bulletSize={14} lineWidth={2}>
      {shown.map((event) => (
        <Timeline.Item
          key={`${event.sequence}.${event.index}`}
          title={<Said event={event} />}
          // What was only wished for is not filled.
          {...(WISHED.has(event.type) && { lineVariant: "dashed" as const })}
        >
          <Stack gap="xs">
            <EventFoot event={event} timeZone={books.timeZone} />
            <Changed books={books} event={event} />
            {IN_FORCE.has(event.type) && (
              <VersionFile campaign={books.campaign} version={event.version ?? 0} />
            )}
          </Stack>
        </Timeline.Item>
      ))}
    </Timeline>
  );
}

const IN_FORCE: ReadonlySet<CampaignEvent["type"]> = new Set(["opened", "revised"]);

const WISHED: ReadonlySet<CampaignEvent["type"]> = new Set(["proposed", "rejected"]);

function Said({ event }: { event: CampaignEvent }): ReactNode {
  const { type, version = 0, name = "", count = 0, round = 0 } = event;
  return (
    <Text fw={600} component="h2" className="outside">
      <FormattedMessage id={`history.${type}`} values={{ version, name, count, round }} />
    </Text>
  );
}

function Changed({ books, event }: { books: Books; event: CampaignEvent }): ReactNode {
  const intl = useIntl();
  const { type, version = 0, changes, moveExpiry } = event;
  if (changes === undefined) return null;
  const label = intl.formatMessage({ id: `history.${type}` }, { version });
  return (
    <Stack gap={4}>
      <Text size="sm" c="dimmed">
        <FormattedMessage id="history.changed" values={{ count: changes.length }} />
      </Text>
      {changes.length > 0 && <Changes {...{ label, changes, books }} />}
      {moveExpiry !== undefined && (
        <Text size="sm" className="outside">
          <FormattedMessage id="history.moved" values={{ offers: moveExpiry.join(", ") }} />
        </Text>
      )}
    </Stack>
  );
}
