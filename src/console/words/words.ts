// Every language has the same words: one that lacks one does not compile.
import type { attentionEn } from "./attention.en.ts";
import type { auditEn } from "./audit.en.ts";
import type { en } from "./en.ts";
import type { grantsEn } from "./grants.en.ts";
import type { helpEn } from "./help.en.ts";
import type { historyEn } from "./history.en.ts";
import type { liveEn } from "./live.en.ts";
import type { openEn } from "./open.en.ts";
import type { planEn } from "./plan.en.ts";
import type { reportsEn } from "./reports.en.ts";
import type { reviseEn } from "./revise.en.ts";
import type { settingsEn } from "./settings.en.ts";

export type GrantWords = Readonly<Record<keyof typeof grantsEn, string>>;
export type OpenWords = Readonly<Record<keyof typeof openEn, string>>;
export type PlanWords = Readonly<Record<keyof typeof planEn, string>>;
export type ReportWords = Readonly<Record<keyof typeof reportsEn, string>>;
export type ReviseWords = Readonly<Record<keyof typeof reviseEn, string>>;
export type LiveWords = Readonly<Record<keyof typeof liveEn, string>>;
export type HistoryWords = Readonly<Record<keyof typeof historyEn, string>>;
export type AttentionWords = Readonly<Record<keyof typeof attentionEn, string>>;
export type AuditWords = Readonly<Record<keyof typeof auditEn, string>>;
export type SettingsWords = Readonly<Record<keyof typeof settingsEn, string>>;
export type HelpWords = Readonly<Record<keyof typeof helpEn, string>>;
export type WordName =
  | keyof typeof en
  | keyof HelpWords
  | keyof GrantWords
  | keyof LiveWords
  | keyof OpenWords
  | keyof PlanWords
  | keyof ReportWords
  | keyof ReviseWords
  | keyof HistoryWords
  | keyof AttentionWords
  | keyof AuditWords
  | keyof SettingsWords;
export type Words = Readonly<Record<WordName, string>>;
