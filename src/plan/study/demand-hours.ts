// How many ask in each hour of a campaign: what a wave may be paced by.
import { CampaignModel } from "../model/campaign.ts";
import { Binding } from "../monte-carlo/bind.ts";
import { type DrawJob, setOf } from "../monte-carlo/block.ts";

/** A shape needs no more; quantiles would. */
const DRAWS = 100;

/** The mean number of requests in each hour since the start, those in vain included. */
export function demandByHour(job: DrawJob): Float64Array {
  const set = setOf(job);
  const binding = new Binding(set, job.terms, job.overrides);
  const model = new CampaignModel(job.terms);
  const { grid, claims } = model.traced();
  const values = new Float64Array(set.list.length);
  const last = grid.count - 1;
  const demand = new Float64Array(grid.hour[last]! + grid.hours[last]!);
  for (let draw = 0; draw < DRAWS; draw++) {
    set.draw(draw, values);
    model.run(binding.fill(values));
    for (let step = 0; step < grid.count; step++) {
      const [from, hours] = [grid.hour[step]!, grid.hours[step]!];
      for (let i = from; i < from + hours; i++) {
        demand[i] = demand[i]! + claims[step]! / hours / DRAWS;
      }
    }
  }
  return demand;
}
