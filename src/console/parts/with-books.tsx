// A campaign's books, asked for again and again, for every page that is about one campaign.
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import type { AnswerOf } from "../../client/index.ts";
import { client, isUnknown } from "../client.ts";
import { Loaded, Unknown } from "./states.tsx";

export type Books = NonNullable<AnswerOf<"campaign.show">["books"]>;

export function WithBooks({
  campaign,
  children,
}: {
  campaign: string;
  /** With the server's time at which they were read. */
  children: (books: Books, atMs: number) => ReactNode;
}): ReactNode {
  const query = useQuery({
    queryKey: ["campaign", campaign],
    queryFn: ({ signal }) => client.campaign.show({ campaign }, { signal, totalMs: 3_000 }),
    refetchInterval: 1_000,
  });
  const unknown = (
    <Unknown what={<FormattedMessage id="campaign.unknown" values={{ campaign }} />} list="/">
      <FormattedMessage id="page.home" />
    </Unknown>
  );
  if (isUnknown(query.error, "campaign")) return unknown;
  return (
    <Loaded query={query}>
      {({ books, atMs }) => (books === undefined ? unknown : children(books, atMs))}
    </Loaded>
  );
}
