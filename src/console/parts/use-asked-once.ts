// What a worker says of files that do not change: asked once, and again only on demand, since the
// same files get the same answer. Where the worker itself was gone, asking again helps.
import { type QueryFunction, useQuery } from "@tanstack/react-query";
import { ToldError } from "./told-error.ts";

export interface AskedOnce<T> {
  readonly data: T | undefined;
  /** Null while it is being asked. */
  readonly error: Error | null;
  readonly again: (() => void) | undefined;
}

export function useAskedOnce<T>(
  queryKey: readonly string[],
  queryFn: QueryFunction<T>,
): AskedOnce<T> {
  const { data, error, isFetching, refetch } = useQuery({
    queryKey,
    queryFn,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const again = error instanceof ToldError ? () => void refetch() : undefined;
  return { data, error: isFetching ? null : error, again };
}
