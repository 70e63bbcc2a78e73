// A valuation that is open: what is assumed on one side, what it does to the company on the other.
import { Alert, Text } from "@mantine/core";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { type ReactNode, useDeferredValue, useMemo, useState } from "react";
import { FormattedMessage } from "react-intl";
import type { Knob } from "../../../plan/what-if/knobs.ts";
import type { Valuation } from "../../../value/valuation.ts";
import { valuationReport } from "../../../value/valuation-report.ts";
import { OF_VALUE } from "../../../value/what-if/value-knobs.ts";
import type { ValueTexts } from "../../../value/what-if/value-texts.ts";
import { Desk } from "../../parts/desk.tsx";
import type { OpenedFiles } from "../../parts/files-page.tsx";
import { turnedWords } from "../../parts/knob-panel.tsx";
import { ReportBody } from "../../parts/report/report-document.tsx";
import { SideBySide } from "../../parts/side-by-side.tsx";
import { type Turned, turnedText } from "../../parts/turned.ts";
import { useTurned } from "../../parts/use-turned.ts";
import type { WorkerCalls } from "../../parts/worker-calls.ts";
import { shownTexts } from "../../shown-text.ts";
import { VALUE_ROWS } from "./value-rows.ts";
import { ValueSaving } from "./value-saving.tsx";
import type { OpenedWhole, ValueCall } from "./value-worker.ts";

interface Asked {
  readonly calls: WorkerCalls<ValueCall>;
  readonly source: string;
  readonly texts: ValueTexts;
  readonly turned: Turned;
  readonly onProgress?: (share: number) => void;
}

interface Timed {
  readonly valuation: Valuation;
  /** From the moment at which it was asked for. */
  readonly ms: number;
}

function useValuation(asked: Asked): UseQueryResult<Timed> {
  const { calls, source, texts, turned, onProgress } = asked;
  return useQuery({
    queryKey: ["value", source, turnedText(turned)],
    queryFn: async ({ signal }) => {
      const fromMs = performance.now();
      const call = { kind: "value", texts, turned } as const;
      const valuation = await calls.call<Valuation>(call, signal, onProgress);
      return { valuation, ms: Math.round(performance.now() - fromMs) };
    },
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    retry: false,
  });
}

export function ValueDesk({
  source,
  opened,
  campaign,
  calls,
}: OpenedFiles<ValueCall, OpenedWhole>): ReactNode {
  const [progress, setProgress] = useState(1);
  const { texts, knobs, hasEvent } = opened;
  const state = useTurned(knobs.map(({ id }) => id));
  const { turned, kept, take, keep } = state;
  const asked = { calls, source, texts };
  const assumed = useValuation({ ...asked, turned: {} });
  const now = useValuation({ ...asked, turned, onProgress: setProgress });
  const drivers = assumed.data?.valuation.drivers.byCashFlow ?? [];
  return (
    <Desk
      {...{ title: opened.title, now, progress, state, how: "value.knobsHow" }}
      said={
        <>
          {hasEvent && (
            <Alert color="gray">
              <FormattedMessage id="value.noEvent" />
            </Alert>
          )}
          <Drawn timed={now.data} />
        </>
      }
      saving={<ValueSaving {...asked} turned={turned} campaign={campaign} />}
      knobs={sorted(knobs, drivers)}
      result={
        assumed.data !== undefined && now.data !== undefined ? (
          <>
            <Figures
              {...{ ...asked, knobs, kept }}
              assumed={assumed.data.valuation}
              now={Object.keys(turned).length === 0 ? null : now.data.valuation}
              onKept={keep}
              onTake={take}
            />
            <WholeValuation valuation={now.data.valuation} />
          </>
        ) : null
      }
    />
  );
}

/** After what is seen at once: it is long, and its charts are many. */
function WholeValuation({ valuation }: { valuation: Valuation }): ReactNode {
  const shown = useDeferredValue(valuation);
  const document = useMemo(() => valuationReport(shownTexts(shown)), [shown]);
  return <ReportBody document={document} />;
}

/** What the campaign's figures rest on, and how quickly they were drawn. */
function Drawn({ timed }: { timed: Timed | undefined }): ReactNode {
  if (timed === undefined) return null;
  const { valuation, ms } = timed;
  return (
    <>
      <Text size="sm" lang="en" className="outside">
        {shownTexts(valuation.campaign.from)}
      </Text>
      <Text size="xs" c="dimmed">
        <FormattedMessage id="plan.drawn" values={{ draws: valuation.draws, ms }} />
      </Text>
    </>
  );
}

/** What moves a share most first; the company's own before what its plan assumes. */
function sorted(knobs: readonly Knob[], drivers: readonly { readonly id: string }[]): Knob[] {
  const place = ({ id }: Knob): number => {
    const own = id.startsWith(OF_VALUE) ? id.slice(OF_VALUE.length) : id;
    const at = drivers.findIndex((driver) => driver.id === own);
    if (at >= 0) return at;
    return drivers.length + (id.startsWith(OF_VALUE) ? 0 : 1);
  };
  return knobs.toSorted((a, b) => place(a) - place(b));
}

function Figures({
  knobs,
  assumed,
  now,
  kept,
  onKept,
  onTake,
  ...asked
}: Omit<Asked, "turned"> & {
  readonly knobs: readonly Knob[];
  readonly assumed: Valuation;
  readonly now: Valuation | null;
  readonly kept: readonly Turned[];
  readonly onKept: (kept: readonly Turned[]) => void;
  readonly onTake: (turned: Turned) => void;
}): ReactNode {
  // As many questions each time, whatever is kept: at most so many columns are.
  const columns = [
    useValuation({ ...asked, turned: kept[0] ?? {} }),
    useValuation({ ...asked, turned: kept[1] ?? {} }),
    useValuation({ ...asked, turned: kept[2] ?? {} }),
    useValuation({ ...asked, turned: kept[3] ?? {} }),
  ].slice(0, kept.length);
  return (
    <SideBySide
      {...{ assumed, now, kept, onKept, onTake }}
      rows={VALUE_ROWS}
      level={assumed.level}
      keptValues={columns.map(({ data, isPlaceholderData }) =>
        isPlaceholderData ? undefined : data?.valuation,
      )}
      saidOf={(turned) => turnedWords(turned, knobs)}
    />
  );
}
