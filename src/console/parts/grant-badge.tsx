// What state a grant is in.
import { Badge } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import type { AnswerOf } from "../../client/index.ts";

export type Grant = NonNullable<AnswerOf<"grant.show">["grant"]>;
export type GrantState = Grant["state"];

/** Red is for what was taken; all of them say it in words. */
const COLORS: Readonly<Record<GrantState, string>> = {
  reserved: "jade",
  redeemed: "gray",
  cancelled: "gray",
  expired: "gray",
  held: "yellow",
  clawed_back: "red",
};

export function GrantBadge({ state }: { state: GrantState }): ReactNode {
  const isOver = COLORS[state] === "gray";
  return (
    <Badge
      color={COLORS[state]}
      variant={isOver ? "default" : "light"}
      // Yellow on yellow is not read.
      {...(state === "held" && { c: "var(--hongbao-attention)" })}
      tt="none"
    >
      <FormattedMessage id={`grants.state.${state}`} />
    </Badge>
  );
}
