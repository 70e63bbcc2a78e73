// Something that a page asks of the server, once. The client asks again while the server is silent;
// whoever closes the window, or leaves the page, before it has answered takes that back, so that
// nothing is done behind his back later, and is told that it may have been done by then.
import { notifications } from "@mantine/notifications";
import {
  type QueryKey,
  type UseMutationResult,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useIntl } from "react-intl";
import type { CallOptions } from "../../client/index.ts";

export type Wish<Answer, Asked> = UseMutationResult<Answer, Error, Asked> & {
  /** Asks no more. */
  readonly stop: () => void;
};

/**
 * @param ask the request; has to hand the options on to the client
 * @param onDone what to do with the answer, before what is shown is asked for anew
 * @param shown what is asked for anew; absent: all that is shown
 */
export function useWish<Answer, Asked = void>(
  ask: (options: CallOptions, asked: Asked) => Promise<Answer>,
  onDone: (answer: Answer) => unknown,
  shown?: QueryKey,
): Wish<Answer, Asked> {
  const intl = useIntl();
  const queries = useQueryClient();
  const askAnew = (): Promise<void> =>
    queries.invalidateQueries(shown === undefined ? {} : { queryKey: shown });
  const pending = useRef<AbortController | null>(null);
  const run = useMutation({
    mutationFn: async (asked: Asked) => {
      const control = new AbortController();
      pending.current = control;
      try {
        return await ask({ signal: control.signal }, asked);
      } finally {
        if (pending.current === control) pending.current = null;
      }
    },
    onSuccess: async (answer) => {
      await onDone(answer);
      await askAnew();
    },
  });
  const stop = (): void => {
    if (pending.current === null) return;
    pending.current.abort();
    pending.current = null;
    const message = intl.formatMessage({ id: "wish.stopped" });
    notifications.show({ color: "yellow", message, autoClose: 15_000 });
    void askAnew();
  };
  const last = useRef(stop);
  last.current = stop;
  useEffect(() => () => last.current(), []);
  return { ...run, stop };
}
