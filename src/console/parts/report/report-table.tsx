// A table of a report: its caption above, numbers to the right, and room to scroll by itself.
import { Box, Stack, Table, Text } from "@mantine/core";
import { type ReactNode, useId } from "react";
import type { Block } from "../../../report/document.ts";

type TableBlock = Extract<Block, { kind: "table" }>;

/** Pixels of a column of numbers, and of one of words. */
const NARROW_COLUMN = 84;
const WORDS_COLUMN = 150;

export function ReportTable({ table }: { table: TableBlock }): ReactNode {
  const { columns, rows, caption } = table;
  const id = useId();
  const width = columns.reduce(
    (sum, { align }) => sum + (align === "right" ? NARROW_COLUMN : WORDS_COLUMN),
    0,
  );
  const label = caption ?? columns.map(({ title }) => title).join(", ");
  return (
    <Stack gap={4}>
      {caption !== undefined && (
        <Text id={id} size="sm" c="dimmed" maw={900} className="outside">
          {caption}
        </Text>
      )}
      {/* Whoever has no mouse must scroll it, too. */}
      <Box role="group" aria-label={label} tabIndex={0} style={{ overflowX: "auto" }}>
        <Box miw={width}>
          <Table w="auto" aria-describedby={caption === undefined ? undefined : id}>
            <Table.Thead>
              <Table.Tr>
                {columns.map(({ title, align }, x) =>
                  title === "" ? (
                    // biome-ignore lint/suspicious/noArrayIndexKey: columns may share a title.
                    <Table.Td key={x} />
                  ) : (
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                    <Table.Th key={x} scope="col" ta={align ?? "left"}>
                      {title}
                    </Table.Th>
                  ),
                )}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row, y) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other name.
                <Table.Tr key={y}>
                  {row.map((cell, x) => (
                    <Table.Td
                      // biome-ignore lint/suspicious/noArrayIndexKey: nor has a cell.
                      key={x}
                      className={columns[x]?.align === "right" ? "number" : "outside"}
                      miw={columns[x]?.align === "right" ? undefined : 96}
                    >
                      {cell}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Box>
      </Box>
    </Stack>
  );
}
