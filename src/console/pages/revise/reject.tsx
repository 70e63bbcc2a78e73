// Taking a proposal back, with a reason: by whoever could approve it, and by whoever made it.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { client } from "../../client.ts";
import { isReason, WhyField } from "../../parts/why-field.tsx";
import type { OfProposal } from "./consent.tsx";
import { Failure } from "./failure.tsx";

interface Rejected extends OfProposal {
  title: "revise.reject" | "revise.takeBack";
  onClose: () => void;
}

export function Reject({
  books: { campaign },
  proposal: { version, digest },
  isReplaced,
  title,
  onAnswer,
  onClose,
}: Rejected): ReactNode {
  const intl = useIntl();
  const queries = useQueryClient();
  const [why, setWhy] = useState("");
  const reject = useMutation({
    mutationFn: () => client.campaign.reject({ campaign, version, digest, why: why.trim() }),
    onSuccess: (answer) => {
      onClose();
      onAnswer(answer);
      void queries.invalidateQueries({ queryKey: ["campaign", campaign] });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    reject.mutate();
  };
  const isReady = isReason(why) && !isReplaced;
  return (
    <form onSubmit={submit} aria-label={intl.formatMessage({ id: title })}>
      <Stack gap="sm" maw={480}>
        <Text>
          <FormattedMessage id="revise.rejectWhy" />
        </Text>
        <WhyField label="revise.rejectReason" value={why} onChange={setWhy} isFirst />
        <Failure error={reject.error} />
        <Group>
          <Button variant="default" onClick={onClose}>
            <FormattedMessage id="campaign.cancel" />
          </Button>
          <Button type="submit" color="red.9" loading={reject.isPending} disabled={!isReady}>
            <FormattedMessage id={title} />
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
