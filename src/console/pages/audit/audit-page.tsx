// What anybody can check for himself: that the past was not changed, that a receipt is genuine,
// that a journal is sound, that luck was honest.
import { Stack, Tabs, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { useSearchParams } from "wouter";
import { CampaignTrail } from "../../parts/campaign-trail.tsx";
import { type Books, WithBooks } from "../../parts/with-books.tsx";
import { ChainPanel } from "./chain-panel.tsx";
import { DrawsPanel } from "./draws-panel.tsx";
import { JournalPanel } from "./journal-panel.tsx";
import { LuckPanel } from "./luck-panel.tsx";
import { ReceiptPanel } from "./receipt-panel.tsx";

const TABS = {
  chain: () => <ChainPanel />,
  receipt: (books: Books) => <ReceiptPanel books={books} />,
  journal: () => <JournalPanel />,
  luck: (books: Books) => <LuckPanel books={books} />,
  draws: (books: Books) => <DrawsPanel books={books} />,
} as const;

type TabName = keyof typeof TABS;
const NAMES = Object.keys(TABS) as TabName[];

export function AuditPage({ campaign }: { campaign: string }): ReactNode {
  return <WithBooks campaign={campaign}>{(books) => <Audit books={books} />}</WithBooks>;
}

function Audit({ books }: { books: Books }): ReactNode {
  const [search, setSearch] = useSearchParams();
  const named = search.get("tab") as TabName | null;
  const tab = named !== null && NAMES.includes(named) ? named : "chain";
  return (
    <Stack gap="lg" maw={960}>
      <Stack gap="xs">
        <CampaignTrail books={books} />
        <Title order={1}>
          <FormattedMessage id="audit.title" />
        </Title>
        <Text>
          <FormattedMessage id="audit.sentence" />
        </Text>
      </Stack>
      <Tabs
        value={tab}
        onChange={(next) => setSearch({ tab: next ?? "chain" })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {NAMES.map((name) => (
            <Tabs.Tab key={name} value={name}>
              <FormattedMessage id={`audit.${name}`} />
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {NAMES.map((name) => (
          <Tabs.Panel key={name} value={name}>
            {TABS[name](books)}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
}
