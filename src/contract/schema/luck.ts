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

const luckViewSchema: z.ZodType<LuckView> = z.strictObject({
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

/** A packet of a split pot; of a draw's prize, also how it was won. */
export interface PacketView {
  campaign: string;
  grant: string;
  offer: string;
  currency: string;
  amountMinor: number;
  grantedAtMs: number;
  /** From 1, of so many that add up to the total. */
  packet: number;
  packets: number;
  totalMinor: number;
  win?: WinView;
}

export interface WinView {
  draw: string;
  /** From 1, in the order of winning. */
  winner: number;
  entries: number;
  /** The public round that took part. */
  round?: number;
}

const packetSchema: z.ZodType<PacketView> = z.strictObject({
  campaign: campaignIdSchema,
  grant: z.string(),
  offer: z.string(),
  currency: z.string().meta({ description: "ISO 4217." }),
  amountMinor: countSchema("What is in the packet."),
  grantedAtMs: z.int(),
  packet: countSchema("Which packet it is, from 1."),
  packets: countSchema("How many the pot was split into."),
  totalMinor: countSchema("What all of them add up to."),
  win: z.exactOptional(
    z
      .strictObject({
        draw: z.string(),
        winner: countSchema("From 1, in the order of winning."),
        entries: countSchema("Entries when the draw closed."),
        round: z.exactOptional(z.int().meta({ description: "The public round that took part." })),
      })
      .meta({ description: "Of a draw's prize." }),
  ),
});

export interface LuckAnswer extends AnswerBase {
  /** Absent where no table was drawn from. */
  luck?: LuckView;
  /** Only of packets of pots, and of prizes of draws. */
  packet?: PacketView;
}

export const luckAnswerSchema: z.ZodType<LuckAnswer> = z.strictObject({
  ...answerBase,
  luck: z.exactOptional(luckViewSchema),
  packet: z.exactOptional(packetSchema),
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
  /** Ids of the campaign's draws. */
  draws?: string[];
  /** What the opening committed to; absent where there is no luck. */
  seedCommitment?: string;
  /** Once the campaign is closed. */
  seed?: string;
  /** The promised public round, and its value once it is in. */
  beacon?: { round: number; randomness?: string };
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
  draws: z.exactOptional(z.array(z.string()).meta({ description: "Ids of the campaign's draws." })),
  seedCommitment: z.exactOptional(hexSchema(32, "What the opening event committed to.")),
  seed: z.exactOptional(hexSchema(32, "The seed, once the campaign is closed.")),
  beacon: z.exactOptional(
    z
      .strictObject({
        round: countSchema("The promised round of drand."),
        randomness: z.exactOptional(hexSchema(32, "Its value, once it is in.")),
      })
      .meta({ description: "Absent where the operator could have chosen the luck." }),
  ),
});
