// A server that may end by itself does so when nobody has come for long enough, and not before.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { whenIdle } from "./idle-stop.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("visitors put the end off", async () => {
  let idleMs = 0;
  const said = vi.fn();
  void whenIdle({ idleMs: () => idleMs }, 2).then(said);
  idleMs = 119_000;
  await vi.advanceTimersByTimeAsync(5_000);
  idleMs = 0;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(said).not.toHaveBeenCalled();
  idleMs = 120_000;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(said).toHaveBeenCalledWith("nobody came for 2 minutes");
});

test("without minutes a server goes on for ever", async () => {
  const said = vi.fn();
  void whenIdle({ idleMs: () => 1e12 }, null).then(said);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(said).not.toHaveBeenCalled();
});
