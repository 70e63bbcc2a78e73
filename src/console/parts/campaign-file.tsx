// A campaign file as somebody types or chooses it, checked by the server meanwhile.
import { Button, Code, FileButton, Group, Stack, Table, Text, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { type ReactNode, useRef } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { LIMITS } from "../../base/limits.ts";
import type { AnswerOf } from "../../client/index.ts";
import { client } from "../client.ts";
import { useDraft } from "./draft.ts";
import { FailureAlert } from "./failure-alert.tsx";
import { HiddenSigns } from "./hidden-signs.tsx";
import { readFile } from "./read-file.ts";

export type Check = AnswerOf<"campaign.check">;
export type Problem = Check["problems"][number];

export interface TypedFile {
  yaml: string;
  /** Null: what it began with. */
  setYaml(yaml: string | null): void;
  /** Whether another text stands there than it began with. */
  isTyped: boolean;
  /** Of what was typed a moment ago; null where nothing is typed. */
  check: Check | null;
  error: Error | null;
  /** Whether the very text that stands there was found valid. */
  isValid: boolean;
}

/**
 * @param draft the name that its text is kept by
 * @param start what stands there until something is typed
 */
export function useCampaignFile(draft: string, start = ""): TypedFile {
  const [own, setYaml] = useDraft<string | null>(draft, null);
  const yaml = own ?? start;
  const [typed] = useDebouncedValue(yaml, 300);
  const isTyped = typed.trim() !== "";
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ["check", typed],
    queryFn: ({ signal }) => client.campaign.check({ yaml: typed }, { signal }),
    enabled: isTyped,
    placeholderData: keepPreviousData,
  });
  const isValid = isTyped && typed === yaml && data?.valid === true && !isPlaceholderData;
  const check = (isTyped ? data : null) ?? null;
  return { yaml, setYaml, isTyped: yaml !== start, check, error, isValid };
}

export function CampaignFileField({
  file,
  children,
}: {
  file: TypedFile;
  /** What else can be done to the text. */
  children?: ReactNode;
}): ReactNode {
  const intl = useIntl();
  const reset = useRef<() => void>(null);
  const read = useMutation({
    mutationFn: (chosen: File) => readFile(chosen, LIMITS.campaignBytes),
    onSuccess: (text) => file.setYaml(text),
  });
  const choose = (chosen: File | null): void => {
    if (chosen !== null) read.mutate(chosen);
    // The same one again, too: it may have changed since.
    reset.current?.();
  };
  return (
    <Stack gap="md">
      <Group>
        <FileButton resetRef={reset} onChange={choose} accept=".yaml,.yml">
          {(props) => (
            <Button variant="default" loading={read.isPending} {...props}>
              <FormattedMessage id="open.file" />
            </Button>
          )}
        </FileButton>
        {children}
      </Group>
      <FailureAlert error={read.error} />
      <Textarea
        label={intl.formatMessage({ id: "open.text" })}
        value={file.yaml}
        onChange={(event) => file.setYaml(event.currentTarget.value)}
        autosize
        minRows={8}
        maxRows={24}
        spellCheck={false}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
      />
      <HiddenSigns text={file.yaml} />
    </Stack>
  );
}

/** Where each problem is, what was expected there and what was found. */
export function ProblemTable({ problems }: { problems: readonly Problem[] }): ReactNode {
  return (
    <Table>
      <Table.Tbody>
        {problems.map(({ line, path, expected, found, severity }) => (
          <Table.Tr key={`${line} ${path} ${expected}`}>
            <Table.Td className="number">{line === 0 ? "" : line}</Table.Td>
            <Table.Td>
              <Code>{path}</Code>
            </Table.Td>
            <Table.Td>
              <Text inherit lang="en" className={severity === "error" ? "wrong" : ""}>
                {expected} · {found}
              </Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
