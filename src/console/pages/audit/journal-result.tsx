// What came of judging a journal: the verdict in a sentence, what is wrong and where, what it adds
// up to, what was checked, and what this does not show.
import { Alert, Code, List, Stack, Table, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { EnglishNote } from "../../parts/english-note.tsx";
import { useMoney } from "../../parts/money.tsx";
import { Wide } from "../../parts/wide.tsx";
import { CheckTable, ProblemTable } from "./result-tables.tsx";
import type { JournalResult as Result } from "./worker/verify-journal.ts";

type Campaign = Result["report"]["campaigns"][number];

export function JournalResult({ result }: { result: Result }): ReactNode {
  const { report, notices } = result;
  return (
    <Stack gap="lg">
      <Verdict result={result} />
      <EnglishNote />
      {report.problems.length > 0 && (
        <ProblemTable problems={report.problems} count={report.problemCount} />
      )}
      <Campaigns campaigns={report.campaigns} />
      <Under result={result} />
      <CheckTable checks={report.checks} />
      <Lines title="audit.notShown" lines={report.notes} />
      {notices.length > 0 && <Lines title="audit.notices" lines={notices} />}
    </Stack>
  );
}

function Verdict({ result }: { result: Result }): ReactNode {
  const { report, tookMs } = result;
  const { ok, records, events, problemCount } = report;
  const seconds = Math.round(tookMs / 100) / 10;
  return (
    <Alert
      color={ok ? "jade" : "red"}
      role={ok ? "status" : "alert"}
      title={<FormattedMessage id={ok ? "audit.sound" : "audit.unsound"} />}
    >
      <FormattedMessage
        id={ok ? "audit.soundSays" : "audit.unsoundSays"}
        values={{ records, events, count: problemCount }}
      />{" "}
      {!ok && <FormattedMessage id="audit.unsoundNext" />}{" "}
      <Text span c="dimmed">
        (<FormattedMessage id="audit.took" values={{ seconds }} />)
      </Text>
    </Alert>
  );
}

/** What the records are part of, and how far that is signed. */
function Under({ result }: { result: Result }): ReactNode {
  const intl = useIntl();
  const { report, checkpoints, keySource } = result;
  const { matched, coveredSequence } = report.checkpoints;
  const rest = report.lastSequence - coveredSequence;
  return (
    <Stack gap={4}>
      <Title order={2}>
        <FormattedMessage id="audit.chain" />
      </Title>
      {checkpoints === 0 ? (
        <Text>
          <FormattedMessage id="audit.uncovered" />
        </Text>
      ) : (
        <Text>
          <FormattedMessage
            id="audit.covered"
            values={{ matched, given: checkpoints, covered: coveredSequence }}
          />{" "}
          {rest > 0 && <FormattedMessage id="audit.rest" values={{ rest }} />}{" "}
          <FormattedMessage id={`audit.key.${keySource}`} />
        </Text>
      )}
      <Text size="sm" c="dimmed" className="outside">
        <FormattedMessage id="audit.ledger" /> <Code>{report.ledgerId}</Code>,{" "}
        <FormattedMessage id="audit.last" /> {intl.formatNumber(report.lastSequence)},{" "}
        {new Date(report.lastAtMs).toISOString()}, <FormattedMessage id="audit.chainValue" />{" "}
        <Code>{report.lastChain}</Code>
      </Text>
    </Stack>
  );
}

function Campaigns({ campaigns }: { campaigns: readonly Campaign[] }): ReactNode {
  const intl = useIntl();
  return (
    <Wide label={intl.formatMessage({ id: "audit.campaign" })} minWidth={520}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <FormattedMessage id="audit.campaign" />
            </Table.Th>
            <Table.Th>
              <FormattedMessage id="money.budget" />
            </Table.Th>
            <Table.Th className="number">
              <FormattedMessage id="audit.users" />
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {campaigns.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td className="outside">
                {one.title} <Code>{one.id}</Code>
              </Table.Td>
              <Table.Td>
                <Sum one={one} />
              </Table.Td>
              <Table.Td className="number">{intl.formatNumber(one.users)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}

function Sum({ one }: { one: Campaign }): ReactNode {
  const money = useMoney(one);
  const values = {
    spent: money(one.spentMinor),
    reserved: money(one.reservedMinor),
    settling: money(one.settlingMinor),
    free: money(one.freeMinor),
    budget: money(one.budgetMinor),
  };
  return <FormattedMessage id="audit.adds" values={values} />;
}

/** In the words of the code that judges, which are the same on the command line. */
function Lines({
  title,
  lines,
}: {
  title: "audit.notShown" | "audit.notices";
  lines: readonly string[];
}): ReactNode {
  return (
    <Stack gap={4}>
      <Title order={2}>
        <FormattedMessage id={title} />
      </Title>
      <List lang="en" size="sm" className="outside">
        {lines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </Stack>
  );
}
