// Taking a proposal back, with a reason: by whoever could approve it, and by whoever made it.
import { Button, Group, Stack, Text } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { client } from "../../client.ts";
import { useWish } from "../../parts/use-wish.ts";
import { isReason, WhyField } from "../../parts/why-field.tsx";
import { WishWords } from "../../parts/wish-words.tsx";
import type { OfProposal } from "./consent.tsx";

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
  const [why, setWhy] = useState("");
  const reject = useWish(
    (options) => {
      return client.campaign.reject({ campaign, version, digest, why: why.trim() }, options);
    },
    (answer) => {
      onClose();
      onAnswer(answer);
    },
    { shown: ["campaign", campaign] },
  );
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
        <WishWords wish={reject} />
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
