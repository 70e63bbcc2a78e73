// Which assumptions the campaign's worth hangs on: those behind its draws, and the company's own.
import type { CampaignDraws, InputDraws } from "../plan/campaign-draws.ts";
import { explained } from "../plan/study/tornado.ts";
import { combine, type Uncertain } from "../stats/draws.ts";
import { ranksOf } from "../stats/variance-shares.ts";
import type { WorthDraws } from "./campaign-worth.ts";

/** What an assumption does to the net a share, all others as drawn with it. */
export interface WorthDriver {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  /** Part of the spread of the net's rank that it explains, with what hangs together with it. */
  readonly share: number;
  /** Mean net a share where it is lowest, and where it is highest: a tenth of the draws each. */
  readonly whenLow: number;
  readonly whenHigh: number;
}

export interface WorthDrivers {
  readonly byCashFlow: readonly WorthDriver[];
  /** Null: no multiple was found. */
  readonly byMultiple: readonly WorthDriver[] | null;
  /** Titles of the company's own, and the discount, that explain next to nothing by either. */
  readonly quiet: readonly string[];
  /** Mean net a share over all draws. */
  readonly mean: { readonly byCashFlow: number; readonly byMultiple: number | null };
}

/** The company's figures are drawn at random, which leaves more noise than a plan's sequence. */
const LEAST = 0.01;

/** A cash flow knows no multiple. */
export const MULTIPLE_ID = "moves.users.multiple";

/** Fewer draws do not tell one assumption from another. */
const DRAWS_LEAST = 256;

/** @param company inputs of the company's own, such as the multiple */
export function worthDrivers(
  campaign: CampaignDraws,
  worth: WorthDraws,
  shares: Uncertain,
  company: readonly InputDraws[],
): WorthDrivers {
  const inputs = [...inputsOf(campaign, worth), ...company];
  const net = (value: Uncertain): Float64Array =>
    combine((gained, spent, of) => (gained - spent) / of, ...[value, worth.costAfterTax, shares])
      .draws;
  const flow = net(worth.byCashFlow);
  const times = worth.byMultiple === null ? null : net(worth.byMultiple);
  const ofFlow = inputs.filter(({ id }) => id !== MULTIPLE_ID);
  const byCashFlow = driversOf(flow, ofFlow);
  const byMultiple = times === null ? null : driversOf(times, inputs);
  const shown = new Set([...byCashFlow, ...(byMultiple ?? [])].map(({ id }) => id));
  const asked = inputs.filter((input) => input.id === "discount" || company.includes(input));
  return {
    ...{ byCashFlow, byMultiple },
    quiet: asked.filter(({ id, draws }) => isSpread(draws) && !shown.has(id)).map((x) => x.title),
    mean: { byCashFlow: meanOf(flow), byMultiple: times === null ? null : meanOf(times) },
  };
}

/** Where nobody says what the draws were computed from, their own numbers stand for it. */
function inputsOf(campaign: CampaignDraws, { cost }: WorthDraws): readonly InputDraws[] {
  const { inputs, kept, marginPerMonth, discount } = campaign;
  // Luck is no assumption: nobody could find out more of it.
  if (inputs !== undefined) return inputs.filter(({ source }) => source !== "chance");
  const own = (id: string, title: string, { draws }: Uncertain): InputDraws => {
    return { id, title, source: "the campaign", draws };
  };
  return [
    own("kept", "kept users", kept),
    own("cost", "cost", cost),
    own("margin", "margin a month", marginPerMonth),
    own("discount", "discount", discount),
  ];
}

function driversOf(net: Float64Array, inputs: readonly InputDraws[]): WorthDriver[] {
  if (net.length < DRAWS_LEAST) return [];
  const ranks = ranksOf(net);
  const found = inputs.flatMap(({ draws, ...named }): WorthDriver[] => {
    const own = isSpread(draws) ? explained(draws, net, ranks) : null;
    return own === null || own.share < LEAST ? [] : [{ ...named, ...own }];
  });
  return found.sort((a, b) => b.share - a.share || (a.id < b.id ? -1 : 1));
}

function isSpread(draws: Float64Array): boolean {
  return draws.some((value) => value !== draws[0]);
}

function meanOf(draws: Float64Array): number {
  let sum = 0;
  for (const value of draws) sum += value;
  return sum / draws.length;
}
