// Who is signed in, for all pages and all tabs of the browser.
import { notifications } from "@mantine/notifications";
import type { QueryClient } from "@tanstack/react-query";
import { type Context, createContext, useContext } from "react";
import type { AnswerOf } from "../../client/index.ts";
import { forgetDrafts } from "../parts/draft.ts";

export type Session = AnswerOf<"session.show">;

export const SESSION_QUERY = ["session"] as const;

export const SessionContext: Context<Session | null> = createContext<Session | null>(null);

/** Only below <SignedIn>. */
export function useSession(): Session {
  return useContext(SessionContext)!;
}

/** Hides what the key may not do; the server refuses it anyway. */
export function useIsAdmin(): boolean {
  return useSession().key.scope === "admin";
}

/** The same for a key and for the one that was made in its place: whose work goes on. */
export function holderOf({ key }: Session): string {
  const { name, scope, campaign = null, merchant = null } = key;
  return JSON.stringify([name, scope, campaign, merchant]);
}

/** Whatever the former holder was shown or wrote. */
export function forgetHolder(queries: QueryClient): void {
  forgetDrafts();
  notifications.clean();
  queries.getMutationCache().clear();
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_QUERY[0] });
}

/** Said by the tab in which it happened, heard by the others: they share the cookie. */
export type SessionNews = "signed in" | "signed out";

const TABS = "hongbao.session";

export function tellTabs(news: SessionNews): void {
  const tabs = new BroadcastChannel(TABS);
  tabs.postMessage(news);
  tabs.close();
}

export function hearTabs(hear: (news: SessionNews) => void): () => void {
  const tabs = new BroadcastChannel(TABS);
  tabs.onmessage = ({ data }: MessageEvent<SessionNews>) => hear(data);
  return () => tabs.close();
}
