// The frame of every page: where one can go, who is signed in, language and theme.
import { AppShell, Burger, Group, NavLink, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Link, useLocation } from "wouter";
import { Preferences } from "./preferences.tsx";
import { WhoIsHere } from "./who-is-here.tsx";

export function Shell({ children }: { children: ReactNode }): ReactNode {
  const intl = useIntl();
  const [isOpen, menu] = useDisclosure();
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 200, breakpoint: "sm", collapsed: { mobile: !isOpen } }}
      padding={{ base: "sm", sm: "lg" }}
    >
      <AppShell.Header>
        <Group h="100%" px="md" gap="sm" wrap="nowrap" justify="space-between">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={menu.toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={intl.formatMessage({ id: "nav.menu" })}
            />
            <Text fw={700} component={Link} href="/" c="inherit" td="none">
              hongbao
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Preferences />
            <WhoIsHere />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs">
        <Pages onChoose={menu.close} />
      </AppShell.Navbar>
      <AppShell.Main>{children}</AppShell.Main>
    </AppShell>
  );
}

function Pages({ onChoose }: { onChoose: () => void }): ReactNode {
  const [location] = useLocation();
  const isCampaigns = location === "/" || location.startsWith("/campaigns");
  return (
    <>
      <NavLink
        component={Link}
        href="/"
        onClick={onChoose}
        active={isCampaigns}
        label={<FormattedMessage id="nav.campaigns" />}
      />
      <NavLink
        component={Link}
        href="/reports"
        onClick={onChoose}
        active={location.startsWith("/reports")}
        label={<FormattedMessage id="nav.reports" />}
      />
      <NavLink
        component={Link}
        href="/plan"
        onClick={onChoose}
        active={location === "/plan"}
        label={<FormattedMessage id="nav.plan" />}
      />
      <NavLink
        component={Link}
        href="/value"
        onClick={onChoose}
        active={location === "/value"}
        label={<FormattedMessage id="nav.value" />}
      />
      <NavLink
        component={Link}
        href="/settings"
        onClick={onChoose}
        active={location.startsWith("/settings")}
        label={<FormattedMessage id="settings.title" />}
      />
      <NavLink href="/docs" label={<FormattedMessage id="nav.api" />} />
    </>
  );
}
