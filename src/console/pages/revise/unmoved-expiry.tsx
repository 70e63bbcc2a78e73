// A new expiry is for grants to come, unless somebody says that it holds for those given before.
import { Button, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import type { AnswerOf } from "../../../client/index.ts";
import type { Asked } from "./revise-form.tsx";

export function UnmovedExpiry({
  answer: { changes = [] },
  asked: { moveExpiry = [] },
  onMove,
}: {
  answer: AnswerOf<"campaign.revise">;
  asked: Asked;
  onMove: (offers: readonly string[]) => void;
}): ReactNode {
  const offers = changes.flatMap(({ path }) => /^offers (\S+) expires /.exec(path)?.[1] ?? []);
  const unmoved = [...new Set(offers)].filter((offer) => !moveExpiry.includes(offer));
  if (unmoved.length === 0) return null;
  return (
    <Group gap="sm">
      <Text>
        <FormattedMessage id="revise.unmoved" values={{ offers: unmoved.join(", ") }} />
      </Text>
      <Button size="compact-sm" variant="default" onClick={() => onMove(unmoved)}>
        <FormattedMessage id="revise.moveThem" />
      </Button>
    </Group>
  );
}
