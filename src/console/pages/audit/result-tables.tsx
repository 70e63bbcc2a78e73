// What is wrong in a journal, place by place; and what was checked, how often.
import { Stack, Table, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { VERIFY_CHECKS } from "../../../journal/verify/findings.ts";
import type { VerifyReport } from "../../../journal/verify/verify.ts";
import { Wide } from "../../parts/wide.tsx";
import type { WordName } from "../../words/words.ts";

export function ProblemTable({
  problems,
  count,
}: {
  problems: VerifyReport["problems"];
  count: number;
}): ReactNode {
  const more = count - problems.length;
  return (
    <Named title="audit.problems" columns={["place", "what", "expected", "found"]} minWidth={720}>
      {problems.map(({ sequence, index, event, campaign, check, expected, found }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one place may be wrong in many ways.
        <Table.Tr key={place} className="outside">
          <Table.Td>
            <FormattedMessage
              id={index < 0 ? "audit.record" : "audit.event"}
              values={{ sequence, index, event }}
            />
            {campaign !== null && `, ${campaign}`}
          </Table.Td>
          <Table.Td lang="en">{VERIFY_CHECKS[check]}</Table.Td>
          <Table.Td lang="en">{expected}</Table.Td>
          <Table.Td lang="en" className="wrong">
            {found}
          </Table.Td>
        </Table.Tr>
      ))}
      {more > 0 && (
        <Table.Tr>
          <Table.Td colSpan={4}>
            <FormattedMessage id="audit.more" values={{ count: more }} />
          </Table.Td>
        </Table.Tr>
      )}
    </Named>
  );
}

export function CheckTable({ checks }: { checks: VerifyReport["checks"] }): ReactNode {
  const intl = useIntl();
  const made = checks.filter(({ count, problems }) => count > 0 || problems > 0);
  return (
    <Named title="audit.checks" columns={["result", "times", "what"]} minWidth={480}>
      {made.map(({ name, states, count, problems }) => (
        <Table.Tr key={name}>
          <Table.Td style={{ whiteSpace: "nowrap" }}>
            {problems === 0 ? (
              <>
                <span aria-hidden="true">✓ </span>
                <FormattedMessage id="audit.held" />
              </>
            ) : (
              <Text span className="wrong">
                <span aria-hidden="true">✗ </span>
                <FormattedMessage id="audit.wrong" values={{ count: problems }} />
              </Text>
            )}
          </Table.Td>
          <Table.Td className="number">{intl.formatNumber(count)}</Table.Td>
          <Table.Td lang="en">{states}</Table.Td>
        </Table.Tr>
      ))}
    </Named>
  );
}

type Column = "place" | "what" | "expected" | "found" | "result" | "times";

function Named({
  title,
  columns,
  minWidth,
  children,
}: {
  title: WordName;
  columns: readonly Column[];
  minWidth: number;
  children: ReactNode;
}): ReactNode {
  const intl = useIntl();
  return (
    <Stack gap="xs">
      <Title order={2}>
        <FormattedMessage id={title} />
      </Title>
      <Wide label={intl.formatMessage({ id: title })} minWidth={minWidth}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              {columns.map((name) => (
                <Table.Th key={name} className={name === "times" ? "number" : ""}>
                  <FormattedMessage id={`audit.${name}`} />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>{children}</Table.Tbody>
        </Table>
      </Wide>
    </Stack>
  );
}
