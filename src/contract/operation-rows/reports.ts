// Verdicts, plans and valuations that are kept beside the campaigns, for whoever looks at them.
import type { Rows } from "../operation.ts";
import {
  type ReportView,
  reportAddAnswerSchema,
  reportInputSchema,
  reportListAnswerSchema,
  reportRemoveAnswerSchema,
  reportShowAnswerSchema,
} from "../schema/report.ts";
import { ADMIN_COMMAND, PLAIN_READ, READ } from "./row-shapes.ts";

const VIEW: ReportView = {
  report: "r-5d0q3k8v7w2mxh4t",
  kind: "verdict",
  title: "Free-order cards",
  campaign: "qwen-2026",
  headline: "card caused +2.10 points in D30 retention (95 %: +1.60 to +2.60).",
  grade: "A",
  addedAtMs: 1_770_339_601_000,
  addedBy: "k-3f9a",
  bytes: 48_211,
};

const PLACE = { params: { report: VIEW.report }, query: null, body: null } as const;

export const REPORT_ROWS: Rows<"report.add" | "report.list" | "report.show" | "report.remove"> = {
  "report.add": {
    ...ADMIN_COMMAND,
    name: "report.add",
    path: "/v1/reports",
    body: reportInputSchema,
    answer: reportAddAnswerSchema,
    outcomes: ["ok", "unknown_campaign"],
    errors: ["disk_full"],
    summary: "Keeps a verdict, a plan's study or a valuation, for the console and others.",
    description:
      "Takes the JSON of `hongbao prove`, `plan`, `value`, `plan judge` or `plan back-test`, up " +
      "to 4 MiB, and holds it against the schema of its kind. It is kept as a file beside the " +
      "journal, which it does not touch. Its id is made from its content: adding the same again " +
      "changes nothing.",
    example: {
      params: {},
      query: null,
      body: {
        report: { title: VIEW.title, headline: VIEW.headline, studies: [] },
        campaign: "qwen-2026",
      },
      answer: { ...READ, report: VIEW },
    },
    mcp: null,
  },
  "report.list": {
    ...PLAIN_READ,
    name: "report.list",
    path: "/v1/reports",
    scopes: ["viewer", "admin"],
    answer: reportListAnswerSchema,
    outcomes: ["ok"],
    errors: [],
    summary: "All reports that are kept, the newest first.",
    description: "A key that is bound to a campaign sees the reports on that campaign.",
    example: { params: {}, query: null, body: null, answer: { ...READ, reports: [VIEW] } },
    mcp: null,
  },
  "report.show": {
    ...PLAIN_READ,
    name: "report.show",
    path: "/v1/reports/{report}",
    scopes: ["viewer", "admin"],
    answer: reportShowAnswerSchema,
    outcomes: ["ok"],
    errors: ["unknown_report"],
    summary: "A report, whole.",
    description: "The object as it was added; its schema is that of its kind.",
    example: {
      ...PLACE,
      answer: { ...READ, view: VIEW, report: { title: VIEW.title, headline: VIEW.headline! } },
    },
    mcp: null,
  },
  "report.remove": {
    ...ADMIN_COMMAND,
    name: "report.remove",
    method: "DELETE",
    path: "/v1/reports/{report}",
    body: null,
    answer: reportRemoveAnswerSchema,
    outcomes: ["ok"],
    errors: ["unknown_report"],
    summary: "Removes a report for good.",
    description: "Nothing else changes: a report is in no journal.",
    example: { ...PLACE, answer: { ...READ, report: VIEW.report } },
    mcp: null,
  },
};
