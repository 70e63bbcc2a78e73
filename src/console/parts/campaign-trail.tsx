// The way back from a page about something in a campaign.
import { Anchor, Breadcrumbs } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { Books } from "./with-books.tsx";

export function CampaignTrail({
  books,
  children,
}: {
  books: Pick<Books, "campaign" | "title">;
  children?: ReactNode;
}): ReactNode {
  return (
    <Breadcrumbs style={{ flexWrap: "wrap" }}>
      <Anchor component={Link} href={`/campaigns/${books.campaign}`} size="sm" underline="always">
        {books.title}
      </Anchor>
      {children}
    </Breadcrumbs>
  );
}
