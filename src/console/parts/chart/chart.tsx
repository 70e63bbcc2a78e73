// Every chart of the console: a picture of report/, drawn on a canvas that answers the mouse, with
// its numbers behind it, to be saved as a picture or as a table.
import { ActionIcon, Box, Group, Menu, Text, useComputedColorScheme } from "@mantine/core";
import { useDisclosure, useElementSize } from "@mantine/hooks";
import { type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import type { Picture } from "../../../report/picture.ts";
import { Later } from "../later.tsx";
import { saveTable } from "../save-table.ts";
import type { Hidden } from "./canvas.ts";
import { Numbers } from "./numbers.tsx";
import { savePicture } from "./save-chart.ts";
import { savedHeads, savedRows } from "./saved-numbers.ts";

// The first page has no chart, and does not wait for what draws one.
const loadDrawn = async () => (await import("./drawn.tsx")).Drawn;

/** Pixels below which a chart is drawn as for a phone. */
const NARROW = 480;

interface ChartProps {
  /** What it shows, with units; read out in place of the picture. */
  title: string;
  draw: (isNarrow: boolean) => Picture;
  /** Of saved files, without ending. */
  fileName: string;
}

export function Chart({ title, draw, fileName }: ChartProps): ReactNode {
  const { ref, width } = useElementSize();
  const [isOpen, numbers] = useDisclosure();
  const scheme = useComputedColorScheme("light");
  const picture = draw(width > 0 && width < NARROW);
  const [hidden, setHidden] = useState<Hidden>([]);
  const { table, legend = [] } = picture;
  return (
    <Box component="figure" m={0} miw={0}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text component="figcaption" size="sm" fw={600} className="outside">
          {title}
        </Text>
        <ChartMenu
          title={title}
          isOpen={isOpen}
          onNumbers={numbers.toggle}
          onPicture={() => void savePicture(fileName, picture, hidden, width)}
          onTable={() => void saveTable(fileName, savedHeads(table), savedRows(table))}
          names={legend.map(({ name }) => name)}
          hidden={hidden}
          onHide={setHidden}
        />
      </Group>
      {/* What a point said when the page was wider lies there still, unseen. */}
      <Box
        ref={ref}
        mih={picture.height}
        role="img"
        aria-label={title}
        style={{ overflowX: "clip" }}
      >
        {/* In another theme the same ink is another colour: drawn anew. */}
        {width > 0 && (
          <Later
            key={scheme}
            name="chart"
            load={loadDrawn}
            props={{ picture, width, hidden, onHide: setHidden }}
            waiting={null}
          />
        )}
      </Box>
      {isOpen && <Numbers title={title} table={table} />}
    </Box>
  );
}

function ChartMenu({
  title,
  isOpen,
  onNumbers,
  onPicture,
  onTable,
  ...lines
}: {
  title: string;
  isOpen: boolean;
  onNumbers: () => void;
  onPicture: () => void;
  onTable: () => void;
} & LegendProps): ReactNode {
  const intl = useIntl();
  const name = `${intl.formatMessage({ id: "chart.menu" })}: ${title}`;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          {...{ variant: "subtle", color: "gray", size: "sm", "aria-label": name }}
          // A report around it may be in another language than its reader's.
          lang={intl.locale}
          className="no-print"
        >
          <span aria-hidden="true">⋯</span>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onNumbers}>
          <FormattedMessage id={isOpen ? "chart.hide" : "chart.show"} />
        </Menu.Item>
        <Menu.Item onClick={onPicture}>
          <FormattedMessage id="chart.png" />
        </Menu.Item>
        <Menu.Item onClick={onTable}>
          <FormattedMessage id="chart.csv" />
        </Menu.Item>
        <Legend {...lines} />
      </Menu.Dropdown>
    </Menu>
  );
}

interface LegendProps {
  names: readonly string[];
  hidden: Hidden;
  onHide: (hidden: Hidden) => void;
}

/** What a click on the drawn legend does, for whoever has no mouse. */
function Legend({ names, hidden, onHide }: LegendProps): ReactNode {
  if (names.length < 2) return null;
  const turn = (name: string): void =>
    onHide(hidden.includes(name) ? hidden.filter((one) => one !== name) : [...hidden, name]);
  return (
    <>
      <Menu.Divider />
      <Menu.Label>
        <FormattedMessage id="chart.shown" />
      </Menu.Label>
      {names.map((name) => (
        <Menu.CheckboxItem
          key={name}
          checked={!hidden.includes(name)}
          onChange={() => turn(name)}
          closeMenuOnClick={false}
        >
          {name}
        </Menu.CheckboxItem>
      ))}
    </>
  );
}
