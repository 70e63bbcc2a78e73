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
      <Latency store={store} />
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

/**
 * Half of the answers, and all but 1 %: of claims where there are any, else of redemptions. Whole
 * batches are told where nobody calls for one alone.
 */
function Latency({ store }: { store: LiveStore }): ReactNode {
  const intl = useIntl();
  const { latency } = useKnown(store, ({ fast }) => fast)!.server;
  const single = latency.claim ?? latency.redeem;
  const batch = latency["claim.batch"] ?? latency["redeem.batch"];
  const told = single ?? batch;
  const ms = (value: number): string =>
    intl.formatNumber(value, { maximumFractionDigits: value < 10 ? 1 : 0 });
  const isBatch = single === undefined && batch !== undefined;
  return (
    <Tile name={isBatch ? "live.latencyOfBatches" : "live.latency"}>
      {told === undefined ? "–" : `${ms(told.p50Ms)} / ${ms(told.p99Ms)}`}
    </Tile>
  );
}

function Queue({ store }: { store: LiveStore }): ReactNode {
  const intl = useIntl();
  return intl.formatNumber(useKnown(store, ({ fast }) => fast)!.server.waitingLines);
}
