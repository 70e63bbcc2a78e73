// Exposures that happened outside the engine.
import type { Rows } from "../operation.ts";
import { exposureAnswerSchema, exposureSchema } from "../schema/exposure.ts";
import { READ } from "./row-shapes.ts";

export const EXPOSURE_ROWS: Rows<"exposure.import"> = {
  "exposure.import": {
    name: "exposure.import",
    method: "POST",
    path: "/v1/campaigns/{campaign}/exposures/{surface}",
    scopes: ["app", "admin"],
    kind: "command",
    movesMoney: false,
    batchPath: null,
    produces: "json",
    query: null,
    body: exposureSchema,
    answer: exposureAnswerSchema,
    outcomes: ["ok", "unknown_campaign", "unknown_surface", "campaign_closed"],
    errors: ["disk_full"],
    summary: "Records who saw something of the campaign outside the engine, such as a banner.",
    description:
      "A user's first exposure is the earliest that is known: a line that is earlier moves it, " +
      "one that is not changes nothing. So lines may come late, twice and in any order. Report " +
      "the held-out too, where they would have seen it; users need an arm, and were exposed at " +
      "the earliest when they got it. Bodies up to 8 MiB.",
    example: {
      params: { campaign: "qwen-2026", surface: "banner" },
      query: null,
      body: {
        lines: [
          { user: "user-1001", seenAtMs: 1_770_339_600_000 },
          { user: "stranger", seenAtMs: 1_770_339_600_000 },
        ],
      },
      answer: {
        ...READ,
        surface: "banner",
        recorded: 1,
        known: 0,
        refused: [{ index: 1, status: "not_assigned" }],
      },
    },
    mcp: null,
  },
};
