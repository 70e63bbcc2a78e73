// What became of what somebody asked for, in words, where he looks next.
import { Alert } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { FormattedMessage } from "react-intl";
import type { AnswerOf } from "../../../client/index.ts";

export type Answered =
  | AnswerOf<"campaign.revise">
  | AnswerOf<"campaign.approve">
  | AnswerOf<"campaign.reject">;

const DONE = ["revised", "proposed", "ok", "rejected"] as const;
const REFUSED = [
  "unknown_proposal",
  "own_proposal",
  "campaign_closed",
  "revision_too_large",
] as const;

export function Said({ answered }: { answered: Answered }): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  const isDone = DONE.some((one) => one === answered.status);
  return (
    <Alert
      ref={place}
      tabIndex={-1}
      color={isDone ? "jade" : "yellow"}
      role={isDone ? "status" : "alert"}
    >
      <StatusWords answered={answered} />
    </Alert>
  );
}

export function StatusWords({ answered }: { answered: Answered }): ReactNode {
  const { status } = answered;
  const version = "version" in answered ? answered.version : 0;
  const known = [...DONE, ...REFUSED].find((one) => one === status);
  if (known === undefined) return status;
  return <FormattedMessage id={`revise.said.${known}`} values={{ version }} />;
}
