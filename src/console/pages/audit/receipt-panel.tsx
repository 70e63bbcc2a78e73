// Whether a receipt is genuine, what it then proves, and what it does not.
import { Alert, Button, FileButton, List, Stack, Text, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { useMoney, useTime } from "../../parts/money.tsx";
import { readFile } from "../../parts/read-file.ts";
import type { Books } from "../../parts/with-books.tsx";
import type { WordName } from "../../words/words.ts";
import { useLogKeys } from "./log-queries.ts";
import { type AuditState, useAudit } from "./use-audit.ts";
import type { ReceiptResult, ToldFacts } from "./worker/messages.ts";

/** Twice what a receipt can be. */
const TEXT_MAX = 2_097_152;

export function ReceiptPanel({ books }: { books: Books }): ReactNode {
  const [serverKey = ""] = useLogKeys();
  const [text, setText] = useState("");
  const [typedKey, setTypedKey] = useState<string | null>(null);
  const [witnesses, setWitnesses] = useState("");
  const { state, ask, stop } = useAudit("receipt");
  const key = typedKey ?? serverKey;
  const change = (next: () => void): void => {
    // What was found is of what stood there before.
    stop();
    next();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    ask({ kind: "receipt", text, key, witnesses });
  };
  const read = useMutation({
    mutationFn: (file: File) => readFile(file, TEXT_MAX),
    onSuccess: (content) => change(() => setText(content)),
  });
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text>
          <FormattedMessage id="audit.receiptHow" />
        </Text>
        <Area
          name="audit.receiptText"
          value={text}
          rows={4}
          onChange={(next) => change(() => setText(next))}
        />
        <FileButton
          accept=".json,.receipt,application/json"
          onChange={(file) => file !== null && read.mutate(file)}
        >
          {(props) => (
            <Button {...props} size="xs" variant="default" w="fit-content">
              <FormattedMessage id="audit.file" />
            </Button>
          )}
        </FileButton>
        <FailureAlert error={read.error} />
        <Area
          name="audit.key"
          how="audit.keyHow"
          value={key}
          onChange={(next) => change(() => setTypedKey(next))}
        />
        <Area
          name="audit.witnessKeys"
          value={witnesses}
          onChange={(next) => change(() => setWitnesses(next))}
        />
        <Button
          type="submit"
          w="fit-content"
          loading={state.step === "running"}
          disabled={text.trim() === "" || key.trim() === ""}
        >
          <FormattedMessage id="audit.check" />
        </Button>
        <Result books={books} state={state} />
      </Stack>
    </form>
  );
}

function Result({ books, state }: { books: Books; state: AuditState<ReceiptResult> }): ReactNode {
  if (state.step === "refused") return <Wrong why={state.refusal.message} />;
  if (state.step !== "done") return null;
  const { result } = state;
  if ("wrong" in result) return <Wrong why={result.wrong} />;
  return <Genuine books={books} facts={result.facts} />;
}

function Area({
  name,
  how,
  value,
  rows = 1,
  onChange,
}: {
  name: WordName;
  how?: WordName;
  value: string;
  rows?: number;
  onChange: (value: string) => void;
}): ReactNode {
  const intl = useIntl();
  return (
    <Textarea
      label={intl.formatMessage({ id: name })}
      {...(how !== undefined && { description: intl.formatMessage({ id: how }) })}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autosize
      minRows={rows}
      maxRows={8}
      spellCheck={false}
      autoComplete="off"
    />
  );
}

function Wrong({ why }: { why: string }): ReactNode {
  return (
    <Alert color="red" role="alert" title={<FormattedMessage id="audit.notGenuine" />}>
      {/* The words of the code that checks: the same on the command line. */}
      <Text lang="en" className="outside">
        {why}
      </Text>
    </Alert>
  );
}

function Genuine({ books, facts }: { books: Books; facts: ToldFacts }): ReactNode {
  const time = useTime(books.timeZone);
  const money = useMoney(facts.subject);
  const { sequence, origin, size, grant, amountMinor, atMs, key, witnesses, subject } = facts;
  const values = {
    ...{ sequence, origin, size, grant, key, at: time(atMs) },
    amount: money(amountMinor),
  };
  const isGrant = facts.redemption < 0;
  return (
    <Alert color="jade" role="status" title={<FormattedMessage id="audit.genuine" />}>
      <Stack gap="sm" className="outside">
        <Listed title="audit.proves">
          {facts.rehearsal && <Item id="audit.rehearsal" />}
          <Item id={isGrant ? "audit.provesGrant" : "audit.provesRedemption"} values={values} />
          <Item id="audit.provesSigned" values={values} />
          {facts.isRotated && <Item id="audit.provesRotated" />}
          {witnesses.map(({ name, atMs: seenAtMs }) => (
            <Item
              key={name}
              id="audit.provesWitness"
              values={{ name, at: seenAtMs === null ? "–" : time(seenAtMs) }}
            />
          ))}
        </Listed>
        <Listed title="audit.says">
          <Item
            id="audit.saysNames"
            values={{ campaign: subject.campaign, grant: subject.grant }}
          />
        </Listed>
        <Listed title="audit.provesNot">
          <Item id="audit.notWho" />
          <Item id="audit.notLater" />
          <Item id="audit.notPaid" />
          {witnesses.length === 0 && <Item id="audit.notOthers" />}
        </Listed>
      </Stack>
    </Alert>
  );
}

function Listed({ title, children }: { title: WordName; children: ReactNode }): ReactNode {
  return (
    <div>
      <Text fw={600}>
        <FormattedMessage id={title} />
      </Text>
      <List>{children}</List>
    </div>
  );
}

function Item({
  id,
  values = {},
}: {
  id: WordName;
  values?: Record<string, string | number>;
}): ReactNode {
  return (
    <List.Item>
      <FormattedMessage id={id} values={values} />
    </List.Item>
  );
}
