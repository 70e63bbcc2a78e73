// What concerns one user or one grant without moving money: offers, grants, and the assignment of
// an audience before contact.
import type { Rows } from "../operation.ts";
import { assignAnswerSchema, assignSchema } from "../schema/assign.ts";
import { foundIdAnswerSchema } from "../schema/found-id.ts";
import {
  type GrantView,
  grantAnswerSchema,
  userGrantsAnswerSchema,
  userGrantsQuerySchema,
} from "../schema/grant.ts";
import { offersAnswerSchema, offersQuerySchema } from "../schema/offers.ts";
import { ADMIN_COMMAND, PLAIN_READ, READ } from "./row-shapes.ts";

const GRANT: GrantView = {
  grant: "0000m3v7k2q9x4tz8a6c1e5h",
  offer: "card",
  state: "reserved",
  currency: "CNY",
  amountMinor: 2500,
  spentMinor: 1800,
  restMinor: 700,
  grantedAtMs: 1_770_339_600_123,
  expiresAtMs: 1_772_294_400_000,
};
export const USER_ROWS: Rows<
  "offers.list" | "grant.show" | "grant.find" | "user.grants" | "audience.assign"
> = {
  "offers.list": {
    name: "offers.list",
    method: "GET",
    path: "/v1/campaigns/{campaign}/users/{user}/offers",
    scopes: ["app"],
    kind: "command",
    movesMoney: false,
    batchPath: null,
    produces: "json",
    query: offersQuerySchema,
    body: null,
    answer: offersAnswerSchema,
    outcomes: ["ok", "unknown_campaign"],
    errors: ["disk_full"],
    summary: "The offers that are open to a user now.",
    description:
      "Records the user's assignment and exposure, once: who was shown an offer belongs to the " +
      "experiment, whether or not he claims. An empty list says that nothing is open to the user " +
      "now, or that he is held out. Luck is shown as a range, never as a draw.",
    example: {
      params: { campaign: "qwen-2026", user: "user-1001" },
      query: {},
      body: null,
      answer: {
        ...READ,
        offers: [
          {
            offer: "card",
            title: "Free-order card",
            wave: "cards",
            kind: "fixed",
            currency: "CNY",
            minAmountMinor: 2500,
            maxAmountMinor: 2500,
            expiresAtMs: 1_772_294_400_000,
          },
        ],
      },
    },
    mcp: {
      tool: "list_offers",
      audience: "user",
      description: "List the rewards that the user could claim now, with amounts and expiry.",
      bound: ["campaign", "user", "variant"],
    },
  },
  "grant.show": {
    name: "grant.show",
    ...PLAIN_READ,
    path: "/v1/campaigns/{campaign}/grants/{grant}",
    scopes: ["app", "merchant", "viewer", "admin"],
    answer: grantAnswerSchema,
    outcomes: ["ok", "unknown_campaign", "unknown_grant"],
    errors: [],
    summary: "One grant: its state, what is spent, what is left.",
    description: "Never says whose it is.",
    example: {
      params: { campaign: "qwen-2026", grant: GRANT.grant },
      query: null,
      body: null,
      answer: { ...READ, grant: GRANT },
    },
    mcp: {
      tool: "show_grant",
      audience: "manager",
      description: "Show one grant: its state, what is spent and what is left of it.",
      bound: [],
    },
  },
  "grant.find": {
    name: "grant.find",
    ...PLAIN_READ,
    path: "/v1/campaigns/{campaign}/ids/{id}",
    scopes: ["viewer", "admin"],
    answer: foundIdAnswerSchema,
    outcomes: ["ok", "unknown_campaign"],
    errors: [],
    summary: "What was done under an id that a caller chose, and to which grant.",
    description:
      "Of a claim, a redemption (an order's number, say), a cancellation, a hold: every id that " +
      "a request carried and that bound it. `use` is null where nothing was done under it; a " +
      "refusal does nothing. An entry, an invite and an acceptance name no grant. The server " +
      "keeps a keyed hash of the id only.",
    example: {
      params: { campaign: "qwen-2026", id: "claim-7f3a" },
      query: null,
      body: null,
      answer: { ...READ, use: "claim", grant: GRANT.grant },
    },
    mcp: {
      tool: "find_grant",
      audience: "manager",
      description: "Find the grant that a claim, an order or another request's id belongs to.",
      bound: [],
    },
  },
  "user.grants": {
    name: "user.grants",
    ...PLAIN_READ,
    path: "/v1/campaigns/{campaign}/users/{user}/grants",
    scopes: ["app", "admin"],
    query: userGrantsQuerySchema,
    answer: userGrantsAnswerSchema,
    outcomes: ["ok", "unknown_campaign"],
    errors: [],
    summary: "All grants of a user, newest first.",
    description: "At most 1,000 a page; `more` says whether to ask again with `after`.",
    example: {
      params: { campaign: "qwen-2026", user: "user-1001" },
      query: {},
      body: null,
      answer: { ...READ, grants: [GRANT], more: false },
    },
    mcp: {
      tool: "my_rewards",
      audience: "user",
      description: "List the user's rewards: state, amount, what is left, and when each expires.",
      bound: ["campaign", "user"],
    },
  },
  "audience.assign": {
    name: "audience.assign",
    ...ADMIN_COMMAND,
    path: "/v1/campaigns/{campaign}/audiences/{audience}/members",
    body: assignSchema,
    answer: assignAnswerSchema,
    outcomes: [
      "assigned",
      "unknown_campaign",
      "unknown_audience",
      "ended",
      "campaign_closed",
      "assignment_missing",
    ],
    errors: ["disk_full"],
    summary: "Assigns members of an audience to their arms, before contact.",
    description:
      "Who is held out must be decided before anybody is contacted. A user keeps his first arm: " +
      "repeating the call changes nothing. Bodies up to 8 MiB.",
    example: {
      params: { campaign: "qwen-2026", audience: "existing" },
      query: null,
      body: { users: ["user-1001", "user-1002"] },
      answer: {
        ...READ,
        status: "assigned",
        arms: [
          { arm: "holdout", users: 0 },
          { arm: "treated", users: 2 },
        ],
        members: [
          { user: "user-1001", arm: "treated" },
          { user: "user-1002", arm: "treated" },
        ],
      },
    },
    mcp: null,
  },
};
