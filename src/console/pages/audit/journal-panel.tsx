// A whole journal judged in the browser: chosen or dropped, with progress, in a thread of its own.
import {
  Anchor,
  Button,
  FileButton,
  Group,
  Paper,
  Progress,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { type ChangeEvent, type DragEvent, type ReactNode, useRef, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useIsAdmin } from "../../session/session.ts";
import { droppedFiles, namedFiles } from "./chosen-files.ts";
import { JournalRefusal } from "./journal-refusal.tsx";
import { JournalResult } from "./journal-result.tsx";
import { useLogKeys } from "./log-queries.ts";
import { useAudit } from "./use-audit.ts";
import type { GivenFile } from "./worker/given-journal.ts";

export function JournalPanel(): ReactNode {
  const intl = useIntl();
  const serverKeys = useLogKeys();
  const [key, setKey] = useState("");
  const { state, ask, stop } = useAudit("journal");
  const verify = (files: readonly GivenFile[]): void => {
    if (files.length > 0) ask({ kind: "journal", files, key, serverKeys });
  };
  return (
    <Stack gap="md">
      <Text>
        <FormattedMessage id="audit.journalHow" />
      </Text>
      <Download />
      <TextInput
        label={intl.formatMessage({ id: "audit.ownKey" })}
        description={intl.formatMessage({ id: "audit.ownKeyHow" })}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
        spellCheck={false}
        autoComplete="off"
        maw={640}
      />
      <Chooser onChoose={verify} />
      {state.step === "running" && <Running progress={state.progress} onStop={stop} />}
      {state.step === "done" && <JournalResult result={state.result} />}
      {state.step === "refused" && <JournalRefusal refusal={state.refusal} />}
    </Stack>
  );
}

function Download(): ReactNode {
  const isAdmin = useIsAdmin();
  if (!isAdmin) {
    return (
      <Text c="dimmed" size="sm">
        <FormattedMessage id="audit.downloadAdmin" />
      </Text>
    );
  }
  return (
    <Group gap="sm">
      <Button component="a" href="/v1/journal.tar" download size="xs" variant="default">
        <FormattedMessage id="audit.download" />
      </Button>
      <Text size="sm" c="dimmed">
        <FormattedMessage id="audit.downloadHow" />
      </Text>
    </Group>
  );
}

function Chooser({ onChoose }: { onChoose: (files: readonly GivenFile[]) => void }): ReactNode {
  const intl = useIntl();
  const [isOver, setIsOver] = useState(false);
  const folder = useRef<HTMLInputElement>(null);
  const over = (event: DragEvent, is: boolean): void => {
    event.preventDefault();
    setIsOver(is);
  };
  const drop = (event: DragEvent): void => {
    over(event, false);
    void droppedFiles(event.dataTransfer).then(onChoose);
  };
  const chosen = (event: ChangeEvent<HTMLInputElement>): void => {
    onChoose(namedFiles([...(event.currentTarget.files ?? [])]));
    event.currentTarget.value = "";
  };
  return (
    <Paper
      withBorder
      p="lg"
      onDragOver={(event) => over(event, true)}
      onDragLeave={(event) => over(event, false)}
      onDrop={drop}
      style={{
        borderStyle: "dashed",
        ...(isOver && { borderColor: "var(--mantine-color-jade-8)" }),
      }}
    >
      <Stack gap="sm" align="center">
        <Text>
          <FormattedMessage id="audit.drop" />
        </Text>
        <Group gap="xs">
          <FileButton multiple onChange={(files) => onChoose(namedFiles(files))}>
            {(props) => (
              <Button {...props} size="xs">
                <FormattedMessage id="audit.files" />
              </Button>
            )}
          </FileButton>
          <input
            ref={folder}
            type="file"
            hidden
            onChange={chosen}
            aria-label={intl.formatMessage({ id: "audit.folder" })}
            {...{ webkitdirectory: "" }}
          />
          <Button size="xs" variant="default" onClick={() => folder.current?.click()}>
            <FormattedMessage id="audit.folder" />
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

function Running({
  progress,
  onStop,
}: {
  progress: { done: number; total: number } | null;
  onStop: () => void;
}): ReactNode {
  const intl = useIntl();
  const { done = 0, total = 0 } = progress ?? {};
  const text = intl.formatMessage(
    { id: progress === null ? "audit.reading" : "audit.progress" },
    { done, total },
  );
  return (
    <Stack gap={4}>
      <Group justify="space-between">
        <Text role="status">{text}</Text>
        <Anchor component="button" type="button" onClick={onStop} underline="always">
          <FormattedMessage id="audit.stop" />
        </Anchor>
      </Group>
      <Progress value={total === 0 ? 0 : (100 * done) / total} aria-label={text} />
    </Stack>
  );
}
