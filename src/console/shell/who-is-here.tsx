// Whose key is signed in, and the way out.
import {
  Box,
  Button,
  type MantineColorScheme,
  Menu,
  Text,
  useMantineColorScheme,
} from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { client, isSignedOut } from "../client.ts";
import { forgetHolder, SESSION_QUERY, tellTabs, useSession } from "../session/session.ts";
import { SCHEMES } from "./preferences.tsx";

export function WhoIsHere(): ReactNode {
  const { key } = useSession();
  const intl = useIntl();
  const queries = useQueryClient();
  const signOut = useMutation({
    mutationFn: () => client.session.end({}, { totalMs: 0 }),
    onSettled: (_, error) => {
      if (error === null || isSignedOut(error)) {
        tellTabs("signed out");
        forgetHolder(queries);
        return queries.resetQueries({ queryKey: SESSION_QUERY });
      }
      // The cookie is the server's to take away: until it answers, whoever sits here is signed in.
      const message = intl.formatMessage({ id: "shell.signOutFailed" });
      notifications.show({ color: "red", message, autoClose: false });
      return queries.invalidateQueries({ queryKey: SESSION_QUERY });
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
        <Box hiddenFrom="xs">
          <ThemeOnPhone />
        </Box>
        <Menu.Item onClick={() => signOut.mutate()}>
          <FormattedMessage id="shell.signOut" />
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The header of a phone has no room for it. */
function ThemeOnPhone(): ReactNode {
  const intl = useIntl();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>
        <FormattedMessage id="shell.theme" />
      </Menu.Label>
      <Menu.RadioGroup
        value={colorScheme}
        onChange={(value) => setColorScheme(value as MantineColorScheme)}
      >
        {SCHEMES.map((value) => (
          <Menu.RadioItem key={value} value={value}>
            {intl.formatMessage({ id: `shell.${value}` })}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
    </>
  );
}
