// How the budget burns since the start, against what was planned, and until when it lasts.
import { Group, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useSearchParams } from "wouter";
import type { LiveView } from "../../../client/index.ts";
import { burnChart, valueAt } from "../../../report/burn-chart.ts";
import { Chart } from "../../parts/chart/chart.tsx";
import { useMoney, usePercent } from "../../parts/money.tsx";
import { RunsOut } from "../../parts/runs-out.tsx";
import { Loaded } from "../../parts/states.tsx";
import { withParam } from "../../parts/with-param.ts";
import type { LiveStore } from "./live-store.ts";
import { useTimeTexts } from "./time-texts.ts";
import { type History, useBeat, useHistory } from "./use-live.ts";

type LineName = "issued" | "redeemed" | "curve" | "waves" | "even" | "expected" | "time";

const PLANS = {
  curves: { name: "curve", sentence: "live.ofCurve" },
  waves: { name: "waves", sentence: "live.ofWaves" },
  even: { name: "even", sentence: "live.ofEven" },
} as const;

export function Burn({ store, campaign }: { store: LiveStore; campaign: string }): ReactNode {
  const view = useBeat(store, "burn");
  const query = useHistory(campaign);
  // Once it is there, the page says itself whether it is old.
  const history = query.data?.history;
  const [search, setSearch] = useSearchParams();
  const intl = useIntl();
  const isWhole = search.get("span") === "whole";
  const choose = (span: string): void =>
    setSearch((now) => withParam(now, "span", span === "whole" ? span : ""), { replace: true });
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={2}>
          <FormattedMessage id="live.burn" />
        </Title>
        <SegmentedControl
          size="xs"
          value={isWhole ? "whole" : "sofar"}
          onChange={choose}
          data={[
            { value: "sofar", label: intl.formatMessage({ id: "live.soFar" }) },
            { value: "whole", label: intl.formatMessage({ id: "live.whole" }) },
          ]}
        />
      </Group>
      {history === undefined ? (
        <Loaded query={query}>{() => null}</Loaded>
      ) : (
        <Drawn view={view} history={history} isWhole={isWhole} />
      )}
    </Stack>
  );
}

function Drawn({
  view,
  history,
  isWhole,
}: {
  view: LiveView;
  history: History;
  isWhole: boolean;
}): ReactNode {
  const intl = useIntl();
  const { books, outlook } = view;
  const money = useMoney(books);
  const texts = useTimeTexts(books.timeZone);
  const word = (id: LineName): string => intl.formatMessage({ id: `live.${id}` });
  const { currency, decimals } = books;
  const short = { style: "currency", currency, notation: "compact" } as const;
  const { issuedMinor, redeemedMinor } = view;
  // After its close nothing burns any more.
  const atMs = Math.min(view.atMs, books.closesAtMs);
  const { budgetMinor, freeMinor, returnedMinor, setAsideMinor, overissue } = books;
  const leftMinor =
    overissue?.grantableMinor ?? Math.max(0, freeMinor - returnedMinor - setAsideMinor);
  const runOut = books.phase === "open" ? (outlook?.runOut ?? null) : null;
  return (
    <>
      <Planned view={view} history={history} />
      <RunsOut books={books} atMs={view.atMs} runOut={outlook?.runOut} />
      <Chart
        title={intl.formatMessage({ id: "live.burnTitle" }, { currency })}
        fileName={`${books.campaign}-burn`}
        draw={(isNarrow) =>
          burnChart({
            ...{ history, currency, decimals, isWhole, isNarrow, ...texts },
            now: { atMs, issuedMinor, redeemedMinor, leftMinor, budgetMinor, runOut },
            names: {
              ...{ issued: word("issued"), redeemed: word("redeemed") },
              plan: word(PLANS[history.planBy].name),
              expected: word("expected"),
              budget: `${intl.formatMessage({ id: "money.budget" })} ${money(budgetMinor)}`,
            },
            shortText: (value) => intl.formatNumber(value, short),
            valueText: (value) => money(Math.round(value * 10 ** decimals)),
            timeName: word("time"),
          })
        }
      />
    </>
  );
}

/** So far against the plan; when claims are over, what it was in all. */
function Planned({ view, history }: { view: LiveView; history: History }): ReactNode {
  const money = useMoney(view.books);
  const percent = usePercent();
  const { books, issuedMinor, redeemedMinor } = view;
  const isOver = books.phase === "settling" || books.phase === "closed";
  const plan = history.plan.map(({ atMs, minor }) => [atMs, minor] as const);
  const planned = isOver ? books.budgetMinor : valueAt(plan, view.atMs);
  if (!(planned > 0)) return null;
  const values = {
    issued: money(issuedMinor),
    redeemed: money(redeemedMinor),
    share: percent(issuedMinor / planned),
    planned: money(Math.round(planned)),
  };
  const beyond = books.overissue === undefined ? "live.again" : "live.againOrBeyond";
  return (
    <Text>
      <FormattedMessage
        id={isOver ? "live.inAll" : PLANS[history.planBy].sentence}
        values={values}
      />{" "}
      {issuedMinor > books.budgetMinor && <FormattedMessage id={beyond} />}
    </Text>
  );
}
