// Where one can go: the pages of the server, and those of the campaign that is looked at.
import { NavLink } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { Link, useLocation } from "wouter";
import type { WordName } from "../words/words.ts";
import { CAMPAIGN_PAGES, campaignAt } from "./campaign-pages.ts";

export function Pages({ onChoose }: { onChoose: () => void }): ReactNode {
  const [location] = useLocation();
  const at = campaignAt(location);
  const isCampaigns = location === "/" || location === "/open";
  return (
    <>
      <Page href="/" name="nav.campaigns" isHere={isCampaigns} onChoose={onChoose} />
      {at !== null &&
        CAMPAIGN_PAGES.map(({ path, name }) => (
          <Page
            key={path}
            href={`${at.base}${path}`}
            name={name}
            isHere={at.path === path}
            onChoose={onChoose}
            isInner
          />
        ))}
      <Page
        href="/reports"
        name="nav.reports"
        isHere={location.startsWith("/reports")}
        onChoose={onChoose}
      />
      <Page href="/plan" name="nav.plan" isHere={location === "/plan"} onChoose={onChoose} />
      <Page href="/value" name="nav.value" isHere={location === "/value"} onChoose={onChoose} />
      <Page
        href="/settings"
        name="settings.title"
        isHere={location.startsWith("/settings")}
        onChoose={onChoose}
      />
      <NavLink href="/docs" label={<FormattedMessage id="nav.api" />} />
    </>
  );
}

function Page({
  href,
  name,
  isHere,
  isInner = false,
  onChoose,
}: {
  href: string;
  name: WordName;
  isHere: boolean;
  isInner?: boolean;
  onChoose: () => void;
}): ReactNode {
  return (
    <NavLink
      component={Link}
      href={href}
      onClick={onChoose}
      active={isHere}
      aria-current={isHere ? "page" : undefined}
      pl={isInner ? "lg" : "sm"}
      py={isInner ? 6 : 8}
      label={<FormattedMessage id={name} />}
    />
  );
}
