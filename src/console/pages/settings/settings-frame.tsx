// What the pages of the settings share: a title, and the way from one to another.
import { Stack, Tabs, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useLocation } from "wouter";
import { useIsAdmin } from "../../session/session.ts";

const PAGES = { server: "/settings", keys: "/settings/keys", webhooks: "/settings/webhooks" };

export type SettingsPageName = keyof typeof PAGES;

/** A viewer sees how the server is, and nothing to change. */
const FOR_ALL: ReadonlySet<SettingsPageName> = new Set(["server"]);

export function SettingsFrame({
  page,
  children,
}: {
  page: SettingsPageName;
  children: ReactNode;
}): ReactNode {
  const intl = useIntl();
  const isAdmin = useIsAdmin();
  const [, goTo] = useLocation();
  const names = (Object.keys(PAGES) as SettingsPageName[]).filter((name) => {
    return isAdmin || FOR_ALL.has(name);
  });
  return (
    <Stack gap="md">
      <Title order={1}>
        <FormattedMessage id="settings.title" />
      </Title>
      <Tabs value={page} onChange={(next) => goTo(PAGES[next as SettingsPageName])}>
        <Tabs.List aria-label={intl.formatMessage({ id: "settings.pages" })} mb="md">
          {names.map((name) => (
            <Tabs.Tab key={name} value={name}>
              <FormattedMessage id={`settings.${name}`} />
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={page}>{children}</Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
