// Whose key is signed in, and the way out.
import { Button, Menu, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { client } from "../client.ts";
import { forgetHolder, SESSION_QUERY, tellTabs, useSession } from "../session/session.ts";

export function WhoIsHere(): ReactNode {
  const { key } = useSession();
  const queries = useQueryClient();
  const signOut = useMutation({
    mutationFn: () => client.session.end({}, { totalMs: 0 }),
    onSettled: () => {
      tellTabs("signed out");
      forgetHolder(queries);
      return queries.resetQueries({ queryKey: SESSION_QUERY });
    },
  });
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <Button size="xs" variant="default" maw={{ base: 120, sm: 160 }} data-tour="who">
          <Text size="xs" truncate>
            {key.name}
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {key.key} · <FormattedMessage id={`scope.${key.scope}`} />
          {key.campaign === undefined ? "" : ` · ${key.campaign}`}
        </Menu.Label>
        <Menu.Item onClick={() => signOut.mutate()}>
          <FormattedMessage id="shell.signOut" />
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
