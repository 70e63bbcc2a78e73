// The rules of a campaign that are in force, as the core knows them: asked for once a version.
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { parseCampaignFile, requireCampaign } from "../../contract/index.ts";
import type { CampaignDefinition } from "../../core/definition.ts";
import { client } from "../client.ts";
import { shownTexts } from "../shown-text.ts";
import type { Books } from "./with-books.tsx";

export function useRulesInForce({
  campaign,
  version,
}: Pick<Books, "campaign" | "version">): UseQueryResult<CampaignDefinition> {
  return useQuery({
    queryKey: ["rules", campaign, version],
    queryFn: async ({ signal }) => {
      // A rule that no file can say comes as the definition.
      const { definition, yaml = "" } = await client.campaign.file({ campaign }, { signal });
      return shownTexts(definition ?? requireCampaign(parseCampaignFile(yaml)));
    },
    // A version never changes.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
}
