// A grant's receipt as a file, from servers that give receipts.
import { Button, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { AnswerOf } from "../../../client/index.ts";
import { client } from "../../client.ts";
import { FailureWords } from "../../parts/failure-words.tsx";
import { saveFile } from "../../parts/save-file.ts";

type Receipt = NonNullable<AnswerOf<"grant.receipt">["receipt"]>;

export function GrantReceipt({ campaign, grant }: { campaign: string; grant: string }): ReactNode {
  const intl = useIntl();
  const log = useQuery({
    queryKey: ["checkpoint"],
    queryFn: ({ signal }) => client.checkpoint.show({}, { signal, totalMs: 0 }),
    retry: false,
    staleTime: 60_000,
  });
  const fetched = useMutation({
    mutationFn: () => client.grant.receipt({ campaign, grant }, { totalMs: 3_000 }),
    onSuccess: ({ receipt }) => {
      if (receipt !== undefined) save(receipt);
    },
  });
  if (log.data === undefined) return null;
  const { data, error } = fetched;
  return (
    <Stack gap={4} align="flex-end">
      <Button
        size="xs"
        variant="default"
        loading={fetched.isPending}
        onClick={() => fetched.mutate()}
      >
        <FormattedMessage id="grants.receipt" />
      </Button>
      <Text size="xs" c="dimmed" role="status">
        {error !== null && <FailureWords error={error} />}
        {data?.status === "checkpoint_pending" &&
          intl.formatMessage(
            { id: "grants.receiptPending" },
            { at: intl.formatTime(data.retryAtMs ?? data.atMs, { timeStyle: "long" }) },
          )}
        {data?.receipt !== undefined && <FormattedMessage id="grants.receiptSaved" />}
      </Text>
    </Stack>
  );
}

/** As `hongbao receipt` writes it, so that any copy of the program can check the file. */
function save(receipt: Receipt): void {
  const text = `${JSON.stringify(receipt, null, 2)}\n`;
  const content = new Blob([text], { type: "application/json" });
  saveFile(`${receipt.subject.grant}.receipt.json`, content);
}
