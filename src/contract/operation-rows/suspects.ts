// Many grants found and previewed, then held, released, extended or clawed back.
import type { Rows } from "../operation.ts";
import {
  actAnswerSchema,
  actSchema,
  findAnswerSchema,
  findSchema,
  sampleAnswerSchema,
  sampleSchema,
} from "../schema/suspects.ts";
import { ADMIN_COMMAND, DECIDED } from "./row-shapes.ts";

const PARAMS = { campaign: "qwen-2026" };
const TOKEN = "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab";
const GRANT = "0000m3v7k2q9x4tz8a6c1e5h";

export const SUSPECTS_ROWS: Rows<"suspects.find" | "suspects.act" | "suspects.sample"> = {
  "suspects.find": {
    name: "suspects.find",
    method: "POST",
    path: "/v1/campaigns/{campaign}/suspects",
    scopes: ["viewer", "admin"],
    kind: "read",
    movesMoney: false,
    batchPath: null,
    produces: "json",
    query: null,
    body: findSchema,
    answer: findAnswerSchema,
    outcomes: ["ok", "unknown_campaign"],
    errors: [],
    summary: "Finds grants by what they have in common, and names exactly those.",
    description:
      "By offer, wave, state, merchant, user, time, amount, a value of an attribute, or a ring: " +
      "more than so many grants that share a device. Changes nothing. The token in the answer " +
      "names these very grants as they are now; `suspects.act` takes it. The server keeps the " +
      "last few previews until it is stopped.",
    example: {
      params: PARAMS,
      query: null,
      body: { where: { states: ["reserved"], ring: { by: "device", above: 20 } } },
      answer: {
        ...{ status: "ok", ...DECIDED, token: TOKEN, grants: 40, users: 40, currency: "CNY" },
        amountMinor: 100_000,
        states: [{ state: "reserved", grants: 40, amountMinor: 100_000, spentMinor: 3000 }],
        largest: [{ grant: GRANT, state: "reserved", amountMinor: 2500, spentMinor: 0 }],
        rings: [
          {
            value: "5e0c61bb7d40e5e6e3f1c1b7f0a95f31",
            ...{ grants: 40, users: 40, amountMinor: 100_000 },
          },
        ],
      },
    },
    mcp: {
      tool: "find_suspects",
      audience: "manager",
      description:
        "Find grants by what they have in common, such as many on one device. Changes nothing.",
      bound: [],
    },
  },
  "suspects.act": {
    name: "suspects.act",
    ...ADMIN_COMMAND,
    path: "/v1/campaigns/{campaign}/suspects/act",
    body: actSchema,
    answer: actAnswerSchema,
    outcomes: ["ok", "unknown_campaign", "unknown_preview"],
    errors: ["disk_full"],
    summary: "Holds, releases, extends or claws back the grants that a preview named.",
    description:
      "Exactly those and no others, some at a time: ask again from `next`. A grant that is not " +
      "as the preview saw it is left alone and counted as changed. Each is done under an id of " +
      "token and step (and new expiry), so that repeating a call does nothing twice.",
    example: {
      params: PARAMS,
      query: null,
      body: {
        token: TOKEN,
        step: "hold",
        why: "Forty accounts on one device",
        evidence: "case 381",
      },
      answer: {
        ...{ status: "ok", ...DECIDED, grants: 40, done: 39, changed: 1, refused: 0 },
        ...{ currency: "CNY", returnedMinor: 0, owedMinor: 0 },
      },
    },
    mcp: null,
  },
  "suspects.sample": {
    name: "suspects.sample",
    method: "POST",
    path: "/v1/campaigns/{campaign}/suspects/sample",
    scopes: ["admin"],
    kind: "read",
    movesMoney: false,
    batchPath: null,
    produces: "json",
    query: null,
    body: sampleSchema,
    answer: sampleAnswerSchema,
    outcomes: ["ok", "unknown_campaign"],
    errors: [],
    summary: "A random sample of grants that were suspected, and of those that were not.",
    description:
      "For people to look at, so that it is known how often suspicion is wrong, and what it " +
      "misses. Suspected is what was ever held or clawed back, or of a user, or with a device or " +
      "other value, that is blocked. The campaign's seed decides which ones: nobody can pick " +
      "them, and the same question has the same answer while nothing changes.",
    example: {
      params: PARAMS,
      query: null,
      body: { suspects: 1, others: 0 },
      answer: {
        ...{ status: "ok", ...DECIDED, currency: "CNY", others: { grants: 60_000, sample: [] } },
        suspects: {
          grants: 310,
          sample: [
            {
              ...{ grant: GRANT, offer: "card", state: "held", amountMinor: 2500, spentMinor: 0 },
              grantedAtMs: 1_770_339_500_000,
            },
          ],
        },
      },
    },
    mcp: null,
  },
};
