// The frame of every page: where one can go, who is signed in, language and theme.
import { AppShell, Burger, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Link } from "wouter";
import { Help } from "./help.tsx";
import { usePageTitle } from "./page-title.ts";
import { Pages } from "./pages.tsx";
import { Preferences } from "./preferences.tsx";
import { useTopOfPage } from "./top-of-page.ts";
import { useTour } from "./tour.ts";
import { TourOffer } from "./tour-offer.tsx";
import { WhoIsHere } from "./who-is-here.tsx";

export function Shell({ children }: { children: ReactNode }): ReactNode {
  const intl = useIntl();
  const [isOpen, menu] = useDisclosure();
  const tour = useTour();
  usePageTitle();
  useTopOfPage();
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 200, breakpoint: "sm", collapsed: { mobile: !isOpen } }}
      padding={{ base: "sm", sm: "lg" }}
    >
      <a href="#content" className="skip">
        <FormattedMessage id="nav.skip" />
      </a>
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
            <Group gap="xs" wrap="nowrap" data-tour="preferences">
              <Preferences />
            </Group>
            <Help tour={tour} />
            <WhoIsHere />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" data-tour="pages" style={{ overflowY: "auto" }}>
        <Pages onChoose={menu.close} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <TourOffer tour={tour} />
        {children}
      </AppShell.Main>
    </AppShell>
  );
}
