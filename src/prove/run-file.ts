// run.yaml: how the rows of a population become a campaign whose arms somebody else has assigned.
// What became of them is for prove.yaml beside it.
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { fileProblem } from "./source-file.ts";
import { readYamlFile } from "./yaml-file.ts";

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "expected a-z, 0-9 and - (at most 63)");
const armSchema = z.union([
  z.strictObject({ holdout: z.literal(true), weight: z.number().positive().default(1) }),
  z.strictObject({
    variant: id,
    offer: z.string().min(1),
    weight: z.number().positive().default(1),
  }),
]);

const schema = z.strictObject({
  title: z.string().min(1),
  campaign: z.string().min(1),
  counts: z.string().min(1).optional(),
  population: z.strictObject({
    user: z.string().min(1).nullable(),
    arm: z.string().min(1),
    arms: z.record(z.string(), armSchema),
  }),
});

type Raw = z.output<typeof schema>;

/** One arm of the file: the holdout has no offer. */
export interface RunArm {
  /** "holdout", or the variant's id. */
  readonly id: string;
  /** What stands in the arm column. */
  readonly value: string;
  readonly offer: string | null;
  readonly weight: number;
}

export interface RunFile {
  readonly path: string;
  readonly title: string;
  /** Absolute path of the campaign file. */
  readonly campaignPath: string;
  /** Absolute path of the counts by arm, or null. */
  readonly countsPath: string | null;
  /** Column with the user's id; null: the row's number is the id. */
  readonly userColumn: string | null;
  readonly armColumn: string;
  readonly holdout: RunArm;
  readonly variants: readonly RunArm[];
}

export const HOLDOUT = "holdout";

/** Reads run.yaml; paths in it are relative to it. */
export async function readRunFile(path: string): Promise<RunFile> {
  const raw = await readYamlFile(path, schema);
  const near = (name: string): string => resolve(dirname(path), name);
  const { holdout, variants } = armsOf(path, raw);
  return {
    path,
    title: raw.title,
    campaignPath: near(raw.campaign),
    countsPath: raw.counts === undefined ? null : near(raw.counts),
    userColumn: raw.population.user,
    armColumn: raw.population.arm,
    holdout,
    variants,
  };
}

function armsOf(path: string, raw: Raw): { holdout: RunArm; variants: RunArm[] } {
  const arms = Object.entries(raw.population.arms).map(([value, arm]): RunArm => {
    const { weight } = arm;
    if ("holdout" in arm) return { id: HOLDOUT, value, offer: null, weight };
    return { id: arm.variant, value, offer: arm.offer, weight };
  });
  const held = arms.filter((arm) => arm.id === HOLDOUT);
  const variants = arms.filter((arm) => arm.id !== HOLDOUT);
  const [holdout] = held;
  if (holdout === undefined || held.length > 1 || variants.length === 0) {
    const found = `${held.length} and ${variants.length}`;
    throw fileProblem(path, "population.arms", `expected one holdout and some variants, ${found}`);
  }
  const ids = new Set(variants.map((arm) => arm.id));
  if (ids.size < variants.length) {
    throw fileProblem(path, "population.arms", "expected each variant once");
  }
  return { holdout, variants };
}
