// The plan that a page has open, and what its worker says of it.
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { PlanStudy } from "../../../plan/study/plan-study.ts";
import type { SampledStudy } from "../../../plan/study/sampled-study.ts";
import type { PlanTexts } from "../../../plan/what-if/plan-texts.ts";
import { type Turned, turnedText } from "../../parts/turned.ts";
import type { WorkerCalls } from "../../parts/worker-calls.ts";
import type { PlanCall } from "./plan-worker.ts";

export type PlanCalls = WorkerCalls<PlanCall>;

export function makePlanWorker(): Worker {
  return new Worker(new URL("./plan-worker.ts", import.meta.url), { type: "module" });
}

export interface Timed<T> {
  readonly study: T;
  /** From the moment at which it was asked for. */
  readonly ms: number;
}

/** Whom is asked about which plan. */
export interface AskedPlan {
  readonly calls: PlanCalls;
  /** Of the files, so that nothing of others is shown. */
  readonly source: string;
  readonly texts: PlanTexts;
}

interface Asked extends AskedPlan {
  readonly turned: Turned;
  readonly onProgress?: (share: number) => void;
}

const FOR_GOOD = {
  staleTime: Number.POSITIVE_INFINITY,
  refetchOnWindowFocus: false,
  retry: false,
} as const;

/** What is seen at once; what was seen before stays until then. */
export function useSampled(asked: Asked): UseQueryResult<Timed<SampledStudy>> {
  const { calls, source, texts, turned, onProgress } = asked;
  return useQuery({
    queryKey: ["plan", source, "sample", turnedText(turned)],
    queryFn: async ({ signal }) => {
      const fromMs = performance.now();
      const call = { kind: "sample", texts, turned } as const;
      const study = await calls.call<SampledStudy>(call, signal, onProgress);
      return { study, ms: Math.round(performance.now() - fromMs) };
    },
    placeholderData: keepPreviousData,
    ...FOR_GOOD,
  });
}

/** Everything else that a study says: of a worker of its own, so that nobody who turns waits. */
export function useStudied(
  asked: Omit<Asked, "calls"> & { readonly calls: PlanCalls | null; readonly isEnabled: boolean },
): UseQueryResult<PlanStudy> {
  const { calls, source, texts, turned, onProgress, isEnabled } = asked;
  return useQuery({
    queryKey: ["plan", source, "study", turnedText(turned)],
    queryFn: ({ signal }) =>
      calls!.call<PlanStudy>({ kind: "study", texts, turned }, signal, onProgress),
    enabled: isEnabled && calls !== null,
    ...FOR_GOOD,
  });
}
