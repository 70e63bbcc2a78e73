// All campaigns of the server, as several pages ask for them.
import type { QueryFunctionContext } from "@tanstack/react-query";
import type { AnswerOf } from "../../client/index.ts";
import { client } from "../client.ts";

interface CampaignsQuery {
  queryKey: readonly ["campaigns"];
  queryFn: (context: QueryFunctionContext) => Promise<AnswerOf<"campaign.list">>;
}

export const CAMPAIGNS: CampaignsQuery = {
  queryKey: ["campaigns"],
  queryFn: ({ signal }) => client.campaign.list({}, { signal, totalMs: 3_000 }),
};
