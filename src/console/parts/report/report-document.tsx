// A report as the command line makes it (sentences, tables, charts), shown in the console. Its
// words are those of the report, which speaks English.
import { Alert, Anchor, Group, Stack, Text, Title } from "@mantine/core";
import { memo, type NamedExoticComponent, type ReactNode, useEffect } from "react";
import { useIntl } from "react-intl";
import { assertNever } from "../../../base/assert.ts";
import type { Block, ReportDocument, Section } from "../../../report/document.ts";
import { Chart } from "../chart/chart.tsx";
import { ToneBadge } from "../tone-badge.tsx";
import { ReportTable } from "./report-table.tsx";

interface BodyProps {
  readonly document: ReportDocument;
}

/** Without its title, which is the page's. Drawn anew only for another document: it is long. */
export const ReportBody: NamedExoticComponent<BodyProps> = memo(Body);

function Body({ document: report }: BodyProps): ReactNode {
  const { lead = [], sections, foot = [] } = report;
  return (
    <Stack gap="xl" lang="en">
      {lead.length > 0 && (
        <Stack gap="sm">
          <Blocks blocks={lead} />
        </Stack>
      )}
      {sections.length >= LISTED_LEAST && <SectionList sections={sections} />}
      {sections.map((section, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sections may share a title.
        <ReportSection key={i} id={sectionId(i)} section={section} />
      ))}
      {foot.length > 0 && (
        <Stack gap={4}>
          {[...new Set(foot)].map((line) => (
            <Text key={line} size="xs" c="dimmed" className="outside">
              {line}
            </Text>
          ))}
        </Stack>
      )}
    </Stack>
  );
}

/** Fewer are seen at a glance. */
const LISTED_LEAST = 4;

/** As addresses have it, for whoever is sent to one. */
function sectionId(i: number): string {
  return `section-${i + 1}`;
}

function SectionList({ sections }: { sections: readonly Section[] }): ReactNode {
  const intl = useIntl();
  useEffect(() => {
    // The report came after the address was read.
    if (location.hash !== "") document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, []);
  return (
    <nav
      lang={intl.locale}
      aria-label={intl.formatMessage({ id: "reports.sections" })}
      className="no-print"
    >
      <Group gap="md" lang="en" style={{ rowGap: 0 }}>
        {sections.map(({ title }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sections may share a title.
          <Anchor key={i} href={`#${sectionId(i)}`} size="sm" py={4} className="outside">
            {title}
          </Anchor>
        ))}
      </Group>
    </nav>
  );
}

function ReportSection({ id, section }: { id: string; section: Section }): ReactNode {
  const { title, badge, badgeTone, blocks } = section;
  return (
    <Stack component="section" gap="sm" id={id} className="section">
      <Group gap="sm">
        <Title order={2} className="outside">
          {title}
        </Title>
        {badge !== undefined && (
          <ToneBadge {...(badgeTone === undefined ? {} : { tone: badgeTone })}>{badge}</ToneBadge>
        )}
      </Group>
      <Blocks blocks={blocks} />
    </Stack>
  );
}

export function Blocks({ blocks }: { blocks: readonly Block[] }): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: a block of a report has no name but its place.
  return blocks.map((block, i) => <ReportBlock key={i} block={block} />);
}

function ReportBlock({ block }: { block: Block }): ReactNode {
  switch (block.kind) {
    case "headline":
      return (
        <Text size="lg" fw={600} maw={900} className="outside">
          {block.text}
        </Text>
      );
    case "text":
      return (
        <Text maw={900} className="outside">
          {block.pageText ?? block.text}
        </Text>
      );
    case "note":
      return (
        <Text size="sm" c="dimmed" maw={900} className="outside">
          {block.text}
        </Text>
      );
    case "warning":
      return (
        <Alert color="red" maw={900} className="outside">
          {block.text}
        </Alert>
      );
    case "table":
      return <ReportTable table={block} />;
    case "more":
      return (
        <details>
          <summary className="outside">{block.title}</summary>
          <Stack gap="sm" mt="sm">
            <Blocks blocks={block.blocks} />
          </Stack>
        </details>
      );
    case "chart":
      // Of what is drawn in letters alone a terminal has the use.
      if (block.draw === undefined) return null;
      return <Chart title={block.title} draw={block.draw} fileName={block.id ?? "chart"} />;
    default:
      return assertNever(block);
  }
}
