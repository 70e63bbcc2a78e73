// A grant's id, which leads to its page.
import { Anchor, Code } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { grantAddress } from "./addresses.ts";

export function GrantLink({ campaign, grant }: { campaign: string; grant: string }): ReactNode {
  return (
    <Anchor component={Link} href={grantAddress(campaign, grant)} underline="always">
      <Code bg="transparent" c="inherit" p={0}>
        {grant}
      </Code>
    </Anchor>
  );
}
