// Asks once more before an endpoint is paused, goes on, or is forgotten.
import { Button, Group, Stack, Text } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { client } from "../../client.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { useWish } from "../../parts/use-wish.ts";
import { isReason, WhyField } from "../../parts/why-field.tsx";
import { WishWords } from "../../parts/wish-words.tsx";
import type { Webhook } from "./webhook-queries.ts";

export type AskedStep = "pause" | "resume" | "remove";

export function WebhookDialog({
  step,
  one,
  onClose,
}: {
  step: AskedStep;
  one: Webhook;
  onClose: () => void;
}): ReactNode {
  const intl = useIntl();
  const [why, setWhy] = useState("");
  const { endpoint, url } = one;
  const run = useWish(async (options) => {
    if (step === "pause") await client.webhooks.pause({ endpoint, why: why.trim() }, options);
    else await client.webhooks[step]({ endpoint }, options);
  }, onClose);
  const isReady = step !== "pause" || isReason(why);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady) run.mutate();
  };
  return (
    <Dialog title={`${intl.formatMessage({ id: `hooks.${step}` })}: ${url}`} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack>
          {step !== "resume" && (
            <Text>
              <FormattedMessage id={`hooks.${step}Why`} />
            </Text>
          )}
          {step === "pause" && (
            <WhyField label="grants.why" value={why} onChange={setWhy} isFirst />
          )}
          <WishWords wish={run} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} {...(step === "remove" && FIRST)}>
              <FormattedMessage id="campaign.cancel" />
            </Button>
            <Button
              type="submit"
              color={step === "remove" ? "red.9" : "jade.9"}
              loading={run.isPending}
              disabled={!isReady}
            >
              <FormattedMessage id={`hooks.${step}`} />
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** Of what cannot be undone the harmless button is the first in reach. */
const FIRST = { "data-autofocus": true };
