// How far the log is signed, and whether a checkpoint that somebody kept is still part of it.
import { Alert, Button, Code, Group, Stack, Text, Textarea, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { fromBase64 } from "../../../base/base64.ts";
import type { AnswerOf } from "../../../client/index.ts";
import { parseCheckpoint } from "../../../journal/log/checkpoint.ts";
import { verifyConsistency } from "../../../journal/log/log-tree.ts";
import { client } from "../../client.ts";
import { FailureWords } from "../../parts/failure-words.tsx";
import { Labelled } from "../../parts/labelled.tsx";
import { saveFile } from "../../parts/save-file.ts";
import { Loaded } from "../../parts/states.tsx";
import type { WordName } from "../../words/words.ts";
import { useCheckpoint, useStatus } from "./log-queries.ts";

type Checkpoint = AnswerOf<"checkpoint.show">;

export function ChainPanel(): ReactNode {
  const query = useCheckpoint();
  return (
    <Loaded query={query}>
      {(checkpoint) => (
        <Stack gap="lg">
          <Now checkpoint={checkpoint} />
          <Older />
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
          {witnesses.length > 0 ? witnesses.join(", ") : <None name="audit.witnessesNone" />}
        </Labelled>
      </Group>
      <Long name="audit.origin" text={origin} />
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

type Compared =
  | { word: "audit.extends" | "audit.forked" | "audit.ahead"; old: number; size: number }
  | { word: "audit.noCheckpoint" }
  | { word: "audit.otherLog"; origin: string };

/** Asks for hashes alone; that they lead from one root to the other is worked out here. */
async function compare(text: string): Promise<Compared> {
  const older = parseCheckpoint(`${text.trim()}\n`)?.checkpoint;
  if (older === undefined) return { word: "audit.noCheckpoint" };
  const newer = parseCheckpoint((await client.checkpoint.show()).note)!.checkpoint;
  if (older.origin !== newer.origin) return { word: "audit.otherLog", origin: older.origin };
  const sizes = { old: older.size, size: newer.size };
  if (older.size > newer.size) return { word: "audit.ahead", ...sizes };
  const asked = { old: String(older.size), size: String(newer.size) };
  const { proof } = await client.checkpoint.consistency(asked);
  const hashes = proof.map((hash) => fromBase64(hash) ?? new Uint8Array(0));
  const claim = { oldSize: older.size, oldRoot: older.root, size: newer.size, root: newer.root };
  const extended = verifyConsistency(claim, hashes);
  return { word: extended ? "audit.extends" : "audit.forked", ...sizes };
}

function Older(): ReactNode {
  const intl = useIntl();
  const [text, setText] = useState("");
  const run = useMutation({ mutationFn: () => compare(text) });
  const { data } = run;
  return (
    <Stack gap="sm">
      <Title order={2}>
        <FormattedMessage id="audit.older" />
      </Title>
      <Textarea
        label={intl.formatMessage({ id: "audit.olderText" })}
        description={intl.formatMessage({ id: "audit.olderHow" })}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        autosize
        minRows={4}
        maxRows={10}
        spellCheck={false}
      />
      <Button
        size="xs"
        w="fit-content"
        variant="default"
        disabled={text.trim() === ""}
        loading={run.isPending}
        onClick={() => run.mutate()}
      >
        <FormattedMessage id="audit.compare" />
      </Button>
      {run.isError && (
        <Alert color="red" role="alert">
          <FailureWords error={run.error} />
        </Alert>
      )}
      {data !== undefined && (
        <Alert color={COLORS[data.word] ?? "yellow"} role="status" className="outside">
          <FormattedMessage id={data.word} values={{ ...data }} />
        </Alert>
      )}
    </Stack>
  );
}

const COLORS: { readonly [W in Compared["word"]]?: string } = {
  "audit.extends": "jade",
  "audit.forked": "red",
};
