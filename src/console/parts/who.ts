// Whoever acted is known to the journal by the id of a key; people know its name.
import { useQuery } from "@tanstack/react-query";
import { client } from "../client.ts";
import { useIsAdmin } from "../session/session.ts";

/** `finance (k-2)`; the id alone to those who may not see keys, and of what is no key. */
export function useWho(): (by: string) => string {
  const { data } = useQuery({
    queryKey: ["keys"],
    queryFn: ({ signal }) => client.keys.list({}, { signal }),
    enabled: useIsAdmin(),
  });
  return (by) => {
    const key = data?.keys.find((one) => one.key === by);
    return key === undefined ? by : `${key.name} (${by})`;
  };
}
