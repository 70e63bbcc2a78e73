// Who may claim: a claim tried out, and lists of users for the conditions of offers.
import type { Rows } from "../operation.ts";
import { dryRunAnswerSchema, dryRunSchema } from "../schema/dry-run.ts";
import { listAnswerSchema, listSchema } from "../schema/list.ts";
import { ADMIN_COMMAND, READ } from "./row-shapes.ts";

export const ELIGIBILITY_ROWS: Rows<"dryrun.claim" | "list.import"> = {
  "dryrun.claim": {
    name: "dryrun.claim",
    method: "POST",
    path: "/v1/campaigns/{campaign}/claims/dry-run",
    scopes: ["app", "viewer", "admin"],
    kind: "read",
    movesMoney: false,
    batchPath: null,
    produces: "json",
    query: null,
    body: dryRunSchema,
    answer: dryRunAnswerSchema,
    outcomes: ["ok", "unknown_campaign", "unknown_offer"],
    errors: [],
    summary: "What a claim would be answered now, condition by condition.",
    description:
      "Every condition and cap with its reason and what is left of it. Nothing happens: no " +
      "event, no arm that is kept, no exposure, no draw. A masked holdout stays masked for apps.",
    example: {
      params: { campaign: "qwen-2026" },
      query: null,
      body: { user: "user-1001", offer: "card", attributes: { device: "d-55" } },
      answer: {
        ...READ,
        offer: "card",
        would: "cap_reached",
        conditions: [
          { kind: "time", name: "cards", holds: true, reason: "campaign and wave are open" },
          {
            kind: "cap",
            name: "device-day",
            holds: false,
            reason: "0 of 3 left",
            left: 0,
            limit: 3,
            retryAtMs: 1_770_393_600_000,
          },
        ],
        minAmountMinor: 2500,
        maxAmountMinor: 2500,
        currency: "CNY",
      },
    },
    mcp: {
      tool: "check_reward",
      audience: "user",
      description:
        "Say whether the user could claim an offer now, and if not, why. Claims nothing.",
      bound: ["campaign", "user", "attributes", "facts", "notAfterMs", "variant", "ref", "id"],
    },
  },
  "list.import": {
    name: "list.import",
    ...ADMIN_COMMAND,
    path: "/v1/campaigns/{campaign}/lists/{list}/users",
    body: listSchema,
    answer: listAnswerSchema,
    outcomes: ["ok", "listed", "unknown_campaign", "unknown_list", "campaign_closed"],
    errors: ["disk_full"],
    summary: "Takes a part of a list of users; with the last one the list holds.",
    description:
      "Conditions ask for it as `inList(id)`. What held before holds until the last part is in, " +
      "and nothing is added to it: a list is replaced as a whole. Bodies up to 8 MiB.",
    example: {
      params: { campaign: "qwen-2026", list: "existing" },
      query: null,
      body: { import: "i-2026-02-05", part: 0, users: ["user-1001", "user-1002"], done: true },
      answer: {
        status: "listed",
        replayed: false,
        atMs: 1_770_339_601_000,
        sequence: 4712,
        durable: true,
        list: "existing",
        received: 2,
        users: 2,
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      },
    },
    mcp: null,
  },
};
