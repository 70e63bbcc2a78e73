// Something that is computed from assumptions, open on a desk: what is assumed on one side, what
// comes of it on the other.
import { Grid, Group, Stack, Title } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { shownTexts } from "../shown-text.ts";
import type { WordName } from "../words/words.ts";
import { Computing } from "./computing.tsx";
import { EnglishNote } from "./english-note.tsx";
import { KeepButton } from "./keep-button.tsx";
import { KnobPanel } from "./knob-panel.tsx";
import type { KnobLook } from "./knobs.tsx";
import { Loading } from "./states.tsx";
import type { Choices } from "./use-turned.ts";

export function Desk({
  title,
  now,
  progress,
  said,
  state,
  saving,
  knobs,
  how,
  result,
  children,
}: {
  title: string;
  /** What is being computed as it is turned. */
  now: { readonly error: Error | null; readonly isFetching: boolean };
  /** Of that, the share that is done. */
  progress: number;
  said: ReactNode;
  state: Choices;
  /** Buttons that keep and save. */
  saving: ReactNode;
  /** In the order in which they are shown. */
  knobs: readonly KnobLook[];
  how: WordName;
  /** Null: not there yet. */
  result: ReactNode;
  /** What comes after it, whether it is there or not. */
  children?: ReactNode;
}): ReactNode {
  const { turned, kept, turn, take, keep } = state;
  // What comes of files has not come from the server, whose texts are shown so.
  const shownKnobs = useMemo(() => shownTexts(knobs), [knobs]);
  return (
    <Stack gap="xl">
      <Stack gap="xs">
        <Title order={2} lang="en" className="outside">
          {shownTexts(title)}
        </Title>
        <EnglishNote />
        <Computing error={now.error} isRunning={now.isFetching} share={progress} />
        {said}
        <Group gap="xs" className="no-print">
          <KeepButton turned={turned} kept={kept} onKeep={keep} />
          {saving}
        </Group>
      </Stack>
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 4 }} className="knobs">
          <KnobPanel
            {...{ knobs: shownKnobs, how, turned }}
            onTurn={turn}
            onReset={() => take({})}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="xl">
            {result ?? <Loading />}
            {children}
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
