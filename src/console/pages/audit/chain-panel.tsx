// How far the log is signed, by which key, and who has seen it.
import { Button, Code, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { AnswerOf } from "../../../client/index.ts";
import { parseCheckpoint } from "../../../journal/log/checkpoint.ts";
import { Labelled } from "../../parts/labelled.tsx";
import { saveFile } from "../../parts/save-file.ts";
import { Loaded } from "../../parts/states.tsx";
import { shownTexts } from "../../shown-text.ts";
import type { WordName } from "../../words/words.ts";
import { useCheckpoint, useStatus } from "./log-queries.ts";
import { OlderCheckpoint } from "./older-checkpoint.tsx";

type Checkpoint = AnswerOf<"checkpoint.show">;

export function ChainPanel(): ReactNode {
  const query = useCheckpoint();
  return (
    <Loaded query={query}>
      {(checkpoint) => (
        <Stack gap="lg">
          <Now checkpoint={checkpoint} />
          <OlderCheckpoint />
        </Stack>
      )}
    </Loaded>
  );
}

function Now({ checkpoint }: { checkpoint: Checkpoint }): ReactNode {
  const intl = useIntl();
  const status = useStatus();
  const { origin, size, root, note } = checkpoint;
  const signers = parseCheckpoint(note)?.signatures.map(({ name }) => name) ?? [];
  const witnesses = [...new Set(signers.filter((name) => name !== origin))];
  const records = Math.max(size, status.data?.records ?? size);
  const key = status.data?.log?.keys.at(-1);
  const save = (): void => {
    saveFile(`${size}.checkpoint`, new Blob([note], { type: "text/plain" }));
  };
  return (
    <Stack gap="sm">
      <Text>
        <FormattedMessage id="audit.chainSays" values={{ signed: size, records }} />
      </Text>
      <Group gap="xl" align="flex-start" className="outside">
        <Labelled name="audit.size">{intl.formatNumber(size)}</Labelled>
        <Labelled name="audit.witnesses">
          {witnesses.length > 0 ? (
            shownTexts(witnesses.join(", "))
          ) : (
            <None name="audit.witnessesNone" />
          )}
        </Labelled>
      </Group>
      <Long name="audit.origin" text={shownTexts(origin)} />
      <Long name="audit.root" text={root} />
      {key !== undefined && (
        <>
          <Long name="audit.keys" text={key} />
          <Text size="sm" c="dimmed">
            <FormattedMessage id="audit.keysHow" />
          </Text>
        </>
      )}
      <Group gap="sm">
        <Button size="xs" variant="default" onClick={save}>
          <FormattedMessage id="audit.save" />
        </Button>
        <Text size="sm" c="dimmed">
          <FormattedMessage id="audit.saveHow" />
        </Text>
      </Group>
    </Stack>
  );
}

function None({ name }: { name: WordName }): ReactNode {
  return (
    <Text span fw={400} c="dimmed">
      <FormattedMessage id={name} />
    </Text>
  );
}

function Long({ name, text }: { name: WordName; text: string }): ReactNode {
  return (
    <Labelled name={name}>
      <Code className="outside">{text}</Code>
    </Labelled>
  );
}
