// Which language the console speaks: that of the browser, until somebody chooses another one.
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { IntlProvider } from "react-intl";
import { keep, kept } from "../parts/kept.ts";
import { attentionEn } from "./attention.en.ts";
import { auditEn } from "./audit.en.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { grantsEn } from "./grants.en.ts";
import { helpEn } from "./help.en.ts";
import { historyEn } from "./history.en.ts";
import { liveEn } from "./live.en.ts";
import { openEn } from "./open.en.ts";
import { planEn } from "./plan.en.ts";
import { reportsEn } from "./reports.en.ts";
import { reviseEn } from "./revise.en.ts";
import { settingsEn } from "./settings.en.ts";
import type { Words } from "./words.ts";
import { zh } from "./zh.ts";

export const LANGUAGES = { en: "English", zh: "中文", de: "Deutsch" } as const;
export type LanguageName = keyof typeof LANGUAGES;

const WORDS: Readonly<Record<LanguageName, Words>> = {
  en: {
    ...en,
    ...grantsEn,
    ...helpEn,
    ...liveEn,
    ...openEn,
    ...planEn,
    ...reportsEn,
    ...reviseEn,
    ...historyEn,
    ...attentionEn,
    ...auditEn,
    ...settingsEn,
  },
  zh,
  de,
};
const LOCALES: Readonly<Record<LanguageName, string>> = { en: "en-GB", zh: "zh-CN", de: "de-DE" };
const KEPT_AS = "hongbao.language";

interface Choice {
  language: LanguageName;
  choose(language: LanguageName): void;
}

const ChoiceContext = createContext<Choice>({ language: "en", choose: () => {} });

export function useLanguage(): Choice {
  return useContext(ChoiceContext);
}

export function Language({ children }: { children: ReactNode }): ReactNode {
  const [language, setLanguage] = useState<LanguageName>(initialLanguage);
  const choose = (next: LanguageName): void => {
    keep(KEPT_AS, next);
    setLanguage(next);
  };
  useEffect(() => {
    document.documentElement.lang = LOCALES[language];
  }, [language]);
  return (
    <ChoiceContext value={{ language, choose }}>
      <IntlProvider locale={LOCALES[language]} messages={WORDS[language]} defaultLocale="en-GB">
        {children}
      </IntlProvider>
    </ChoiceContext>
  );
}

function initialLanguage(): LanguageName {
  const wished = [kept(KEPT_AS), ...navigator.languages];
  for (const one of wished) {
    const name = one?.slice(0, 2);
    if (name !== undefined && name in LANGUAGES) return name as LanguageName;
  }
  return "en";
}
