// Every table of rows that may be many: sorted by its heads, searched with `/`, columns put away,
// saved for a spreadsheet. Only the rows in sight are in the page, so that a hundred thousand cost
// what fifty do; paper gets them all, up to a bound.
import { Box, Stack, Table, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import {
  type ColumnDef,
  getCoreRowModel,
  getFilteredRowModel,
  getSortedRowModel,
  type Header,
  type Row as TableRow,
  useReactTable,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useMemo, useRef } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { DataColumn } from "./column.ts";
import { useTablePlace } from "./table-place.ts";
import { holdsAll } from "./table-text.ts";
import { TableTools } from "./table-tools.tsx";
import { useIsPrinted } from "./use-printed.ts";

interface DataTableProps<Row> {
  /** In addresses and names of files. */
  name: string;
  /** Read out before the table. */
  label: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Pixels below which it scrolls sideways. */
  minWidth: number;
  /** Few rows have a filter, too: it is where `/` leads from elsewhere. */
  isSearched?: true;
}

/** Pixels; rows that turn out higher are measured. */
const ROW = 37;
const OVERSCAN = 12;
/** So few stand in the page without a frame that scrolls. */
const FEW = 24;
/** So many are all in the page, so that they are found by the browser. */
const WHOLE = 200;
/** Some hundred sheets, and a second of the browser's; of more a spreadsheet is made. */
const PRINTED = 5000;
/** Below it a filter would be more to read than the table. */
const TOOLS_FROM = 6;

export function DataTable<Row>(props: DataTableProps<Row>): ReactNode {
  const { name, label, columns, rows, rowKey, minWidth } = props;
  const place = useTablePlace(name, columns);
  const intl = useIntl();
  const defs = useMemo(
    () => columns.map((column) => defOf(column, intl.formatMessage({ id: column.name }))),
    [columns, intl],
  );
  const table = useReactTable<Row>({
    data: rows as Row[],
    columns: defs,
    getRowId: rowKey,
    state: {
      sorting: place.sorting,
      columnVisibility: place.shown,
      globalFilter: place.sought,
    },
    onSortingChange: (change) => {
      place.sort(typeof change === "function" ? change(place.sorting) : change);
    },
    onColumnVisibilityChange: (change) => {
      place.show(typeof change === "function" ? change(place.shown) : change);
    },
    globalFilterFn: ({ original }, _column, sought: string) =>
      holdsAll(columns, original, sought, intl),
    // There are no pages to go back to; a table that did would draw itself for ever.
    autoResetPageIndex: false,
    getColumnCanGlobalFilter: () => true,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
    getFilteredRowModel: getFilteredRowModel(),
  });
  const shown = table.getRowModel().rows;
  return (
    <Stack gap="xs">
      {(rows.length >= TOOLS_FROM || props.isSearched) && (
        <TableTools name={name} label={label} table={table} place={place} columns={columns} />
      )}
      <Rows {...{ label, minWidth, shown }} heads={table.getFlatHeaders()} columns={columns} />
      {shown.length > PRINTED && (
        <Text className="print-only">
          <FormattedMessage
            id="table.notPrinted"
            values={{ left: shown.length - PRINTED, all: shown.length }}
          />
        </Text>
      )}
      {shown.length === 0 && (
        <Text c="dimmed">
          <FormattedMessage id="table.noMatch" />
        </Text>
      )}
    </Stack>
  );
}

function Rows<Row>({
  label,
  minWidth,
  heads,
  columns,
  shown,
}: {
  label: string;
  minWidth: number;
  heads: Header<Row, unknown>[];
  columns: readonly DataColumn<Row>[];
  shown: TableRow<Row>[];
}): ReactNode {
  const frame = useRef<HTMLElement>(null);
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    getItemKey: (at) => shown[at]!.id,
    overscan: shown.length <= WHOLE ? WHOLE : OVERSCAN,
  });
  const isPrinted = useIsPrinted();
  const seen = rows.getVirtualItems();
  const inSight = isPrinted
    ? shown.slice(0, PRINTED).map(({ id }, index) => ({ index, key: id }))
    : seen;
  const before = isPrinted ? 0 : (seen[0]?.start ?? 0);
  const after = isPrinted ? 0 : rows.getTotalSize() - (seen.at(-1)?.end ?? 0);
  return (
    <section
      ref={frame}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse must scroll it, too.
      tabIndex={0}
      className={frameOf(isPrinted ? 0 : shown.length)}
    >
      <Box miw={minWidth}>
        <Table stickyHeader highlightOnHover aria-rowcount={shown.length + 1}>
          <Table.Thead>
            <Table.Tr>
              {heads.map((head) => (
                <Head key={head.id} head={head} columns={columns} />
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            <Gap height={before} span={heads.length} />
            {inSight.map(({ index, key }) => (
              <Table.Tr
                key={key}
                data-index={index}
                ref={isPrinted ? undefined : rows.measureElement}
              >
                {shown[index]!.getVisibleCells().map((cell) => (
                  <Cell
                    key={cell.id}
                    column={cell.column.id}
                    row={cell.row.original}
                    {...{ columns }}
                  />
                ))}
              </Table.Tr>
            ))}
            <Gap height={after} span={heads.length} />
          </Table.Tbody>
        </Table>
      </Box>
    </section>
  );
}

function Head<Row>({
  head,
  columns,
}: {
  head: Header<Row, unknown>;
  columns: readonly DataColumn<Row>[];
}): ReactNode {
  const { column } = head;
  const sorted = column.getIsSorted();
  const { align, isAction } = columns.find(({ name }) => name === column.id)!;
  const title = column.columnDef.header as string;
  if (isAction === true) {
    return (
      <Table.Th>
        <VisuallyHidden>{title}</VisuallyHidden>
      </Table.Th>
    );
  }
  const sort = { asc: "ascending", desc: "descending" } as const;
  return (
    <Table.Th
      className={align === "right" ? "number" : ""}
      aria-sort={sorted === false ? "none" : sort[sorted]}
    >
      <UnstyledButton
        fz="inherit"
        fw="inherit"
        lh="inherit"
        onClick={column.getToggleSortingHandler()}
      >
        {title}
        <span aria-hidden="true">{sorted === false ? "" : sorted === "asc" ? " ↑" : " ↓"}</span>
      </UnstyledButton>
    </Table.Th>
  );
}

function Cell<Row>({
  column,
  columns,
  row,
}: {
  column: string;
  columns: readonly DataColumn<Row>[];
  row: Row;
}): ReactNode {
  const { cell, value, align } = columns.find(({ name }) => name === column)!;
  return (
    <Table.Td className={align === "right" ? "number" : ""}>
      {cell === undefined ? value(row) : cell(row)}
    </Table.Td>
  );
}

/** The look of the frame around so many rows; on paper it has none. */
function frameOf(rows: number): string {
  if (rows <= FEW) return "rows all few";
  return rows <= WHOLE ? "rows all" : "rows";
}

/** The room of the rows that are out of sight. */
function Gap({ height, span }: { height: number; span: number }): ReactNode {
  if (height <= 0) return null;
  return (
    <tr>
      <td colSpan={span} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

function defOf<Row>(column: DataColumn<Row>, title: string): ColumnDef<Row> {
  return {
    id: column.name,
    header: title,
    accessorFn: (row) => column.value(row) ?? undefined,
    sortUndefined: "last",
    enableHiding: column.isName !== true && column.isAction !== true,
    sortingFn: (a, b, id) => {
      const units = compare(unitOf(column, a.original), unitOf(column, b.original));
      return units === 0 ? compare(a.getValue(id), b.getValue(id)) : units;
    },
    sortDescFirst: column.align === "right",
  };
}

/** Amounts of different currencies cannot be told apart by size. */
function unitOf<Row>({ currency }: DataColumn<Row>, row: Row): string {
  return currency === undefined ? "" : currency(row);
}

const TEXTS = new Intl.Collator(undefined, { numeric: true });

function compare(a: string | number, b: string | number): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return TEXTS.compare(String(a), String(b));
}
