// Draws: entering one, closing one whose time has come, and looking at one.
import type { Rows } from "../operation.ts";
import {
  drawCloseAnswerSchema,
  drawQuerySchema,
  drawShowAnswerSchema,
  enterAnswerSchema,
  enterSchema,
} from "../schema/draw.ts";
import { emptySchema } from "../schema/system.ts";
import { ADMIN_COMMAND, DECIDED, PLAIN_READ } from "./row-shapes.ts";

const PARAMS = { campaign: "qwen-2026", draw: "sunday" };

export const DRAW_ROWS: Rows<"draw.enter" | "draw.close" | "draw.show"> = {
  "draw.enter": {
    name: "draw.enter",
    method: "POST",
    path: "/v1/campaigns/{campaign}/draws/{draw}/entries",
    scopes: ["app"],
    kind: "command",
    movesMoney: false,
    batchPath: null,
    produces: "json",
    query: null,
    body: enterSchema,
    answer: enterAnswerSchema,
    outcomes: [
      "entered",
      "id_conflict",
      "stale",
      "unknown_campaign",
      "unknown_draw",
      "not_open",
      "not_yet",
      "paused",
      "ended",
      "draw_closed",
      "blocked",
      "not_eligible",
      "assignment_missing",
      "held_out",
      "no_offer",
      "entries_used",
    ],
    errors: ["disk_full"],
    summary: "A user enters a draw.",
    description:
      "The same id with the same content always gets its first answer again, so a retry after a " +
      "lost answer makes no second entry.",
    example: {
      params: PARAMS,
      query: null,
      body: { id: "e-19", user: "user-1001" },
      answer: { status: "entered", ...DECIDED, draw: "sunday", entry: 88_123 },
    },
    mcp: {
      tool: "enter_draw",
      audience: "user",
      description:
        "Enter the user into a draw. Call only after the user agreed. Mint a fresh id for each " +
        "wish, and repeat the same id when you repeat the call.",
      bound: ["campaign", "user", "notAfterMs", "variant"],
    },
  },
  "draw.close": {
    name: "draw.close",
    ...ADMIN_COMMAND,
    path: "/v1/campaigns/{campaign}/draws/{draw}/close",
    body: emptySchema,
    answer: drawCloseAnswerSchema,
    outcomes: ["ok", "unknown_campaign", "unknown_draw", "draw_open"],
    errors: ["disk_full"],
    summary: "Closes a draw whose time has come.",
    description:
      "A draw closes by itself at its time; this does it at once where nothing ticks. Before its " +
      "time nobody can close it.",
    example: {
      params: PARAMS,
      query: null,
      body: {},
      answer: { status: "ok", ...DECIDED, draw: "sunday" },
    },
    mcp: null,
  },
  "draw.show": {
    name: "draw.show",
    ...PLAIN_READ,
    path: "/v1/campaigns/{campaign}/draws/{draw}",
    scopes: ["viewer", "admin"],
    query: drawQuerySchema,
    answer: drawShowAnswerSchema,
    outcomes: ["ok", "unknown_campaign", "unknown_draw"],
    errors: [],
    summary: "A draw: entries, prizes, and winners by their grants.",
    description: "At most 1,000 winners a page, in the order of winning.",
    example: {
      params: PARAMS,
      query: {},
      body: null,
      answer: {
        status: "ok",
        ...DECIDED,
        view: {
          draw: "sunday",
          title: "The Sunday draw",
          opensAtMs: 1_770_339_600_000,
          closesAtMs: 1_770_552_000_000,
          closed: true,
          entries: 88_123,
          winners: 1,
          voids: 0,
          prizes: [
            { prize: "grand", title: "Ten thousand", amountMinor: 1_000_000, stock: 1, left: 0 },
          ],
          grants: ["0000m3v7k2q9x4tz8a6c1e5h"],
          wins: [{ grant: "0000m3v7k2q9x4tz8a6c1e5h", prize: "grand", state: "reserved" }],
          more: false,
        },
      },
    },
    mcp: {
      tool: "show_draw",
      audience: "manager",
      description: "Show a draw: entries, prizes, winners by their grants.",
      bound: [],
    },
  },
};
