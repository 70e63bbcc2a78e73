// Language, and light or dark.
import { type MantineColorScheme, NativeSelect, useMantineColorScheme } from "@mantine/core";
import type { ReactNode } from "react";
import { useIntl } from "react-intl";
import { LANGUAGES, type LanguageName, useLanguage } from "../words/language.tsx";

export const SCHEMES = ["auto", "light", "dark"] as const;

export function Preferences(): ReactNode {
  const intl = useIntl();
  const { language, choose } = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const languages = Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }));
  const schemes = SCHEMES.map((value) => {
    return { value, label: intl.formatMessage({ id: `shell.${value}` }) };
  });
  return (
    <>
      <NativeSelect
        size="xs"
        data={languages}
        value={language}
        onChange={(event) => choose(event.currentTarget.value as LanguageName)}
        aria-label={intl.formatMessage({ id: "shell.language" })}
      />
      <NativeSelect
        size="xs"
        visibleFrom="xs"
        data={schemes}
        value={colorScheme}
        onChange={(event) => setColorScheme(event.currentTarget.value as MantineColorScheme)}
        aria-label={intl.formatMessage({ id: "shell.theme" })}
      />
    </>
  );
}
