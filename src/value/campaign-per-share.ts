// What a campaign adds to the value of a share: the kept users' yearly contribution at a multiple,
// less what was spent after tax. Draws of users and cost go in, draws of value come out.
import { assert } from "../base/assert.ts";
import { combine, type Uncertain } from "../stats/draws.ts";

export interface CampaignValueInputs {
  /** Millions of users whom the campaign brought and who stayed. */
  readonly keptUsers: Uncertain;
  /** Yuan a user and year, after tax. */
  readonly contributionPerYear: Uncertain;
  /** Multiple of a year's contribution; the line of the business that it moves must be named. */
  readonly multiple: Uncertain;
  /** Million yuan, before tax. */
  readonly cost: Uncertain;
  readonly taxRate: number;
  /** Millions. */
  readonly shares: number;
}

export interface CampaignValue {
  /** Million yuan: a year's contribution, its value, the cost after tax, and value less cost. */
  readonly contribution: Uncertain;
  readonly gross: Uncertain;
  readonly costAfterTax: Uncertain;
  readonly net: Uncertain;
  /** Yuan. */
  readonly perShare: Uncertain;
}

export function campaignValue(inputs: CampaignValueInputs): CampaignValue {
  const { taxRate, shares } = inputs;
  assert(taxRate >= 0 && taxRate < 1, `expected a tax rate of 0 to 1, got ${taxRate}`);
  assert(shares > 0, `expected shares above 0, got ${shares}`);
  const contribution = combine((u, c) => u * c, inputs.keptUsers, inputs.contributionPerYear);
  const gross = combine((year, multiple) => year * multiple, contribution, inputs.multiple);
  const costAfterTax = combine((cost) => cost * (1 - taxRate), inputs.cost);
  const net = combine((value, cost) => value - cost, gross, costAfterTax);
  const perShare = combine((value) => value / shares, net);
  return { contribution, gross, costAfterTax, net, perShare };
}
