// A checkpoint that somebody kept, held against the log of now.
import { Alert, Button, Stack, Textarea, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { type Compared, compareCheckpoint, type Kept } from "./compare-checkpoint.ts";

const NOTHING: Kept = { text: "", key: "" };

export function OlderCheckpoint(): ReactNode {
  const intl = useIntl();
  const [kept, setKept] = useState(NOTHING);
  const run = useMutation({ mutationFn: compareCheckpoint });
  const change = (part: Partial<Kept>): void => {
    // What was found is of what stood there before.
    run.reset();
    setKept({ ...kept, ...part });
  };
  const { data } = run;
  return (
    <Stack gap="sm">
      <Title order={2}>
        <FormattedMessage id="audit.older" />
      </Title>
      <Textarea
        label={intl.formatMessage({ id: "audit.olderText" })}
        description={intl.formatMessage({ id: "audit.olderHow" })}
        value={kept.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        autosize
        minRows={4}
        maxRows={10}
        spellCheck={false}
      />
      <TextInput
        label={intl.formatMessage({ id: "audit.ownKey" })}
        description={intl.formatMessage({ id: "audit.olderKeyHow" })}
        value={kept.key}
        onChange={(event) => change({ key: event.currentTarget.value })}
        spellCheck={false}
        autoComplete="off"
        maw={640}
      />
      <Button
        size="xs"
        w="fit-content"
        variant="default"
        disabled={kept.text.trim() === ""}
        loading={run.isPending}
        onClick={() => run.mutate(kept)}
      >
        <FormattedMessage id="audit.compare" />
      </Button>
      <FailureAlert error={run.error} />
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
