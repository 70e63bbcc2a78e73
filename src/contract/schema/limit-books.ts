// What a campaign shows of its waves and caps: what each has given out of what it may.
import { z } from "zod";
import { countSchema } from "./text.ts";

export interface WaveView {
  wave: string;
  fromMs: number;
  toMs: number;
  budgetMinor: number | null;
  usedMinor: number | null;
  /** It has offers, and what is left grants the smallest reward of none of them. */
  isUsedUp: boolean;
}

export interface CapView {
  cap: string;
  dimension: string;
  counts: "money" | "grants";
  per: "total" | "day" | "hour" | "minute";
  on: "claim" | "redemption";
  limit: number;
  /** Only of caps with one single cell. */
  used?: number;
  /** Only where a curve lets the limit out: how much of it by now, and what came back. */
  released?: number;
}

export const waveViewSchema: z.ZodType<WaveView> = z.strictObject({
  wave: z.string(),
  fromMs: z.int(),
  toMs: z.int(),
  budgetMinor: z.int().nullable(),
  usedMinor: z.int().nullable(),
  isUsedUp: z
    .boolean()
    .meta({ description: "What is left grants the smallest reward of none of its offers." }),
});

export const capViewSchema: z.ZodType<CapView> = z.strictObject({
  cap: z.string(),
  dimension: z.string(),
  counts: z.enum(["money", "grants"]),
  per: z.enum(["total", "day", "hour", "minute"]),
  on: z.enum(["claim", "redemption"]),
  limit: countSchema("Minor units, or a number of grants."),
  used: z.exactOptional(countSchema("Only of caps with one single cell.")),
  released: z.exactOptional(
    countSchema("Only where a curve lets the limit out: what it has let out by now."),
  ),
});
