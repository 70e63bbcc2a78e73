// Where a page begins that computes from files: those of a report, those that somebody chooses, or
// their texts.
import { Anchor, Button, List, Stack, Text, Textarea, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Link } from "wouter";
import { LIMITS } from "../../base/limits.ts";
import { reportList } from "../pages/reports/report-queries.ts";
import type { WordName } from "../words/words.ts";
import { FailureAlert } from "./failure-alert.tsx";
import { FilesButton } from "./files-button.tsx";
import { readFile } from "./read-file.ts";

export type Files = Readonly<Record<string, string>>;

/** A text that can be pasted: the name that it gets, and its label. */
export interface Pasted {
  readonly name: string;
  readonly label: WordName;
}

export function FilesStart({
  kind,
  place,
  choose,
  pasted,
  accept,
  onFiles,
}: {
  kind: "plan-study" | "valuation";
  /** The page's own address. */
  place: string;
  choose: WordName;
  /** Empty: none can be. */
  pasted: readonly Pasted[];
  accept: string;
  onFiles: (files: Files) => void;
}): ReactNode {
  const read = useMutation({
    mutationFn: async (chosen: readonly File[]): Promise<Files> => {
      const texts = chosen.map(async (file) => {
        return [file.name, await readFile(file, LIMITS.reportBytes)] as const;
      });
      return Object.fromEntries(await Promise.all(texts));
    },
    onSuccess: onFiles,
  });
  return (
    <Stack gap="lg" maw={860}>
      <Stack gap="xs" align="flex-start">
        <Text>
          <FormattedMessage id={choose} />
        </Text>
        <FilesButton accept={accept} variant="filled" onFiles={read.mutate} />
        <FailureAlert error={read.error} />
        <Text size="sm" c="dimmed">
          <FormattedMessage id="plan.stay" />
        </Text>
      </Stack>
      <KeptHere kind={kind} place={place} />
      {pasted.length > 0 && <PastedTexts pasted={pasted} onFiles={onFiles} />}
    </Stack>
  );
}

function KeptHere({ kind, place }: { kind: string; place: string }): ReactNode {
  const { data } = useQuery(reportList());
  const reports = (data?.reports ?? []).filter((one) => one.kind === kind && one.files);
  if (reports.length === 0) return null;
  return (
    <Stack component="section" gap="xs">
      <Title order={2}>
        <FormattedMessage id="plan.startKept" />
      </Title>
      <List>
        {reports.map(({ report, title }) => (
          <List.Item key={report}>
            <Anchor
              component={Link}
              href={`${place}?from=${encodeURIComponent(report)}`}
              underline="always"
              display="inline-block"
              py={4}
              className="outside"
            >
              {title}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}

function PastedTexts({
  pasted,
  onFiles,
}: {
  pasted: readonly Pasted[];
  onFiles: (files: Files) => void;
}): ReactNode {
  const intl = useIntl();
  const [texts, setTexts] = useState<Files>({});
  const isWhole = pasted.every(({ name }) => (texts[name] ?? "").trim() !== "");
  return (
    <Stack component="section" gap="sm" align="flex-start">
      <Title order={2}>
        <FormattedMessage id="plan.startText" />
      </Title>
      {pasted.map(({ name, label }) => (
        <Textarea
          key={name}
          label={intl.formatMessage({ id: label })}
          value={texts[name] ?? ""}
          onChange={(event) => setTexts({ ...texts, [name]: event.currentTarget.value })}
          autosize
          minRows={4}
          maxRows={12}
          w="100%"
          spellCheck={false}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        />
      ))}
      <Button variant="default" disabled={!isWhole} onClick={() => onFiles(texts)}>
        <FormattedMessage id="plan.openText" />
      </Button>
    </Stack>
  );
}
