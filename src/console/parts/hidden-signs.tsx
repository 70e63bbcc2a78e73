// Where a text that is edited holds signs which no editor shows: they may turn writing round, or
// make two names look the same. In it they stay, since they may belong there, as in Arabic.
import { Text } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { hiddenIn } from "../../report/printable.ts";

const LINES_MAX = 5;

export function HiddenSigns({ text }: { text: string }): ReactNode {
  const intl = useIntl();
  const lines = useMemo(() => hiddenIn(text), [text]);
  if (lines.length === 0) return null;
  const where = lines.slice(0, LINES_MAX).map(({ line, signs }) => {
    return intl.formatMessage({ id: "open.hiddenLine" }, { line, signs: signs.join(" ") });
  });
  if (lines.length > LINES_MAX) where.push("…");
  return (
    <Text size="sm" role="status" className="outside">
      <FormattedMessage id="open.hidden" values={{ where: where.join(", ") }} />
    </Text>
  );
}
