// What a revision changes, for whoever decides on it: values, money, grants that move, warnings.
import { Alert, Code, Stack, Table, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { AnswerOf } from "../../../client/index.ts";
import { ProblemTable } from "../../parts/campaign-file.tsx";
import { useLimitAmount } from "../../parts/limit-amount.tsx";
import { type Currency, useMoney } from "../../parts/money.tsx";
import { Wide } from "../../parts/wide.tsx";
import type { Books } from "../../parts/with-books.tsx";
import type { WordName } from "../../words/words.ts";
import { MoneyTable } from "./money-table.tsx";

export type Foreseen = AnswerOf<"campaign.revise">;

export function isNothing({ changes = [], grantsMoved = 0 }: Foreseen): boolean {
  return changes.length === 0 && grantsMoved === 0;
}

export function Effects({
  title,
  answer,
  books,
}: {
  /** Under which it stands: two may be on one page. */
  title: WordName;
  answer: Foreseen;
  books: Books;
}): ReactNode {
  const intl = useIntl();
  const label = intl.formatMessage({ id: title });
  const { changes = [], grantsMoved = 0, grantsMovedIsEstimate, problems = [] } = answer;
  if (isNothing(answer)) {
    return (
      <Text>
        <FormattedMessage id="revise.nothing" />
      </Text>
    );
  }
  const isAbout = grantsMovedIsEstimate === true;
  return (
    <Stack gap="md">
      {changes.length > 0 && <Changes {...{ label, changes, books }} />}
      {grantsMoved > 0 && (
        <Text>
          <FormattedMessage
            id={isAbout ? "revise.movedAbout" : "revise.moved"}
            values={{ count: grantsMoved }}
          />
        </Text>
      )}
      <MoneyTable label={label} answer={answer} books={books} />
      {answer.exceeded !== undefined && <Exceeded exceeded={answer.exceeded} books={books} />}
      {problems.length > 0 && (
        <Alert color="yellow" title={<FormattedMessage id="revise.warnings" />}>
          <ProblemTable problems={problems} />
        </Alert>
      )}
    </Stack>
  );
}

/** Limits below what was given already: nothing is taken back, and nothing more is granted. */
function Exceeded({
  exceeded,
  books,
}: {
  exceeded: NonNullable<Foreseen["exceeded"]>;
  books: Books;
}): ReactNode {
  const amount = useLimitAmount(books);
  return (
    <Alert color="yellow" className="outside">
      {exceeded.map((one) => {
        const figures = { limit: amount(one, one.limit), most: amount(one, one.most) };
        const values = { cap: one.cap, cells: one.cells ?? 0, ...figures };
        const id = one.cells === undefined ? "revise.exceeded" : "revise.exceededBy";
        return (
          <Text key={one.cap} size="sm">
            <FormattedMessage id={id} values={values} />
          </Text>
        );
      })}
    </Alert>
  );
}

/** What is another value from one version to the next. */
export function Changes({
  label,
  changes,
  books,
}: {
  label: string;
  changes: NonNullable<Foreseen["changes"]>;
  books: Currency;
}): ReactNode {
  const intl = useIntl();
  const money = useMoney(books);
  const told = (text: string, minor?: number): string =>
    minor === undefined ? text : money(minor);
  return (
    <Wide label={`${label}: ${intl.formatMessage({ id: "revise.changes" })}`} minWidth={320}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {(["what", "from", "to"] as const).map((name) => (
              <Table.Th key={name}>
                <FormattedMessage id={`revise.${name}`} />
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody lang="en">
          {changes.map(({ path, from, to, fromMinor, toMinor }) => (
            <Table.Tr key={path} className="outside">
              <Table.Td>
                <Code>{path}</Code>
              </Table.Td>
              <Table.Td className="quiet">{told(from, fromMinor)}</Table.Td>
              <Table.Td fw={600}>{told(to, toMinor)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}
