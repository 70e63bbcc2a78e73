// The way back from a page about something in a campaign.
import { Anchor, Breadcrumbs } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { RehearsalBadge } from "./phase-badge.tsx";
import type { Books } from "./with-books.tsx";

export function CampaignTrail({
  books,
  children,
}: {
  books: Pick<Books, "campaign" | "title" | "rehearsal">;
  children?: ReactNode;
}): ReactNode {
  return (
    <Breadcrumbs style={{ flexWrap: "wrap" }}>
      <Anchor component={Link} href={`/campaigns/${books.campaign}`} size="sm" underline="always">
        {books.title}
      </Anchor>
      {children}
      {books.rehearsal === true && <RehearsalBadge />}
    </Breadcrumbs>
  );
}
