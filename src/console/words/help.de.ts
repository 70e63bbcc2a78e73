// Wörter der Hilfe und des Rundgangs.
import type { HelpWords } from "./words.ts";

export const helpDe: HelpWords = {
  "nav.overview": "Überblick",
  "help.title": "Hilfe",
  "help.where":
    "Jede Seite beginnt mit dem Satz, um den es geht. Zahlen haben ihre Einheit, Zeiten die " +
    "Zone der Kampagne; was alt ist, sagt es.",
  "help.search":
    "Zur Suche oder zum Filter der Seite, sonst zu den Zusagen der Kampagne oder den Kampagnen",
  "help.help": "Diese Hilfe",
  "help.escape": "Schließt, was offen ist; leert den Filter",
  "help.tab": "Von einem zum nächsten; Tabellen rollen mit den Pfeiltasten",
  "help.api": "Die Schnittstelle, die diese Konsole benutzt",
  "help.tour": "Rundgang machen",
  "tour.offer": "Zum ersten Mal hier? Ein Rundgang dauert eine halbe Minute.",
  "tour.start": "Zeigen",
  "tour.pass": "Nein, danke",
  "tour.next": "Weiter",
  "tour.back": "Zurück",
  "tour.done": "Fertig",
  "tour.campaigns.title": "Was läuft",
  "tour.campaigns.text":
    "Alle Kampagnen mit dem Rest ihres Budgets. Was Aufmerksamkeit braucht, steht " +
    "darüber. Wählen Sie eine: ihr Geld, was gerade geschieht, ihre Zusagen und der Beweis.",
  "tour.pages.title": "Wohin",
  "tour.pages.text":
    "Die Seiten des Servers; in einer Kampagne auch deren eigene, in der Reihenfolge ihres Lebens.",
  "tour.preferences.title": "Sprache und Licht",
  "tour.preferences.text":
    "Geld und Zahlen wie in Ihrer Sprache; Zeiten bleiben in der Zone der Kampagne.",
  "tour.who.title": "Wer Sie hier sind",
  "tour.who.text":
    "Ihr Schlüssel und was er darf. Was er nicht darf, wird nicht gezeigt, und der Server " +
    "lehnt es ohnehin ab. Hier melden Sie sich ab.",
  "tour.help.title": "Hilfe",
  "tour.help.text": "? zeigt überall die Tasten, / geht zur Suche.",
};
