// Offers the tour to whoever comes for the first time.
import { Button, Group, Paper, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import type { Tour } from "./tour.ts";

export function TourOffer({ tour }: { tour: Tour }): ReactNode {
  if (!tour.isNew) return null;
  return (
    <Paper withBorder p="xs" mb="md" className="no-print">
      <Group justify="space-between">
        <Text size="sm">
          <FormattedMessage id="tour.offer" />
        </Text>
        <Group gap="xs">
          <Button size="xs" onClick={tour.start}>
            <FormattedMessage id="tour.start" />
          </Button>
          <Button size="xs" variant="default" onClick={tour.pass}>
            <FormattedMessage id="tour.pass" />
          </Button>
        </Group>
      </Group>
    </Paper>
  );
}
