// What an admin may do to exactly the grants that were found.
import { Alert, Button, Group, Stack } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { FormattedMessage } from "react-intl";
import { useMoney } from "../../parts/money.tsx";
import type { Books } from "../../parts/with-books.tsx";
import { type ActionName, possibleSteps } from "../grants/steps.ts";
import type { Tally } from "./act-on-all.ts";
import { AllDialog } from "./all-dialog.tsx";
import type { Preview } from "./preview.ts";

export function SuspectActions({ books, preview }: { books: Books; preview: Preview }): ReactNode {
  const [asked, setAsked] = useState<ActionName | null>(null);
  const [tally, setTally] = useState<Tally | null>(null);
  // Once all are done, the search shows what was before: only a new one can be acted upon.
  const isOver = tally !== null && tally.seen === tally.grants;
  const steps = isOver ? [] : stepsFor(preview);
  return (
    <Stack gap="sm">
      <Group gap="xs">
        {steps.map((step) => (
          <Button key={step} size="xs" variant="default" onClick={() => setAsked(step)}>
            <FormattedMessage id={`grants.${step}`} />
          </Button>
        ))}
      </Group>
      {tally !== null && <Result books={books} tally={tally} />}
      {asked !== null && (
        <AllDialog
          books={books}
          preview={preview}
          step={asked}
          onDone={setTally}
          onClose={() => setAsked(null)}
        />
      )}
    </Stack>
  );
}

function stepsFor({ states }: Preview): ActionName[] {
  const all = states.flatMap(possibleSteps);
  return (["hold", "release", "extend", "clawback"] as const).filter((step) => all.includes(step));
}

function Result({ books, tally }: { books: Books; tally: Tally }): ReactNode {
  const money = useMoney(books);
  const { done, grants, seen, changed, refused, isKnown } = tally;
  const values = {
    ...{ done, grants, changed, refused, left: grants - seen },
    returned: money(tally.returnedMinor),
    owed: money(tally.owedMinor),
  };
  const hasMoney = tally.returnedMinor + tally.owedMinor > 0;
  return (
    <Alert role="status" color={isKnown && done === grants ? "jade" : "yellow"}>
      <FormattedMessage id="grants.allDone" values={values} />{" "}
      {hasMoney && <FormattedMessage id="grants.allMoney" values={values} />}{" "}
      {isKnown && seen < grants && <FormattedMessage id="grants.allStopped" values={values} />}
      {isKnown && seen === grants && <FormattedMessage id="grants.allAgain" />}
      {!isKnown && <FormattedMessage id="grants.allUnknown" />}
    </Alert>
  );
}
