// The built plan in real threads: how many there are, and which of them makes a block when, changes
// no bit of what comes out.
import { resolve } from "node:path";
import { expect, test } from "vitest";
import type { planDrawer as PlanDrawer } from "../../src/cli/plan/draw-plan.ts";
import { openPlan } from "../../src/cli/plan/open-plan.ts";
import type { DrawBlock, DrawTask } from "../../src/plan/monte-carlo/block.ts";
import { CampaignSample, tasksOf } from "../../src/plan/monte-carlo/campaign-sample.ts";
import { columnsOf } from "../../src/plan/monte-carlo/columns.ts";
import { jobOf } from "../../src/plan/study/plan-study.ts";
import { withBlockPool } from "../../src/threads/block-pool.ts";

const DRAWS = 6_400;
const built = (path: string): string => new URL(`../../dist/${path}`, import.meta.url).href;
const { plan } = await openPlan(resolve(import.meta.dirname, "../../examples/qwen-2026"));

/** Everything that is kept of the draws. */
function bitsOf(sample: CampaignSample): Buffer {
  const shares = Array.from({ length: 41 }, (_, i) => i / 40);
  const summed = sample.columns.slice(0, columnsOf(sample.job.terms).summed);
  const numbers = summed.flatMap(({ id }) => {
    return [sample.mean(id), ...shares.map((q) => sample.quantile(id, q))];
  });
  const hours = sample.job.terms.dayOfHour.length;
  const spent = Array.from({ length: hours }, (_, hour) => sample.spentBy(hour));
  const parts = [sample.rows, ...spent, Float64Array.from(numbers)];
  return Buffer.concat(parts.map((part) => new Uint8Array(part.buffer)));
}

test("one, two and three threads give the same bits", async () => {
  const { planDrawer }: { planDrawer: typeof PlanDrawer } = await import(
    built("cli/plan/draw-plan.js")
  );
  const draw = async (workers: number, seed = plan.seed): Promise<Buffer> => {
    return bitsOf(await planDrawer({ workers })(jobOf({ ...plan, seed }, []), DRAWS));
  };
  const one = await draw(1);
  expect((await draw(2)).equals(one)).toBe(true);
  expect((await draw(3)).equals(one)).toBe(true);
  // Control: another seed does not.
  expect((await draw(2, "another")).equals(one)).toBe(false);
}, 180_000);

test("blocks made in any order are the blocks of those made in theirs", async () => {
  const job = jobOf(plan, []);
  const tasks = tasksOf(job, DRAWS);
  const orders = [tasks, [...tasks].reverse(), [...tasks.slice(3), ...tasks.slice(0, 3)]];
  const drawn = await withBlockPool({ workers: 3 }, async (pool) => {
    const samples: Buffer[] = [];
    for (const order of orders) {
      const blocks = new Map<number, DrawBlock>();
      const work = {
        file: built("plan/monte-carlo/block.js"),
        name: "drawCampaigns",
        run: (): DrawBlock => expect.unreachable("no block is made without a thread"),
        count: ({ count }: DrawTask) => count,
        isWorthThreads: true,
      };
      await pool.each(work, order, (block, at) => blocks.set(order[at]!.from, block));
      const inOrder = tasks.map(({ from }) => blocks.get(from)!);
      samples.push(bitsOf(new CampaignSample(job, DRAWS, inOrder)));
    }
    return samples;
  });
  for (const bits of drawn) expect(bits.equals(drawn[0]!)).toBe(true);
  expect(tasks.length).toBeGreaterThan(5);
}, 180_000);
