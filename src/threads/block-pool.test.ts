// Threads that make blocks, with real ones: a module of JavaScript that the test writes.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { BlockPool, type BlockWork, runBlocks } from "./block-pool.ts";

interface Task {
  readonly number: number;
  /** It ends only when so many have begun: all threads must take part. */
  readonly begun: number;
  readonly counter: Int32Array;
}

interface Block {
  readonly number: number;
  readonly thread: number;
}

const folder = mkdtempSync(join(tmpdir(), "hongbao-blocks-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, "slow.js");
writeFileSync(
  file,
  `const { threadId } = require("node:worker_threads");
exports.slow = async ({ number, begun, counter }) => {
  Atomics.add(counter, 0, 1);
  while (Atomics.load(counter, 0) < begun) await new Promise((resolve) => setTimeout(resolve, 2));
  if (number < 0) throw new Error("a block that cannot be");
  return { number, thread: threadId };
};`,
);

const work: BlockWork<Task, Block> = {
  file: pathToFileURL(file).href,
  name: "slow",
  run: ({ number }) => ({ number, thread: 0 }),
  count: () => 10,
  isWorthThreads: true,
};
const COUNT = 12;
const numbers = Array.from({ length: COUNT }, (_, number) => number);

/** The first `slow` of them end only when `begun` have begun. */
function tasksOf(slow: number, begun: number): Task[] {
  const counter = new Int32Array(new SharedArrayBuffer(4));
  return numbers.map((number) => ({ number, begun: number < slow ? begun : 0, counter }));
}

test("blocks are handed on in the order of their tasks, in which they are not made", async () => {
  const pool = new BlockPool({ workers: 3 });
  const [taken, made]: [number[], number[]] = [[], []];
  try {
    const onProgress = (done: number): void => {
      made.push(done);
    };
    const tasks = tasksOf(2, COUNT);
    await pool.each(work, tasks, (block, at) => taken.push(block.number, at), onProgress);
  } finally {
    await pool.close();
  }
  expect(taken).toEqual(numbers.flatMap((number) => [number, number]));
  expect(made).toEqual(numbers.map((number) => 10 * (number + 1)));
});

test("control: the third thread had made others before the first block was there", async () => {
  const pool = new BlockPool({ workers: 3 });
  let [first, before] = [false, 0];
  try {
    const counted = (): void => {
      before += first ? 0 : 1;
    };
    const take = (): void => {
      first = true;
    };
    await pool.each(work, tasksOf(2, COUNT), take, counted);
  } finally {
    await pool.close();
  }
  expect(before).toBeGreaterThan(1);
});

test("threads stay from call to call until their pool is closed", async () => {
  const idsOf = (blocks: readonly Block[]): Set<number> => new Set(blocks.map((b) => b.thread));
  const pool = new BlockPool({ workers: 2 });
  const calls: Block[][] = [];
  try {
    for (let call = 0; call < 3; call++) {
      const blocks: Block[] = [];
      await pool.each(work, tasksOf(1, 2), (block) => blocks.push(block));
      calls.push(blocks);
    }
    // Little work goes to threads that are there anyway.
    const little: Block[] = [];
    const isWorthThreads = false;
    const tasks = tasksOf(0, 0);
    await pool.each({ ...work, isWorthThreads }, tasks, (block) => little.push(block));
    calls.push(little);
  } finally {
    await pool.close();
  }
  const all = idsOf(calls.flat());
  expect(all.size).toBe(2);
  expect(all.has(0)).toBe(false);
  const others = idsOf(await runBlocks(work, tasksOf(1, 2), { workers: 2 }));
  expect([...others].filter((id) => all.has(id))).toEqual([]);
});

test("one worker, little work and few tasks need no thread", async () => {
  const tasks = tasksOf(0, 0);
  const none = [
    await runBlocks(work, tasks, { workers: 1 }),
    await runBlocks({ ...work, isWorthThreads: false }, tasks, { workers: 3 }),
    await runBlocks(work, tasks.slice(0, 1), { workers: 3 }),
  ];
  for (const { thread } of none.flat()) expect(thread).toBe(0);
});

test("what breaks in a thread breaks the call, and the pool still closes", async () => {
  const tasks = tasksOf(0, 0).map((task) => ({ ...task, number: 5 - task.number }));
  await expect(runBlocks(work, tasks, { workers: 2 })).rejects.toThrow("a block that cannot be");
});
