// The live stream of a campaign, for as long as its page is shown.
import { type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { AnswerOf, LiveView } from "../../../client/index.ts";
import { client, isSignedOut } from "../../client.ts";
import { whileVisible } from "../../parts/while-visible.ts";
import { SESSION_QUERY, useSession } from "../../session/session.ts";
import { type Beat, LiveStore } from "./live-store.ts";

export type History = NonNullable<AnswerOf<"campaign.history">["history"]>;

/** Follows the stream; `again` does so anew after an error. */
export function useLive(campaign: string): { store: LiveStore; again: () => void } {
  const [store] = useState(() => new LiveStore());
  const [tries, setTries] = useState(0);
  const queries = useQueryClient();
  const { expiresAtMs } = useSession();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try and session has a stream.
  useEffect(() => {
    return whileVisible(async (signal) => {
      await store.follow(client, campaign, signal);
      // Any page may be the first to hear that nobody is signed in any more.
      if (isSignedOut(store.error)) void queries.invalidateQueries({ queryKey: SESSION_QUERY });
    });
  }, [store, campaign, queries, tries, expiresAtMs]);
  return { store, again: () => setTries((before) => before + 1) };
}

/** A part of what the store knows: drawn anew only when it is another one. */
export function useKnown<T>(store: LiveStore, part: (store: LiveStore) => T): T {
  return useSyncExternalStore(store.subscribe, () => part(store));
}

/** The snapshot that a part of the page shows; only below one that waited for the first. */
export function useBeat(store: LiveStore, beat: Beat): LiveView {
  return useKnown(store, () => store.at(beat))!;
}

export function useHistory(campaign: string): UseQueryResult<AnswerOf<"campaign.history">> {
  return useQuery({
    queryKey: ["history", campaign],
    queryFn: ({ signal }) => client.campaign.history({ campaign }, { signal, totalMs: 5_000 }),
    refetchInterval: 5_000,
  });
}
