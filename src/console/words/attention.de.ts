// Wörter dessen, was jemanden braucht.
import type { AttentionWords } from "./words.ts";

export const attentionDe: AttentionWords = {
  "attention.title": "Braucht Aufmerksamkeit",
  "attention.server": "Dieser Server",
  "attention.all": "Alle {count, number} zeigen",
  "attention.look": "Ansehen",
  "attention.proposal": "Eine Änderung wartet auf eine zweite Person.",
  "attention.paused": "Angehalten: Ansprüche werden abgelehnt, {free} warten.",
  "attention.luckDue":
    "Alles Glück wartet auf die öffentliche Runde {round, number}, fällig {due}.",
  "attention.luckOut":
    "Alles Glück wartet auf die öffentliche Runde {round, number}, erschienen {due}: Reichen Sie " +
    "ihren Wert ein.",
  "attention.drawDue":
    "Die Ziehung {draw} wartet auf die öffentliche Runde {round, number}, fällig {due}.",
  "attention.drawOut":
    "Die Ziehung {draw} wartet auf die öffentliche Runde {round, number}, erschienen {due}: " +
    "Reichen Sie ihren Wert ein.",
  "attention.dry": "{left} lassen sich noch vergeben: {share} des Budgets.",
  "attention.usedUp":
    "Was übrig ist, reicht für keine Prämie, niemand bekommt etwas: {left}, {share} des Budgets.",
  "attention.runsOut":
    "Bei der Geschwindigkeit von zuletzt ist das Geld {at} fort; die Annahme endet {ends}.",
  "attention.limit": "{cap}: zu {share} erreicht, {used} von {limit}.",
  "attention.limitMore":
    "{more, plural, one {Noch eine Grenze ist so nahe.} other {Noch # Grenzen sind so nahe.}}",
  "attention.version": "Version {version, number} wartet auf eine zweite Person: {why}",
  "attention.held":
    "{count, plural, one {Eine Zusage ist} other {# Zusagen sind}} gesperrt und warten: {held}.",
  "attention.contingency":
    "Späte Zahlungen: {share} ihrer Reserve sind verbraucht, {used} von {limit}.",
  "attention.receivable": "{owed}, ausgegeben aus zurückgeholten Zusagen, stehen noch aus.",
  "attention.closable":
    "Die Annahme ist beendet, nichts ist mehr unterwegs: Sie lässt sich schließen.",
  "attention.notReady": "Er nimmt keine Anfragen an: {why}",
  "attention.pageCache": "Antworten sind nicht dauerhaft: Ein Stromausfall vergisst die letzten.",
  "attention.diskLow":
    "{free} von {all} sind auf seiner Platte frei: Ohne Platz werden Ansprüche abgelehnt.",
  "attention.dead":
    "{count, plural, one {Eine Nachricht wurde} other {# Nachrichten wurden}} aufgegeben, für " +
    "{endpoint}.",
  "attention.do.paused": "Fortsetzen",
  "attention.do.dry": "Ändern",
  "attention.do.runs_out": "Ändern",
  "attention.do.limit": "Ändern",
  "attention.do.proposal": "Ansehen",
  "attention.do.round": "Ansehen",
  "attention.do.held": "Ansehen",
  "attention.do.contingency": "Ändern",
  "attention.do.receivable": "Ansehen",
  "attention.do.closable": "Schließen",
  "attention.do.dead": "Erneut senden",
};
