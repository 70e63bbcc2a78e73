// Who is signed in, for all pages.
import { type Context, createContext, useContext } from "react";
import type { AnswerOf } from "../../client/index.ts";

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
