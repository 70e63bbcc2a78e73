// Endpoints with what waits for them, the same for every page that asks.
import type { QueryFunctionContext } from "@tanstack/react-query";
import type { AnswerOf } from "../../../client/index.ts";
import { client } from "../../client.ts";

export type Webhook = AnswerOf<"webhooks.list">["webhooks"][number];

interface Asked {
  readonly queryKey: readonly string[];
  readonly queryFn: (
    context: Pick<QueryFunctionContext, "signal">,
  ) => Promise<AnswerOf<"webhooks.list">>;
  readonly refetchInterval: number;
}

export function webhookList(): Asked {
  return {
    queryKey: ["webhooks"],
    queryFn: ({ signal }) => client.webhooks.list({}, { signal, totalMs: 3_000 }),
    refetchInterval: 2_000,
  };
}
