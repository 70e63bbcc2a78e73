// One drawing with everything that it followed from, and what came of published odds.
import { z } from "zod";
import { DRAND_SCHEMES, type DrandChain } from "../../base/drand.ts";
import { type AnswerBase, answerBase } from "./answer-base.ts";
import { campaignIdSchema, countSchema } from "./text.ts";

export interface LuckView {
  ledger: string;
  campaign: string;
  grant: string;
  /** Of the grant in its campaign, as journals and exports show it. */
  ordinal: number;
  offer: string;
  offerOrdinal: number;
  currency: string;
  amountMinor: number;
  grantedAtMs: number;
  /** The pseudonym of the user, 16 bytes in hex. */
  user: string;
  drawsBefore: number;
  /** The odds by which it was drawn. */
  entries: { amountMinor: number; odds: number }[];
  seedCommitment: string;
  /** Known to everybody once the campaign is closed. */
  seed?: string;
  beacon?: { chain: DrandChain; round: number; randomness: string };
}

const hexSchema = (bytes: number, description: string): z.ZodType<string> =>
  z
    .string()
    .regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`))
    .meta({ description });

const entrySchema = z.strictObject({
  amountMinor: countSchema("Minor units."),
  odds: countSchema("The chance is these odds by the sum of all."),
});

const beaconSchema = z.strictObject({
  chain: z.strictObject({
    hash: z.string(),
    publicKey: z.string(),
    scheme: z.enum(DRAND_SCHEMES),
    genesisAtMs: z.int(),
    periodMs: z.int(),
  }),
  round: countSchema("The promised round of drand."),
  randomness: hexSchema(32, "Its value."),
});

export const luckViewSchema: z.ZodType<LuckView> = z.strictObject({
  ledger: z.string(),
  campaign: campaignIdSchema,
  grant: z.string(),
  ordinal: countSchema("The grant's number in its campaign, from 0."),
  offer: z.string(),
  offerOrdinal: countSchema("The offer's number in its campaign, from 0."),
  currency: z.string().meta({ description: "ISO 4217." }),
  amountMinor: countSchema("What was drawn."),
  grantedAtMs: z.int(),
  user: hexSchema(16, "The user's pseudonym."),
  drawsBefore: countSchema("Draws of this offer that the user had made before."),
  entries: z.array(entrySchema).meta({ description: "The odds by which it was drawn." }),
  seedCommitment: hexSchema(32, "What the opening event committed to."),
  seed: z.exactOptional(hexSchema(32, "The seed, once the campaign is closed.")),
  beacon: z.exactOptional(beaconSchema),
});

export interface LuckAnswer extends AnswerBase {
  /** Absent where no table was drawn from. */
  luck?: LuckView;
}

export const luckAnswerSchema: z.ZodType<LuckAnswer> = z.strictObject({
  ...answerBase,
  luck: z.exactOptional(luckViewSchema),
});

/** One offer's odds from a version of the campaign on, and what was granted by them. */
export interface OddsView {
  offer: string;
  version: number;
  entries: { amountMinor: number; odds: number; granted: number }[];
}

export interface OddsAnswer extends AnswerBase {
  currency?: string;
  odds?: OddsView[];
}

export const oddsAnswerSchema: z.ZodType<OddsAnswer> = z.strictObject({
  ...answerBase,
  currency: z.exactOptional(z.string()),
  odds: z.exactOptional(
    z.array(
      z.strictObject({
        offer: z.string(),
        version: countSchema("The revision from which on these odds hold; 0: as opened."),
        entries: z.array(
          z.strictObject({
            amountMinor: countSchema("Minor units."),
            odds: countSchema("The chance is these odds by the sum of all."),
            granted: countSchema("Grants of this amount by these odds."),
          }),
        ),
      }),
    ),
  ),
});
