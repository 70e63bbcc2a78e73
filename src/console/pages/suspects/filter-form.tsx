// What the grants must have in common; every field that is filled narrows it down.
import { Button, NativeSelect, Paper, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { OfferField } from "../../later.tsx";
import type { Books } from "../../parts/with-books.tsx";
import type { WordName } from "../../words/words.ts";
import { attributesOf, type Fields, STATES } from "./filter.ts";

export function FilterForm({
  books,
  first,
  isBusy,
  onFind,
}: {
  books: Books;
  /** What stands in it at first. */
  first: Fields;
  isBusy: boolean;
  onFind: (fields: Fields) => void;
}): ReactNode {
  const intl = useIntl();
  const [fields, setFields] = useState<Fields>(first);
  const say = (id: WordName): string => intl.formatMessage({ id });
  const bind = (name: keyof Fields) => ({
    label: say(`grants.by.${name}`),
    value: fields[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      setFields({ ...fields, [name]: event.currentTarget.value });
    },
  });
  const states = STATES.map((state) => ({ value: state, label: say(`grants.state.${state}`) }));
  const open = { value: "", label: say("grants.unbound") };
  const hasAttribute = fields.attribute !== "";
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onFind(fields);
  };
  return (
    <Paper withBorder p="md" maw={960}>
      <form onSubmit={submit} autoComplete="off">
        <Stack align="flex-start">
          <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }} w="100%">
            <NativeSelect {...bind("state")} data-search data={[open, ...states]} />
            <OfferField books={books} open={open} field={bind("offer")} />
            <TextInput {...bind("merchant")} autoComplete="off" />
            <NativeSelect {...bind("attribute")} data={[open, ...attributesOf(books)]} />
            <TextInput
              {...bind("values")}
              description={say(hasAttribute ? "grants.by.valuesHow" : "grants.by.attributeFirst")}
              inputWrapperOrder={["label", "input", "description", "error"]}
              disabled={!hasAttribute}
              autoComplete="off"
            />
            <TextInput
              {...bind("above")}
              description={say(hasAttribute ? "grants.by.aboveHow" : "grants.by.attributeFirst")}
              inputWrapperOrder={["label", "input", "description", "error"]}
              disabled={!hasAttribute}
              inputMode="numeric"
              pattern="[0-9]{1,9}"
            />
          </SimpleGrid>
          <Button type="submit" variant="default" loading={isBusy}>
            <FormattedMessage id="grants.byUserDo" />
          </Button>
        </Stack>
      </form>
    </Paper>
  );
}
