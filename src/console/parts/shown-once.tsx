// A secret that is shown this once, to be copied.
import { Alert, Button, Code, CopyButton, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import type { WordName } from "../words/words.ts";

export function ShownOnce({ title, text }: { title: WordName; text: string }): ReactNode {
  return (
    <Alert color="jade" role="status" title={<FormattedMessage id={title} />}>
      <Group>
        <Code className="outside">{text}</Code>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              <FormattedMessage id={copied ? "keys.copied" : "keys.copy"} />
            </Button>
          )}
        </CopyButton>
      </Group>
    </Alert>
  );
}
