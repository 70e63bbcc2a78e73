// The table behind a chart.
import { Table } from "@mantine/core";
import type { ReactNode } from "react";
import { type FormatNumberOptions, useIntl } from "react-intl";
import type { PictureCell, PictureColumn, PictureTable } from "../../../report/picture.ts";
import { Wide } from "../wide.tsx";

const COLUMN = 110;

export function Numbers({ title, table }: { title: string; table: PictureTable }): ReactNode {
  const intl = useIntl();
  const { columns, rows } = table;
  const text = ({ decimals, timeText }: PictureColumn, cell: PictureCell): string => {
    if (typeof cell === "string") return cell;
    if (Number.isNaN(cell)) return "";
    if (timeText !== undefined) return timeText(cell);
    return intl.formatNumber(cell, digitsOf(cell, decimals));
  };
  return (
    <Wide label={title} minWidth={COLUMN * columns.length} maxHeight={320}>
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column.title} ta={column.align ?? "left"}>
                {column.title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, y) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row of a chart has no other name.
            <Table.Tr key={y}>
              {row.map((cell, x) => (
                <Table.Td key={columns[x]!.title} ta={columns[x]!.align ?? "left"}>
                  {text(columns[x]!, cell)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}

/** Money to the minor unit; large numbers to two places, small ones to what tells them apart. */
function digitsOf(cell: number, decimals: number | undefined): FormatNumberOptions {
  if (decimals !== undefined) {
    return { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  }
  return Math.abs(cell) < 1000 ? { maximumSignificantDigits: 6 } : { maximumFractionDigits: 2 };
}
