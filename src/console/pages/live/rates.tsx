// Claims, grants, redemptions and refusals a second, over the last ten minutes.
import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { timeChart } from "../../../report/time-chart.ts";
import { Chart } from "../../parts/chart/chart.tsx";
import type { LiveStore } from "./live-store.ts";
import { RATES } from "./rate-ring.ts";
import { useTimeTexts } from "./time-texts.ts";
import { useBeat } from "./use-live.ts";

const LEAST_MS = 60_000;
/** Pixels: what follows stays where it is when the chart comes. */
const CHART = 292;
/** The same thing has the same colour as in the chart of the budget. */
const COLOURS = { claims: 4, grants: 1, redemptions: 3, refusals: 0 } as const;

export function Rates({ store }: { store: LiveStore }): ReactNode {
  const intl = useIntl();
  const { atMs, books } = useBeat(store, "rates");
  const texts = useTimeTexts(books.timeZone);
  const { rates } = store;
  const number = (value: number): string =>
    intl.formatNumber(value, { maximumFractionDigits: value < 10 ? 1 : 0 });
  const isEmpty = RATES.every((name) => !rates.points(name).some(([, rate]) => rate >= 0));
  return (
    <Stack gap="xs">
      <Title order={2}>
        <FormattedMessage id="live.rates" />
      </Title>
      <Text c="dimmed" size="sm">
        <FormattedMessage id="live.ratesSince" />
      </Text>
      {isEmpty ? (
        <Text h={CHART}>
          <FormattedMessage id="live.noRates" />
        </Text>
      ) : (
        <Chart
          title={intl.formatMessage({ id: "live.ratesTitle" })}
          fileName={`${books.campaign}-rates`}
          draw={(isNarrow) => {
            const lines = RATES.map((name) => ({
              name: intl.formatMessage({ id: `live.${name}` }),
              points: rates.points(name),
              colour: COLOURS[name],
            }));
            const firstMs = lines[0]!.points[0]?.[0] ?? atMs;
            const span = { fromMs: Math.min(firstMs, atMs - LEAST_MS), toMs: atMs };
            return timeChart({
              ...{ ...span, ...texts, lines, isNarrow },
              ...{ shortText: number, valueText: number },
              timeName: intl.formatMessage({ id: "live.time" }),
            });
          }}
        />
      )}
    </Stack>
  );
}
