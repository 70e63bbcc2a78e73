// Says that the id of a file is taken, as soon as it stands there and once the server refused it.
import { Alert, Anchor, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { Link } from "wouter";
import { CAMPAIGNS } from "../../parts/campaigns-query.ts";

/** The id as the file's own line has it; the rest of it is the server's to read. */
const OWN_LINE = /^campaign:\s*["']?([^\s"'#]+)/m;

export function TakenId({
  yaml,
  refused,
}: {
  yaml: string;
  /** What the server found taken; null: nothing. */
  refused: string | null;
}): ReactNode {
  const { data } = useQuery(CAMPAIGNS);
  const id = OWN_LINE.exec(yaml)?.[1];
  const found = data?.campaigns.find(({ campaign }) => campaign === id);
  const campaign = found?.campaign ?? (refused === id ? refused : null);
  if (campaign === null) return null;
  return (
    <Alert color={refused === campaign ? "red" : "yellow"} role="alert">
      <Text className="outside">
        <FormattedMessage
          id={refused === campaign ? "open.refusedId" : "open.takenId"}
          values={{ campaign, title: found?.title ?? campaign }}
        />{" "}
        <Anchor
          component={Link}
          href={`/campaigns/${encodeURIComponent(campaign)}`}
          underline="always"
          inherit
        >
          <FormattedMessage id="open.seeTaken" />
        </Anchor>
      </Text>
    </Alert>
  );
}
