// Signing in: how people in a browser use a key without a page ever keeping it.
import { z } from "zod";
import type { Rows } from "../operation.ts";
import { answerBase } from "../schema/answer-base.ts";
import {
  SIGN_IN_SCOPES,
  sessionAnswerSchema,
  sessionCodeAnswerSchema,
  sessionInputSchema,
} from "../schema/session.ts";
import { READ } from "./row-shapes.ts";

const SHARED = {
  path: "/v1/session",
  movesMoney: false,
  batchPath: null,
  produces: "json",
  query: null,
  outcomes: ["ok"],
  mcp: null,
} as const;
const KEY = {
  key: "k-3f9a",
  name: "campaign manager",
  scope: "admin",
  createdAtMs: 1_770_000_000_000,
} as const;
const SIGNED_IN = { ...READ, key: KEY, expiresAtMs: 1_770_382_801_000 } as const;

type Names = "session.open" | "session.code" | "session.show" | "session.end";

export const SESSION_ROWS: Rows<Names> = {
  "session.open": {
    ...SHARED,
    name: "session.open",
    method: "POST",
    scopes: [],
    kind: "command",
    body: sessionInputSchema,
    errors: ["unauthenticated"],
    answer: sessionAnswerSchema,
    summary: "Signs in with a key or a code, for people in browsers.",
    description:
      "Sets a cookie that scripts cannot read (HttpOnly) and other sites cannot use " +
      "(SameSite=Strict). It stands for the key during twelve hours, also after a restart of the " +
      "server, until it is ended or the key is revoked. With it, whatever changes something is " +
      "taken from this server's own pages alone. For keys of people, of scope admin or viewer: " +
      "programs send the key itself.",
    example: {
      params: {},
      query: null,
      body: { key: "hb_k-3f9a_…" },
      answer: SIGNED_IN,
    },
  },
  "session.code": {
    ...SHARED,
    name: "session.code",
    method: "POST",
    path: "/v1/session/codes",
    scopes: SIGN_IN_SCOPES,
    kind: "command",
    body: null,
    errors: [],
    answer: sessionCodeAnswerSchema,
    summary: "A code that signs a browser in once.",
    description:
      "For links that a program opens in a browser, such as `hongbao console`: the key itself " +
      "would stay in the browser's history. The code is worth nothing after its first use, after " +
      "fifteen minutes, and after a restart of the server. One that a session asks for ends with " +
      "it, and signs in for no longer than that session may last.",
    example: {
      params: {},
      query: null,
      body: null,
      answer: {
        ...READ,
        code: "9f3k7q2m5x8v1c4b6n0p9f3k7q2m5x8v",
        expiresAtMs: 1_770_340_501_000,
      },
    },
  },
  "session.show": {
    ...SHARED,
    name: "session.show",
    method: "GET",
    scopes: ["admin", "app", "merchant", "viewer"],
    kind: "read",
    body: null,
    errors: [],
    answer: sessionAnswerSchema,
    summary: "Which key is asking, and what it may do.",
    description: "By the cookie of a session, or by the key of the request.",
    example: { params: {}, query: null, body: null, answer: SIGNED_IN },
  },
  "session.end": {
    ...SHARED,
    name: "session.end",
    method: "DELETE",
    scopes: ["admin", "app", "merchant", "viewer"],
    kind: "command",
    body: null,
    errors: [],
    answer: z.strictObject(answerBase),
    summary: "Signs out.",
    description: "The cookie is worthless from then on. The key itself stays in force.",
    example: { params: {}, query: null, body: null, answer: { ...READ } },
  },
};
