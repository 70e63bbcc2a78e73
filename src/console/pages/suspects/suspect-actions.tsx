// What an admin may do to exactly the grants that were found, and what came of it.
import { Alert, Button, Group } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { FormattedMessage } from "react-intl";
import { useMoney } from "../../parts/money.tsx";
import type { Books } from "../../parts/with-books.tsx";
import { type ActionName, possibleSteps } from "../grants/steps.ts";
import type { Tally } from "./act-on-all.ts";
import { AllDialog } from "./all-dialog.tsx";
import type { Preview } from "./preview.ts";

export function SuspectActions({
  books,
  preview,
  isFinding,
  onDone,
  onLeft,
}: {
  books: Books;
  preview: Preview;
  /** Whether they are found anew: what stands here is what was before. */
  isFinding: boolean;
  onDone: (tally: Tally) => void;
  onLeft: () => void;
}): ReactNode {
  const [asked, setAsked] = useState<ActionName | null>(null);
  return (
    <>
      <Group gap="xs">
        {stepsFor(preview).map((step) => (
          <Button
            key={step}
            size="xs"
            variant="default"
            disabled={isFinding}
            onClick={() => setAsked(step)}
          >
            <FormattedMessage id={`grants.${step}`} />
          </Button>
        ))}
      </Group>
      {asked !== null && (
        <AllDialog
          books={books}
          preview={preview}
          step={asked}
          onDone={onDone}
          onLeft={onLeft}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

function stepsFor({ states }: Preview): ActionName[] {
  const all = states.flatMap(possibleSteps);
  return (["hold", "release", "extend", "clawback"] as const).filter((step) => all.includes(step));
}

export function ActResult({ books, tally }: { books: Books; tally: Tally }): ReactNode {
  const money = useMoney(books);
  const { done, grants, changed, refused, isKnown } = tally;
  const values = {
    ...{ done, grants, changed, refused },
    returned: money(tally.returnedMinor),
    owed: money(tally.owedMinor),
  };
  const hasMoney = tally.returnedMinor + tally.owedMinor > 0;
  return (
    <Alert role="status" color={isKnown && done === grants ? "jade" : "yellow"}>
      <FormattedMessage id="grants.allDone" values={values} />{" "}
      {hasMoney && <FormattedMessage id="grants.allMoney" values={values} />}{" "}
      {!isKnown && <FormattedMessage id="grants.allUnknown" />}
    </Alert>
  );
}
