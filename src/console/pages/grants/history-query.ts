// What became of a grant, as the journal has it: asked for once, for all that rests on it.
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { AnswerOf } from "../../../client/index.ts";
import { client, isPassing } from "../../client.ts";

type Answer = AnswerOf<"grant.history">;

export type GrantEvent = NonNullable<Answer["history"]>[number];

export function useGrantHistory(campaign: string, grant: string): UseQueryResult<Answer> {
  return useQuery({
    queryKey: ["grant.history", campaign, grant],
    queryFn: ({ signal }) => client.grant.history({ campaign, grant }, { signal, totalMs: 3_000 }),
    // Right after a step the log has yet to take it in.
    refetchInterval: ({ state: { error } }) => (isPassing(error) ? 1_000 : 5_000),
    retry: false,
  });
}

/**
 * Whether a payment is booked that could be taken back; also where nobody can say.
 * @param query as it is now: a history that is still being read says nothing yet
 */
export function mayHaveCover({ data, isError }: UseQueryResult<Answer>): boolean {
  if (data === undefined) return isError;
  const { history = [], more = false } = data;
  const bookings = history.filter(({ type }) => type === "contingency" || type === "loss");
  const back = bookings.filter(({ takenBack }) => takenBack === true);
  return more || bookings.length > 2 * back.length;
}
