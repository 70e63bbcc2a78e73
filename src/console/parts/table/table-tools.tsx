// What stands above a table: words to look for, which columns there are, and the table as a file.
import { Button, Group, Menu, Text, TextInput } from "@mantine/core";
import type { Table } from "@tanstack/react-table";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { saveTable } from "../save-table.ts";
import type { DataColumn } from "./column.ts";
import type { TablePlace } from "./table-place.ts";
import { savedCells, savedHeads } from "./table-text.ts";

export function TableTools<Row>({
  name,
  label,
  table,
  place,
  columns,
}: {
  name: string;
  label: string;
  table: Table<Row>;
  place: TablePlace;
  columns: readonly DataColumn<Row>[];
}): ReactNode {
  const intl = useIntl();
  const { rows } = table.getRowModel();
  const all = table.getCoreRowModel().rows.length;
  const save = (): void => {
    const shown = table.getVisibleLeafColumns().map(({ id }) => id);
    const kept = columns.filter(({ name: id, isAction }) => !isAction && shown.includes(id));
    const cells = rows.map(({ original }) => savedCells(kept, original, intl));
    void saveTable(name, savedHeads(kept, intl), cells);
  };
  return (
    <Group gap="xs" className="no-print" justify="space-between">
      <Group gap="xs">
        <TextInput
          data-search
          size="xs"
          w={220}
          value={place.sought}
          onChange={(event) => place.seek(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") place.seek("");
          }}
          placeholder={`${intl.formatMessage({ id: "table.seek" })}  /`}
          aria-label={`${intl.formatMessage({ id: "table.seek" })}: ${label}`}
        />
        <Text size="xs" c="dimmed" role="status">
          <FormattedMessage id="table.count" values={{ shown: rows.length, all }} />
        </Text>
      </Group>
      <Group gap="xs">
        <ColumnMenu label={label} table={table} />
        <Button size="compact-xs" variant="default" onClick={save}>
          <FormattedMessage id="chart.csv" />
        </Button>
      </Group>
    </Group>
  );
}

function ColumnMenu<Row>({ label, table }: { label: string; table: Table<Row> }): ReactNode {
  const intl = useIntl();
  const columns = intl.formatMessage({ id: "table.columns" });
  return (
    <Menu closeOnItemClick={false} position="bottom-end">
      <Menu.Target>
        <Button size="compact-xs" variant="default" aria-label={`${columns}: ${label}`}>
          {columns}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {table
          .getAllLeafColumns()
          .filter((column) => column.getCanHide())
          .map((column) => (
            <Menu.CheckboxItem
              key={column.id}
              checked={column.getIsVisible()}
              onChange={() => column.toggleVisibility()}
            >
              {column.columnDef.header as string}
            </Menu.CheckboxItem>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
