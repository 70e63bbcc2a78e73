// The changed file, why, and whose expiry moves with it; then its preview. Only what was previewed
// can be applied: the file, the reason and the version that were sent, not what stands here later.
import { Alert, Button, Group, Stack, TagsInput, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { InputOf } from "../../../client/index.ts";
import { client } from "../../client.ts";
import { CampaignFileField, ProblemTable, useCampaignFile } from "../../parts/campaign-file.tsx";
import { forgetDrafts, useDraft } from "../../parts/draft.ts";
import { useWish } from "../../parts/use-wish.ts";
import { isReason, WhyField } from "../../parts/why-field.tsx";
import type { Books } from "../../parts/with-books.tsx";
import { AgainstForce } from "./against-force.tsx";
import { Failure } from "./failure.tsx";
import { BackToForce, InForce, useFileInForce } from "./in-force.tsx";
import { RevisionPreview } from "./revision-preview.tsx";
import type { Answered } from "./said.tsx";

export type Asked = InputOf<"campaign.revise">;

export function ReviseForm({
  books,
  onAnswer,
}: {
  books: Books;
  onAnswer: (answered: Answered) => void;
}): ReactNode {
  const inForce = useFileInForce(books);
  const draft = `revise.${books.campaign}.`;
  const file = useCampaignFile(`${draft}yaml`, inForce.data?.yaml);
  const [why, setWhy] = useDraft(`${draft}why`, "");
  const [moveExpiry, setMoveExpiry] = useDraft<string[]>(`${draft}move`, []);
  const preview = useMutation({
    mutationFn: (asked: Asked) => client.campaign.revise({ ...asked, preview: true }),
  });
  const apply = useWish(
    (options, asked: Asked) => client.campaign.revise(asked, options),
    (answer) => {
      if (answer.status === "revision_conflict") return;
      preview.reset();
      setWhy("");
      setMoveExpiry([]);
      forgetDrafts(draft);
      onAnswer(answer);
    },
    // A proposal stays as it is while somebody reads it.
    { shown: ["campaign", books.campaign] },
  );
  // Whoever came too late knows a newer version than the books that were read before.
  const known = [preview.data, apply.data].map((answer) => answer?.version ?? 0);
  const asked: Asked = {
    campaign: books.campaign,
    yaml: file.yaml,
    version: Math.max(books.version, ...known) + 1,
    why: why.trim(),
    ...(moveExpiry.length > 0 ? { moveExpiry } : {}),
  };
  const isReady = file.isValid && isReason(why);
  const look = (): void => {
    apply.reset();
    preview.mutate(asked);
  };
  return (
    <Stack gap="md">
      <Title order={2}>
        <FormattedMessage id="revise.change" />
      </Title>
      <Text>
        <FormattedMessage id="revise.how" />
      </Text>
      <CampaignFileField file={file}>
        <BackToForce file={file} />
      </CampaignFileField>
      <InForce inForce={inForce} file={file} />
      <Problems file={file} />
      <AgainstForce books={books} file={file} />
      <Reasons {...{ why, setWhy, moveExpiry, setMoveExpiry }} />
      <Group>
        <Button variant="default" disabled={!isReady} loading={preview.isPending} onClick={look}>
          <FormattedMessage id="revise.preview" />
        </Button>
        {!isReady && (
          <Text size="sm" c="dimmed">
            <FormattedMessage id="revise.needs" />
          </Text>
        )}
      </Group>
      <Failure error={preview.error ?? file.error} />
      {preview.data !== undefined && (
        <RevisionPreview
          {...{ books, asked, apply, isReady }}
          seen={{ asked: preview.variables, answer: preview.data }}
          onLook={look}
          onMove={(offers) => setMoveExpiry([...new Set([...moveExpiry, ...offers])])}
        />
      )}
    </Stack>
  );
}

/** What is wrong with the file by itself. Warnings come with the preview. */
function Problems({ file }: { file: ReturnType<typeof useCampaignFile> }): ReactNode {
  const wrong = file.check?.problems.filter(({ severity }) => severity === "error") ?? [];
  return (
    <div aria-live="polite">
      {wrong.length > 0 && (
        <Alert
          color="red"
          title={<FormattedMessage id="open.problems" values={{ count: wrong.length }} />}
        >
          <ProblemTable problems={wrong} />
        </Alert>
      )}
      {file.isValid && (
        <Text size="sm" c="dimmed">
          <FormattedMessage id="revise.valid" />
        </Text>
      )}
    </div>
  );
}

function Reasons({
  why,
  setWhy,
  moveExpiry,
  setMoveExpiry,
}: {
  why: string;
  setWhy: (why: string) => void;
  moveExpiry: string[];
  setMoveExpiry: (offers: string[]) => void;
}): ReactNode {
  const intl = useIntl();
  return (
    <>
      <WhyField label="revise.why" value={why} onChange={setWhy} />
      <TagsInput
        label={intl.formatMessage({ id: "revise.move" })}
        description={intl.formatMessage({ id: "revise.moveHint" })}
        value={moveExpiry}
        onChange={setMoveExpiry}
        acceptValueOnBlur
        splitChars={[",", " "]}
      />
    </>
  );
}
