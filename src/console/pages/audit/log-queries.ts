// What several parts of the page ask of the log.
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { AnswerOf } from "../../../client/index.ts";
import { client } from "../../client.ts";

export function useCheckpoint(): UseQueryResult<AnswerOf<"checkpoint.show">> {
  return useQuery({
    queryKey: ["checkpoint", "now"],
    queryFn: ({ signal }) => client.checkpoint.show({}, { signal, totalMs: 0 }),
    refetchInterval: 5_000,
    retry: false,
  });
}

export function useStatus(): UseQueryResult<AnswerOf<"server.status">> {
  return useQuery({
    queryKey: ["server.status"],
    queryFn: ({ signal }) => client.server.status({}, { signal, totalMs: 3_000 }),
    refetchInterval: 2_000,
  });
}

/** Public keys of the server's log, oldest first; none while they are not known. */
export function useLogKeys(): readonly string[] {
  return useStatus().data?.log?.keys ?? [];
}
