// Says that a table shows no more than its first rows, where it does.
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";

export function Cut({ shown, all }: { shown: number; all: number }): ReactNode {
  if (all <= shown) return null;
  return <FormattedMessage id="live.cut" values={{ shown, all }} />;
}
