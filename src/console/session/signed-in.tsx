// Shows its children to whoever is signed in, and the door to everybody else. A link of `hongbao
// console` signs in by itself.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { client, isSignedOut } from "../client.ts";
import { Loaded, Loading } from "../parts/states.tsx";
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
  const byCode = useMutation({
    mutationFn: (code: string) => client.session.open({ code }, { totalMs: 0 }),
    onSettled: () => queries.resetQueries(),
  });
  const follow = byCode.mutate;
  useEffect(() => {
    const code = takeCode();
    if (code !== null) follow(code);
  }, [follow]);
  if (byCode.isPending) return <Loading />;
  if (isSignedOut(query.error)) return <SignIn failure={byCode.error} />;
  return (
    <Loaded query={query}>
      {(session) => <SessionContext value={session}>{children}</SessionContext>}
    </Loaded>
  );
}

const CODE = /^#code=([0-9a-z]+)$/;

/** The code of the address, which loses it: it is of use once. */
function takeCode(): string | null {
  const code = CODE.exec(location.hash)?.[1] ?? null;
  if (code !== null) history.replaceState(null, "", location.pathname + location.search);
  return code;
}
