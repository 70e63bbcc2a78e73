// Shows its children to whoever is signed in, and the door to everybody else. A link of `hongbao
// console` signs in by itself. Where a session ends, the page waits unseen behind the door: its
// holder goes on where he was, for anybody else it is gone.
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { client, isSignedOut } from "../client.ts";
import { Loaded, Loading } from "../parts/states.tsx";
import { CodeQuestion, useCodeLink } from "./code-link.tsx";
import { Door } from "./door.tsx";
import {
  forgetHolder,
  hearTabs,
  holderOf,
  SESSION_QUERY,
  type Session,
  SessionContext,
} from "./session.ts";
import { SignIn } from "./sign-in.tsx";

/** A server that falls silent behind the door does not open it. */
interface Standing {
  readonly isIn: boolean;
  /** Who is signed in, or was last; null: nobody. */
  readonly session: Session | null;
}

export function SignedIn({ children }: { children: ReactNode }): ReactNode {
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: SESSION_QUERY,
    queryFn: ({ signal }) => standing(queries, signal),
    // A session that ends elsewhere, or with its key, is noticed.
    refetchInterval: 60_000,
  });
  useNews(queries);
  const link = useCodeLink(query.data?.isIn ?? null);
  if (link.isRunning && (query.data?.session ?? null) === null) return <Loading />;
  return (
    <Loaded query={query}>
      {({ isIn, session }) => (
        <>
          {session !== null && (
            <SessionContext key={holderOf(session)} value={session}>
              {children}
            </SessionContext>
          )}
          {isIn && session !== null && link.isAsked && (
            <CodeQuestion link={link} name={session.key.name} />
          )}
          {!isIn && session === null && <SignIn failure={link.error} />}
          {!isIn && session !== null && (
            <Door>
              <SignIn former={session.key.name} failure={link.error} />
            </Door>
          )}
        </>
      )}
    </Loaded>
  );
}

async function standing(queries: QueryClient, signal: AbortSignal): Promise<Standing> {
  const former = queries.getQueryData<Standing>(SESSION_QUERY)?.session ?? null;
  try {
    const session = await client.session.show({}, { signal, totalMs: 5_000 });
    if (former !== null && holderOf(former) !== holderOf(session)) forgetHolder(queries);
    return { isIn: true, session };
  } catch (error) {
    if (isSignedOut(error)) return { isIn: false, session: former };
    throw error;
  }
}

/** Any page, action or tab may be the first to hear that somebody else is signed in, or nobody. */
function useNews(queries: QueryClient): void {
  useEffect(() => {
    const look = () => void queries.invalidateQueries({ queryKey: SESSION_QUERY });
    const ends = [
      queries.getQueryCache().subscribe(({ type, query: { state } }) => {
        if (type === "updated" && isSignedOut(state.error)) look();
      }),
      queries.getMutationCache().subscribe(({ type, mutation }) => {
        if (type === "updated" && isSignedOut(mutation.state.error)) look();
      }),
      hearTabs((news) => {
        if (news === "signed in") return look();
        forgetHolder(queries);
        void queries.resetQueries({ queryKey: SESSION_QUERY });
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [queries]);
}
