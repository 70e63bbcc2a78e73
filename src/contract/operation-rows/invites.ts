// Invites: making a code, accepting one, and looking at one's own. A code moves no money by itself,
// but as whatever rests on it, it carries an id and exists in batches.
import type { Rows } from "../operation.ts";
import {
  acceptAnswerSchema,
  acceptSchema,
  inviteAnswerSchema,
  inviteSchema,
  invitesAnswerSchema,
} from "../schema/invite.ts";
import { DECIDED, PLAIN_READ } from "./row-shapes.ts";

const CODE = "7Z4X-BY08-3C4ZM";
const PASSPHRASES = { en: "divert exchange lawn awake rack weather", zh: "女巴菌间奖萄" };
const ENDS_AT_MS = 1_770_426_000_123;

export const INVITE_ROWS: Rows<"invite.create" | "invite.accept" | "invite.show"> = {
  "invite.create": {
    name: "invite.create",
    method: "POST",
    path: "/v1/campaigns/{campaign}/invites",
    scopes: ["app"],
    kind: "command",
    movesMoney: true,
    batchPath: "/v1/campaigns/{campaign}/invites/batch",
    produces: "json",
    query: null,
    body: inviteSchema,
    answer: inviteAnswerSchema,
    outcomes: [
      "invited",
      "id_conflict",
      "stale",
      "unknown_campaign",
      "unknown_invite",
      "not_open",
      "not_yet",
      "paused",
      "ended",
      "blocked",
      "not_eligible",
      "assignment_missing",
      "held_out",
      "no_offer",
      "missing_attribute",
    ],
    errors: ["disk_full"],
    summary: "A user gets a code to pass on.",
    description:
      "While a code of the user is open he gets that one again, whatever the id. The code " +
      "notices typing errors, and its passphrases survive where links and codes are blocked. " +
      "The held-out get none. Attributes that caps of the inviter's reward count by come with " +
      "this request (`missing_attribute`): acceptances are charged to them.",
    example: {
      params: { campaign: "qwen-2026" },
      query: null,
      body: { id: "n-77", invite: "friends", user: "user-1001", attributes: { device: "d-55" } },
      answer: {
        status: "invited",
        ...DECIDED,
        invite: "friends",
        code: CODE,
        passphrases: PASSPHRASES,
        expiresAtMs: ENDS_AT_MS,
      },
    },
    mcp: {
      tool: "create_invite",
      audience: "user",
      description:
        "Get the user's invite code, and the same as a passphrase, to pass on to a friend. Mint " +
        "a fresh id for each wish, and repeat the same id when you repeat the call.",
      bound: ["campaign", "user", "attributes", "notAfterMs", "variant"],
    },
  },
  "invite.accept": {
    name: "invite.accept",
    method: "POST",
    path: "/v1/campaigns/{campaign}/acceptances",
    scopes: ["app"],
    kind: "command",
    movesMoney: true,
    batchPath: "/v1/campaigns/{campaign}/acceptances/batch",
    produces: "json",
    query: null,
    body: acceptSchema,
    answer: acceptAnswerSchema,
    outcomes: [
      "accepted",
      "id_conflict",
      "stale",
      "unknown_campaign",
      "code_mistyped",
      "unknown_code",
      "not_open",
      "not_yet",
      "paused",
      "ended",
      "invite_expired",
      "invite_used_up",
      "own_invite",
      "already_accepted",
      "invite_circle",
      "blocked",
      "invite_void",
      "not_new",
      "not_eligible",
      "assignment_missing",
      "held_out",
      "no_offer",
      "missing_attribute",
      "cap_reached",
      "paced",
      "budget_exhausted",
    ],
    errors: ["disk_full"],
    summary: "A user accepts an invite: both sides are rewarded, or neither is.",
    description:
      "Takes a code, a passphrase, or the message that one was found in. What both sides are " +
      "charged to is added up before it is checked; `side` says whose limit refused. The answer " +
      "names the reward of the accepting user alone.",
    example: {
      params: { campaign: "qwen-2026" },
      query: null,
      body: { id: "a-12", user: "user-2002", code: CODE, attributes: { device: "d-91" } },
      answer: {
        status: "accepted",
        ...DECIDED,
        invite: "friends",
        offer: "card",
        grant: "0000m3v7k2q9x4tz8a6c1e5h",
        amountMinor: 2500,
        currency: "CNY",
        expiresAtMs: 1_772_294_400_000,
      },
    },
    mcp: {
      tool: "accept_invite",
      audience: "user",
      description:
        "Accept an invite for the user: a code, a passphrase, or the message that it came in. " +
        "Call only after the user agreed. Repeat the same id when you repeat the call.",
      bound: ["campaign", "user", "attributes", "notAfterMs", "variant", "ref"],
    },
  },
  "invite.show": {
    name: "invite.show",
    ...PLAIN_READ,
    path: "/v1/campaigns/{campaign}/users/{user}/invites",
    scopes: ["app", "admin"],
    answer: invitesAnswerSchema,
    outcomes: ["ok", "unknown_campaign"],
    errors: [],
    summary: "A user's open codes, how many users he brought, and what that earns.",
    description:
      "One entry for each invite of the campaign file, and for each draw whose entries invites " +
      "earn how far the user is today. Nothing is made by asking.",
    example: {
      params: { campaign: "qwen-2026", user: "user-1001" },
      query: null,
      body: null,
      answer: {
        status: "ok",
        ...DECIDED,
        invites: [
          {
            invite: "friends",
            brought: 2,
            code: CODE,
            passphrases: PASSPHRASES,
            used: 2,
            uses: 21,
            expiresAtMs: ENDS_AT_MS,
          },
        ],
        earning: [{ draw: "sunday", brought: 2, needed: 3, entries: 0 }],
      },
    },
    mcp: {
      tool: "my_invites",
      audience: "user",
      description:
        "Show the user's open invite codes, how many friends he brought, and how far today's are " +
        "toward an entry to a draw.",
      bound: ["campaign", "user"],
    },
  },
};
