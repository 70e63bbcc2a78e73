// Opening a campaign from a file or a form: checked by the server as one types, explained in plain
// words.
import { Alert, Button, Group, List, Stack, Tabs, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useLocation, useSearchParams } from "wouter";
import { client } from "../../client.ts";
import {
  CampaignFileField,
  type Check,
  ProblemTable,
  type TypedFile,
  useCampaignFile,
} from "../../parts/campaign-file.tsx";
import { forgetDrafts } from "../../parts/draft.ts";
import { EnglishNote } from "../../parts/english-note.tsx";
import { FailureWords } from "../../parts/failure-words.tsx";
import { Later } from "../../parts/later.tsx";
import { useWish } from "../../parts/use-wish.ts";
import { WishWords } from "../../parts/wish-words.tsx";
import { TakenId } from "./taken-id.tsx";

// They write and read YAML, which the other pages need not load.
const loadByForm = async () => (await import("./by-form.tsx")).ByForm;
const loadConfirmOpen = async () => (await import("./confirm-open.tsx")).ConfirmOpen;

export function OpenPage(): ReactNode {
  const intl = useIntl();
  const [, goTo] = useLocation();
  const file = useCampaignFile("open.yaml");
  const [search] = useSearchParams();
  const by = search.get("by") === "form" ? "form" : "file";
  /** The very text that somebody is asked about. */
  const [asked, setAsked] = useState<string | null>(null);
  const open = useWish(
    (options, yaml: string) => client.campaign.open({ yaml }, options),
    ({ status, campaign }) => {
      setAsked(null);
      if (status !== "opened") return;
      forgetDrafts("open.");
      const message = intl.formatMessage({ id: "open.opened" }, { campaign });
      notifications.show({ message });
      goTo(`/campaigns/${encodeURIComponent(campaign)}`);
    },
  );
  const refused = open.data?.status === "campaign_exists" ? open.data.campaign : null;
  const close = (): void => {
    open.stop();
    setAsked(null);
  };
  return (
    <Stack gap="md" maw={860}>
      <Title order={1}>
        <FormattedMessage id="open.title" />
      </Title>
      <Text>
        <FormattedMessage id="open.how" />
      </Text>
      <FileOrForm file={file} by={by} />
      {file.check !== null && <Checked check={file.check} isForm={by === "form"} />}
      <TakenId yaml={file.yaml} refused={refused} />
      {file.error !== null && (
        <Alert color="red" role="alert">
          <FailureWords error={file.error} />
        </Alert>
      )}
      <WishWords wish={open} />
      <Group>
        <Button disabled={!file.isValid} onClick={() => setAsked(file.yaml)}>
          <FormattedMessage id="open.do" />
        </Button>
      </Group>
      {asked !== null && (
        <Later
          name="open/confirm-open"
          load={loadConfirmOpen}
          props={{
            yaml: asked,
            isRunning: open.isPending,
            onSure: () => open.mutate(asked),
            onClose: close,
          }}
          waiting={null}
        />
      )}
    </Stack>
  );
}

function FileOrForm({ file, by }: { file: TypedFile; by: "form" | "file" }): ReactNode {
  const [, setSearch] = useSearchParams();
  return (
    <Tabs value={by} onChange={(next) => setSearch(next === "form" ? { by: "form" } : {})}>
      <Tabs.List>
        <Tabs.Tab value="file">
          <FormattedMessage id="open.byFile" />
        </Tabs.Tab>
        <Tabs.Tab value="form">
          <FormattedMessage id="open.byForm" />
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="file" pt="md">
        <CampaignFileField file={file} />
      </Tabs.Panel>
      <Tabs.Panel value="form" pt="md">
        <Later name="open/by-form" load={loadByForm} props={{ file }} />
      </Tabs.Panel>
    </Tabs>
  );
}

/** What is wrong with a form stands with it. */
function Checked({ check, isForm }: { check: Check; isForm: boolean }): ReactNode {
  const { explanation } = check;
  const problems = isForm
    ? check.problems.filter(({ severity }) => severity === "warning")
    : check.problems;
  return (
    <Stack gap="sm" aria-live="polite">
      {(problems.length > 0 || explanation.length > 0) && <EnglishNote />}
      {problems.length > 0 && (
        <>
          <Title order={2}>
            <FormattedMessage id="open.problems" values={{ count: problems.length }} />
          </Title>
          <ProblemTable problems={problems} />
        </>
      )}
      {explanation.length > 0 && (
        <>
          <Title order={2}>
            <FormattedMessage id="open.check" />
          </Title>
          <List lang="en" className="outside">
            {explanation.map((sentence) => (
              <List.Item key={sentence}>{sentence}</List.Item>
            ))}
          </List>
        </>
      )}
    </Stack>
  );
}
