// Shows its children to whoever is signed in, and the door to everybody else.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { client, isSignedOut } from "../client.ts";
import { Loaded } from "../parts/states.tsx";
import { SESSION_QUERY, SessionContext } from "./session.ts";
import { SignIn } from "./sign-in.tsx";

export function SignedIn({ children }: { children: ReactNode }): ReactNode {
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: SESSION_QUERY,
    queryFn: ({ signal }) => client.session.show({}, { signal, totalMs: 5_000 }),
    // A session that ends elsewhere, or with its key, is noticed.
    refetchInterval: 60_000,
  });
  useEffect(() => {
    // Any page may be the first to hear that nobody is signed in any more.
    return queries.getQueryCache().subscribe(({ query: other }) => {
      const isNews = other.queryKey[0] !== SESSION_QUERY[0] && isSignedOut(other.state.error);
      if (isNews) void queries.invalidateQueries({ queryKey: SESSION_QUERY });
    });
  }, [queries]);
  if (isSignedOut(query.error)) return <SignIn />;
  return (
    <Loaded query={query}>
      {(session) => <SessionContext value={session}>{children}</SessionContext>}
    </Loaded>
  );
}
