// A key is revoked: what that does to whoever asks for it, too.
import { Alert, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { client } from "../../client.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { useWish } from "../../parts/use-wish.ts";
import { WishWords } from "../../parts/wish-words.tsx";
import { useSession } from "../../session/session.ts";
import type { Key } from "./key-queries.ts";

export function RevokeKey({
  one,
  keys,
  onClose,
}: {
  one: Key;
  keys: readonly Key[];
  onClose: () => void;
}): ReactNode {
  const intl = useIntl();
  const isOwn = useSession().key.key === one.key;
  const isLast = isManager(one) && !keys.some((other) => isManager(other) && other.key !== one.key);
  const [typed, setTyped] = useState("");
  const revoke = useWish((options) => client.keys.revoke({ key: one.key }, options), onClose);
  const title = `${intl.formatMessage({ id: "keys.revoke" })}: ${one.name}`;
  return (
    <Dialog title={title} onClose={onClose}>
      <Stack>
        <Text>
          <FormattedMessage id="keys.revokeWhy" />
        </Text>
        {(isOwn || isLast) && (
          <Alert color="red">
            {isOwn && <FormattedMessage id="keys.revokeOwn" />}{" "}
            {isLast && <FormattedMessage id="keys.revokeLast" />}
          </Alert>
        )}
        {isLast && (
          <TextInput
            label={intl.formatMessage({ id: "keys.typeName" }, { name: one.name })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
          />
        )}
        <WishWords wish={revoke} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            <FormattedMessage id="campaign.cancel" />
          </Button>
          <Button
            color="red.9"
            disabled={isLast && typed.trim() !== one.name}
            loading={revoke.isPending}
            onClick={() => revoke.mutate()}
          >
            <FormattedMessage id="keys.revoke" />
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

/** Of one campaign alone no key can be made with it. */
function isManager({ scope, campaign, revokedAtMs }: Key): boolean {
  return scope === "admin" && campaign === undefined && revokedAtMs === undefined;
}
