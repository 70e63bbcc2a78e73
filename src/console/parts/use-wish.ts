// Something that a page asks of the server, once. The client asks again while the server is silent;
// whoever closes the window, or leaves the page, before it is known what became of it takes that
// back, so that nothing is done behind his back later, and is told that it may have been done.
import { notifications } from "@mantine/notifications";
import {
  type QueryKey,
  type UseMutationResult,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useIntl } from "react-intl";
import { type CallOptions, HongbaoError } from "../../client/index.ts";

type Run<Answer> = UseMutationResult<Answer, Error, unknown>;

export interface Wish<Answer, Asked>
  extends Pick<Run<Answer>, "isPending" | "data" | "error" | "reset"> {
  readonly mutate: (asked: Asked) => void;
  /** Asks no more. */
  readonly stop: () => void;
  /** Under way, or of unknown fate: only the same, under the same id, does nothing twice. */
  readonly isFixed: boolean;
}

/** What else there is to a wish. */
export interface Manner {
  /** What is asked for anew; absent: all that is shown. */
  readonly shown?: QueryKey;
  /** What is told of one that was stopped; absent: that it may have been done. */
  readonly stopped?: () => string;
}

/** Whether it may have been done although no answer came. */
export function isFateUnknown(error: unknown): boolean {
  return error instanceof HongbaoError && error.details.fate === "unknown";
}

/**
 * @param ask the request; has to hand the options on to the client
 * @param onDone what to do with the answer, before what is shown is asked for anew
 */
export function useWish<Answer, Asked = void>(
  ask: (options: CallOptions, asked: Asked) => Promise<Answer>,
  onDone: (answer: Answer, asked: Asked) => unknown,
  { shown, stopped }: Manner = {},
): Wish<Answer, Asked> {
  const intl = useIntl();
  const queries = useQueryClient();
  const askAnew = (): Promise<void> =>
    queries.invalidateQueries(shown === undefined ? {} : { queryKey: shown });
  /** Of what was asked, until its fate is known. */
  const open = useRef<AbortController | null>(null);
  const run = useMutation({
    mutationFn: async ({ control, asked }: { control: AbortController; asked: Asked }) => {
      let isOpen = false;
      try {
        return await ask({ signal: control.signal }, asked);
      } catch (error) {
        isOpen = isFateUnknown(error);
        throw error;
      } finally {
        if (open.current === control && !isOpen) open.current = null;
      }
    },
    onSuccess: async (answer, { asked }) => {
      await onDone(answer, asked);
      await askAnew();
    },
    onError: () => void askAnew(),
  });
  const stop = (): void => {
    if (open.current === null) return;
    open.current.abort();
    open.current = null;
    run.reset();
    const message = stopped?.() ?? intl.formatMessage({ id: "wish.stopped" });
    notifications.show({ color: "yellow", message, autoClose: false });
    void askAnew();
  };
  const last = useRef(stop);
  last.current = stop;
  useEffect(() => () => last.current(), []);
  const mutate = (asked: Asked): void => {
    if (run.isPending) return;
    // Made here, so that there is something to take back from the first moment on.
    const control = new AbortController();
    open.current = control;
    run.mutate({ control, asked });
  };
  const { isPending, data, error, reset } = run;
  return {
    isPending,
    data,
    error,
    reset,
    mutate,
    stop,
    isFixed: isPending || isFateUnknown(error),
  };
}
