// The whole console: language, theme, who is signed in, and the pages behind their addresses.
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Route, Switch, useLocation } from "wouter";
import { askAgainMs, isPassing } from "./client.ts";
import {
  AuditPage,
  ComparePage,
  KeysPage,
  PlanPage,
  ReportPage,
  ReportsPage,
  ServerPage,
  ValuePage,
  VerdictPage,
  WebhooksPage,
} from "./later.tsx";
import { CampaignPage } from "./pages/campaign-page.tsx";
import { CampaignsPage } from "./pages/campaigns-page.tsx";
import { GrantPage } from "./pages/grants/grant-page.tsx";
import { GrantsPage } from "./pages/grants/grants-page.tsx";
import { LivePage } from "./pages/live/live-page.tsx";
import { NoSuchPage } from "./pages/no-such-page.tsx";
import { OpenPage } from "./pages/open/open-page.tsx";
import { RevisePage } from "./pages/revise/revise-page.tsx";
import { SuspectsPage } from "./pages/suspects/suspects-page.tsx";
import { VersionsPage } from "./pages/versions/versions-page.tsx";
import { Unbroken } from "./parts/broken.tsx";
import { AdminOnly } from "./session/admin-only.tsx";
import { SignedIn } from "./session/signed-in.tsx";
import { usePaperScheme } from "./shell/paper-scheme.ts";
import { Shell } from "./shell/shell.tsx";
import { theme, variables } from "./theme.ts";
import { Language } from "./words/language.tsx";

const ALWAYS = { networkMode: "always" } as const;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The server may be this very machine: what the browser says of the network tells nothing.
      ...ALWAYS,
      retry: (tries, error) => tries < 2 && isPassing(error),
      retryDelay: askAgainMs,
      // What is shown is never older than this without saying so.
      staleTime: 1_000,
      refetchOnWindowFocus: true,
      refetchOnReconnect: true,
    },
    // One that waits for the network would be done later, whoever has cancelled or signed out.
    mutations: ALWAYS,
  },
});

export function App(): ReactNode {
  const paper = usePaperScheme();
  return (
    <MantineProvider
      {...{ theme, ...paper }}
      defaultColorScheme="auto"
      cssVariablesResolver={variables}
    >
      <QueryClientProvider client={queries}>
        <Language>
          <Notifications position="bottom-right" />
          <Unbroken place="">
            <SignedIn>
              <Shell>
                <Pages />
              </Shell>
            </SignedIn>
          </Unbroken>
        </Language>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function Pages(): ReactNode {
  const [place] = useLocation();
  return (
    <Unbroken place={place}>
      <Switch>
        <Route path="/" component={CampaignsPage} />
        <Route path="/open">
          <AdminOnly title="open.title">
            <OpenPage />
          </AdminOnly>
        </Route>
        <Route path="/campaigns/:campaign">
          {({ campaign }) => <CampaignPage key={campaign} campaign={campaign} />}
        </Route>
        <Route path="/campaigns/:campaign/grants">
          {({ campaign }) => <GrantsPage key={campaign} campaign={campaign} />}
        </Route>
        <Route path="/campaigns/:campaign/grants/:grant">
          {(place) => <GrantPage key={place.grant} {...place} />}
        </Route>
        <Route path="/campaigns/:campaign/live">
          {({ campaign }) => <LivePage key={campaign} campaign={campaign} />}
        </Route>
        <Route path="/campaigns/:campaign/revise">
          {({ campaign }) => <RevisePage key={campaign} campaign={campaign} />}
        </Route>
        <Route path="/campaigns/:campaign/versions">
          {({ campaign }) => <VersionsPage key={campaign} campaign={campaign} />}
        </Route>
        <Route path="/campaigns/:campaign/audit">
          {({ campaign }) => <AuditPage key={campaign} campaign={campaign} />}
        </Route>
        <Route path="/campaigns/:campaign/suspects">
          {({ campaign }) => <SuspectsPage key={campaign} campaign={campaign} />}
        </Route>
        <Route path="/campaigns/:campaign/verdict">
          {({ campaign }) => <VerdictPage key={campaign} campaign={campaign} />}
        </Route>
        <Route path="/reports" component={ReportsPage} />
        <Route path="/reports/compare" component={ComparePage} />
        <Route path="/reports/:report">
          {({ report }) => <ReportPage key={report} report={report} />}
        </Route>
        <Route path="/plan" component={PlanPage} />
        <Route path="/value" component={ValuePage} />
        <Route path="/settings" component={ServerPage} />
        <Route path="/settings/keys">
          <AdminOnly title="settings.keys">
            <KeysPage />
          </AdminOnly>
        </Route>
        <Route path="/settings/webhooks">
          <AdminOnly title="settings.webhooks">
            <WebhooksPage />
          </AdminOnly>
        </Route>
        <Route component={NoSuchPage} />
      </Switch>
    </Unbroken>
  );
}
