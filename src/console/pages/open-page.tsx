// Opening a campaign from a file: checked by the server as one types, explained in plain words.
import {
  Alert,
  Button,
  Code,
  FileButton,
  Group,
  List,
  Stack,
  Table,
  Text,
  Textarea,
  Title,
} from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useLocation } from "wouter";
import type { AnswerOf } from "../../client/index.ts";
import { client, failureText } from "../client.ts";

type Check = AnswerOf<"campaign.check">;

export function OpenPage(): ReactNode {
  const intl = useIntl();
  const queries = useQueryClient();
  const [, goTo] = useLocation();
  const [yaml, setYaml] = useState("");
  const [typed] = useDebouncedValue(yaml, 300);
  const check = useQuery({
    queryKey: ["check", typed],
    queryFn: ({ signal }) => client.campaign.check({ yaml: typed }, { signal }),
    enabled: typed.trim() !== "",
    placeholderData: keepPreviousData,
  });
  const open = useMutation({
    mutationFn: () => client.campaign.open({ yaml }),
    onSuccess: async ({ campaign }) => {
      const message = intl.formatMessage({ id: "open.opened" }, { campaign });
      notifications.show({ message });
      await queries.invalidateQueries();
      goTo(`/campaigns/${encodeURIComponent(campaign)}`);
    },
  });
  const isChecked = typed === yaml && check.data?.valid === true && !check.isPlaceholderData;
  const read = async (file: File | null): Promise<void> => {
    if (file !== null) setYaml(await file.text());
  };
  return (
    <Stack gap="md" maw={860}>
      <Title order={1}>
        <FormattedMessage id="open.title" />
      </Title>
      <Text>
        <FormattedMessage id="open.how" />
      </Text>
      <Group>
        <FileButton onChange={(file) => void read(file)} accept=".yaml,.yml">
          {(props) => (
            <Button variant="default" {...props}>
              <FormattedMessage id="open.file" />
            </Button>
          )}
        </FileButton>
      </Group>
      <Textarea
        label={intl.formatMessage({ id: "open.text" })}
        value={yaml}
        onChange={(event) => setYaml(event.currentTarget.value)}
        autosize
        minRows={8}
        maxRows={24}
        spellCheck={false}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
      />
      {check.data !== undefined && typed.trim() !== "" && <Checked check={check.data} />}
      {(check.error ?? open.error) !== null && (
        <Alert color="red" role="alert">
          {failureText(open.error ?? check.error)}
        </Alert>
      )}
      <Group>
        <Button disabled={!isChecked} loading={open.isPending} onClick={() => open.mutate()}>
          <FormattedMessage id="open.do" />
        </Button>
      </Group>
    </Stack>
  );
}

function Checked({ check: { problems, explanation } }: { check: Check }): ReactNode {
  return (
    <Stack gap="sm" aria-live="polite">
      {problems.length > 0 && (
        <>
          <Title order={2}>
            <FormattedMessage id="open.problems" values={{ count: problems.length }} />
          </Title>
          <Table>
            <Table.Tbody>
              {problems.map(({ line, path, expected, found, severity }) => (
                <Table.Tr key={`${line} ${path} ${expected}`}>
                  <Table.Td className="number">{line === 0 ? "" : line}</Table.Td>
                  <Table.Td>
                    <Code>{path}</Code>
                  </Table.Td>
                  <Table.Td c={severity === "error" ? "red.9" : "inherit"}>
                    {expected} · {found}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </>
      )}
      {explanation.length > 0 && (
        <>
          <Title order={2}>
            <FormattedMessage id="open.check" />
          </Title>
          <List>
            {explanation.map((sentence) => (
              <List.Item key={sentence}>{sentence}</List.Item>
            ))}
          </List>
        </>
      )}
    </Stack>
  );
}
