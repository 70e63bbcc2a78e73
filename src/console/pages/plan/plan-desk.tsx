// A plan that is open: what is assumed on one side, what comes of it on the other.
import { Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { SampledStudy } from "../../../plan/study/sampled-study.ts";
import { planSentence } from "../../../plan/study/study-words.ts";
import { BUDGET, type Knob } from "../../../plan/what-if/knobs.ts";
import { burnPicture, netPicture } from "../../../plan/what-if/what-if-charts.ts";
import { currencyName } from "../../../report/format.ts";
import { Chart } from "../../parts/chart/chart.tsx";
import { Desk } from "../../parts/desk.tsx";
import type { OpenedFiles } from "../../parts/files-page.tsx";
import { turnedText } from "../../parts/turned.ts";
import { useTurned } from "../../parts/use-turned.ts";
import { useWorker } from "../../parts/use-worker.ts";
import { PlanFigures } from "./plan-figures.tsx";
import { PlanSaving } from "./plan-saving.tsx";
import type { OpenedPlan, PlanCall } from "./plan-worker.ts";
import { makePlanWorker, type Timed, useSampled, useStudied } from "./use-plan.ts";
import { WholeStudy } from "./whole-study.tsx";

/** After which nobody turns any more. */
const STILL_MS = 700;

export function PlanDesk({
  source,
  opened,
  campaign,
  calls,
}: OpenedFiles<PlanCall, OpenedPlan>): ReactNode {
  const [progress, setProgress] = useState(1);
  const { texts, knobs } = opened;
  const state = useTurned(knobs.map(({ id }) => id));
  const { turned, kept, take, keep } = state;
  const [still] = useDebouncedValue(turnedText(turned), STILL_MS);
  const asked = { calls, source, texts };
  const plan = useSampled({ ...asked, turned: {} });
  const now = useSampled({ ...asked, turned, onProgress: setProgress });
  const isStill = still === turnedText(turned) && now.isSuccess && !now.isPlaceholderData;
  const background = useWorker<PlanCall>(makePlanWorker);
  const behind = { ...asked, calls: background };
  const whole = useStudied({ ...behind, turned: {}, isEnabled: plan.isSuccess });
  const isTurned = Object.keys(turned).length > 0;
  return (
    <Desk
      {...{ title: opened.title, now, progress, state, how: "plan.knobsHow" }}
      said={<Said timed={now.data} />}
      saving={<PlanSaving {...asked} turned={turned} campaign={campaign} />}
      knobs={sorted(knobs, whole.data?.whyNet.bars ?? [])}
      result={
        plan.data !== undefined && now.data !== undefined ? (
          <>
            <PlanFigures
              {...{ ...asked, knobs, kept }}
              plan={plan.data.study}
              now={isTurned ? now.data.study : null}
              onKept={keep}
              onTake={take}
            />
            <Pictures plan={plan.data.study} now={now.data.study} />
          </>
        ) : null
      }
    >
      <WholeStudy {...behind} turned={turned} isEnabled={isStill} />
    </Desk>
  );
}

/** The budget, then what explains the spread of the net, the most first. */
function sorted(knobs: readonly Knob[], bars: readonly { readonly id: string }[]): Knob[] {
  const place = ({ id }: Knob): number => {
    if (id === BUDGET) return -1;
    const at = bars.findIndex((bar) => bar.id === id);
    return at < 0 ? bars.length : at;
  };
  return knobs.toSorted((a, b) => place(a) - place(b));
}

function Said({ timed }: { timed: Timed<SampledStudy> | undefined }): ReactNode {
  if (timed === undefined) return null;
  const { study, ms } = timed;
  return (
    <>
      <Text size="lg" fw={600} lang="en">
        {planSentence(study)}
      </Text>
      <Text size="xs" c="dimmed">
        <FormattedMessage id="plan.drawn" values={{ draws: study.draws, ms }} />
      </Text>
    </>
  );
}

function Pictures({ plan, now }: { plan: SampledStudy; now: SampledStudy }): ReactNode {
  const intl = useIntl();
  const isEnglish = intl.locale.startsWith("en");
  const currency = isEnglish ? currencyName(now.currency) : now.currency;
  const name = intl.formatMessage({ id: plan === now ? "plan.asPlanned" : "plan.now" });
  const names = {
    plan: intl.formatMessage({ id: "plan.asPlanned" }),
    now: intl.formatMessage({ id: "plan.now" }),
    lower: intl.formatMessage({ id: "plan.lower" }, { name }),
    upper: intl.formatMessage({ id: "plan.upper" }, { name }),
  };
  const spent = {
    ...{ ...names, x: intl.formatMessage({ id: "plan.days" }) },
    y: intl.formatMessage({ id: "plan.spentMillions" }, { currency }),
  };
  const net = {
    ...{ ...names, x: intl.formatMessage({ id: "plan.months" }) },
    y: intl.formatMessage({ id: "plan.netMillions" }, { currency }),
  };
  return (
    <Stack gap="lg">
      <Chart
        title={intl.formatMessage({ id: "plan.burn" })}
        draw={(isNarrow) => burnPicture(plan, now, spent, isNarrow)}
        fileName="plan-spent"
      />
      <Chart
        title={intl.formatMessage({ id: "plan.net" })}
        draw={(isNarrow) => netPicture(plan, now, net, isNarrow)}
        fileName="plan-net"
      />
    </Stack>
  );
}
