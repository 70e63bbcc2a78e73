// One field and its button. What is typed is offered to nobody later: browsers keep no list of it.
import { Button, Group, Input } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";

export function SearchForm({
  name,
  first,
  isSlash,
  onFind,
}: {
  name: "byUser" | "byGrant" | "byId";
  /** What stands in it at first. */
  first: string;
  /** Whether `/` leads to it. */
  isSlash: boolean;
  onFind: (sought: string) => void;
}): ReactNode {
  const intl = useIntl();
  const [text, setText] = useState(first);
  const sought = text.trim();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (sought !== "") onFind(sought);
  };
  return (
    <form onSubmit={submit} autoComplete="off">
      <Input.Wrapper
        label={intl.formatMessage({ id: `grants.${name}` })}
        description={intl.formatMessage({ id: `grants.${name}How` })}
        inputWrapperOrder={["label", "input", "description"]}
      >
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <Input
            data-search={isSlash || undefined}
            flex={1}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
          />
          <Button type="submit" variant="default" disabled={sought === ""}>
            <FormattedMessage id={`grants.${name}Do`} />
          </Button>
        </Group>
      </Input.Wrapper>
    </form>
  );
}
