// The figures that move several times a second.
import { Paper, SimpleGrid, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { WordName } from "../../words/words.ts";
import type { LiveStore } from "./live-store.ts";
import { RATES, type RateName } from "./rate-ring.ts";
import { useKnown } from "./use-live.ts";

export function Figures({ store }: { store: LiveStore }): ReactNode {
  return (
    <SimpleGrid cols={{ base: 2, xs: 3, md: 6 }} spacing="sm">
      {RATES.map((name) => (
        <Tile key={name} name={`live.${name}PerSecond`}>
          <Rate store={store} name={name} />
        </Tile>
      ))}
      <Tile name="live.latency">
        <Latency store={store} />
      </Tile>
      <Tile name="live.queue">
        <Queue store={store} />
      </Tile>
    </SimpleGrid>
  );
}

function Tile({ name, children }: { name: WordName; children: ReactNode }): ReactNode {
  return (
    <Paper withBorder px="sm" py={6}>
      <Text size="xs" c="dimmed">
        <FormattedMessage id={name} />
      </Text>
      <Text fw={600} size="xl" component="div">
        {children}
      </Text>
    </Paper>
  );
}

function Rate({ store, name }: { store: LiveStore; name: RateName }): ReactNode {
  const intl = useIntl();
  const rate = useKnown(store, ({ rates }) => rates.now(name));
  if (Number.isNaN(rate)) return "–";
  return intl.formatNumber(rate, { maximumFractionDigits: rate < 10 ? 1 : 0 });
}

/** Of claims where there are any, else of redemptions: half of the answers, and all but 1 %. */
function Latency({ store }: { store: LiveStore }): ReactNode {
  const intl = useIntl();
  const { claim, redeem } = useKnown(store, ({ fast }) => fast)!.server.latency;
  const latency = claim ?? redeem;
  if (latency === undefined) return "–";
  const ms = (value: number): string =>
    intl.formatNumber(value, { maximumFractionDigits: value < 10 ? 1 : 0 });
  return `${ms(latency.p50Ms)} / ${ms(latency.p99Ms)}`;
}

function Queue({ store }: { store: LiveStore }): ReactNode {
  const intl = useIntl();
  return intl.formatNumber(useKnown(store, ({ fast }) => fast)!.server.waitingLines);
}
