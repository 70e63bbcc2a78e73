// Words of the page that revises a campaign, in German.
import type { ReviseWords } from "./words.ts";

export const reviseDe: ReviseWords = {
  "revise.link": "Ändern",
  "revise.look": "Ansehen",
  "revise.title": "Ändern",
  "revise.sentence":
    "{version, plural, =0 {Die Kampagne läuft, wie sie eröffnet wurde.} other {Version # ist in " +
    "Kraft.}}",
  "revise.viewer":
    "Dieser Schlüssel darf nur lesen. Zum Ändern melden Sie sich mit einem Schlüssel der " +
    "Verwaltung an.",
  "revise.closed": "Diese Kampagne ist geschlossen: Ihre Regeln ändern sich nicht mehr.",
  "revise.change": "Kampagne ändern",
  "revise.how":
    "Ändern Sie die Regeln, die in Kraft sind: Budgets, Grenzen, Chancen, Ablauf, spätere Enden, " +
    "Neues. Entfernen lässt sich nichts, und was zugesagt ist, behält seine Bedingungen.",
  "revise.valid": "Die Datei ist gültig.",
  "revise.written":
    "Die Regeln, die in Kraft sind, als Datei ohne Kommentare. Wer eine mit Kommentaren hat, " +
    "kann diese wählen.",
  "revise.writing": "Die Regeln, die in Kraft sind, werden als Datei geschrieben.",
  "revise.notWritten":
    "Die Regeln, die in Kraft sind, lassen sich jetzt nicht als Datei zeigen: {why}. Beginnen " +
    "Sie mit einer eigenen Datei.",
  "revise.unwritable":
    "Keine Datei kann diese Regeln sagen, die als JSON kamen. Ändern Sie sie über HTTP, mit " +
    "ihrer Definition.",
  "revise.back": "Zurück zu den Regeln, die in Kraft sind",
  "revise.inForce": "Das ist die Datei, die in Kraft ist. Ändern Sie darin, was sich ändern soll.",
  "revise.differs":
    "{count, plural, one {Ein Wert ist anders} other {# Werte sind anders}} als das, was in " +
    "Kraft ist.",
  "revise.differsIn": "Was anders ist",
  "revise.cannotAsItStands":
    "So, wie sie ist, kann sie nicht in Kraft treten; die Vorschau sagt, warum.",
  "revise.why": "Warum",
  "revise.move": "Angebote, deren neuer Ablauf auch für frühere Zusagen gilt",
  "revise.moveHint":
    "Ihre Kennungen; keine: nur für künftige Zusagen. Keine Zusage endet früher, und was " +
    "abgelaufen ist, bleibt abgelaufen.",
  "revise.preview": "Vorschau",
  "revise.needs": "Die Vorschau braucht eine gültige Datei und eine Begründung.",
  "revise.changes": "Änderungen",
  "revise.would": "Was sich ändern würde",
  "revise.stale":
    "Seit dieser Vorschau wurde etwas geändert. Sehen Sie noch einmal nach, um es anzuwenden.",
  "revise.forbidden": "Das kann nicht in Kraft treten:",
  "revise.nothing": "Nichts: Was in der Datei steht, ist schon in Kraft.",
  "revise.what": "Was",
  "revise.from": "Von",
  "revise.to": "Auf",
  "revise.money": "Geld",
  "revise.before": "Vorher",
  "revise.after": "Nachher",
  "revise.bound": "Schon vergeben",
  "revise.exceeded": "{cap}: {most} sind schon vergeben, mehr als {limit}; mehr wird es nicht.",
  "revise.exceededBy":
    "{cap}: {cells, plural, one {einer hat} other {# haben}} schon mehr als {limit}, bis zu " +
    "{most}: Dort gibt es nichts mehr.",
  "revise.grantable": "Noch zu vergeben",
  "revise.expected": "Voraussichtlich ausgegeben",
  "revise.likely": "mit 80\u00a0%",
  "revise.almostSure": "mit 95\u00a0%",
  "revise.bounds": "mit 95\u00a0%, Schranken",
  "revise.lasts": "Das Geld reicht bis",
  "revise.lastsSpan": "mit 90\u00a0%",
  "revise.chance": "Wahrscheinlichkeit, dass es vor Ende der Annahme ausgeht",
  "revise.claimsEnd": "Ende der Annahme",
  "revise.cannotTell": "noch nicht abzusehen",
  "revise.span": "{from} bis {to}",
  "revise.unseenYet":
    "Noch ist keine Zusage alt genug, um daraus zu lernen: Die Schranken gelten, wenn niemand " +
    "oder jeder einlöst, was länger lebt.",
  "revise.unseen":
    "Keine Zusage ist älter als {age}: Die Schranken gelten, wenn niemand oder jeder einlöst, " +
    "was länger lebt.",
  "revise.moved":
    "{count, plural, one {Eine frühere Zusage läuft} other {# frühere Zusagen laufen}} später ab.",
  "revise.movedAbout": "Etwa {count, number} frühere Zusagen laufen später ab.",
  "revise.unmoved": "Der neue Ablauf von {offers} gilt nur für künftige Zusagen.",
  "revise.moveThem": "Auch für frühere",
  "revise.warnings": "Warnungen",
  "revise.replaces": "Es träte an die Stelle des wartenden Vorschlags von {who}: {why}",
  "revise.apply": "Anwenden",
  "revise.propose": "Vorschlagen",
  "revise.fourEyes": "In Kraft, sobald jemand mit einem anderen Schlüssel zustimmt.",
  "revise.overtaken": "Die Kampagne wurde inzwischen geändert",
  "revise.overtakenNext":
    "Übernehmen Sie diese Änderungen in Ihre Datei, soweit sie bleiben sollen, und sehen Sie " +
    "noch einmal nach: Die Tabelle zeigt, was Ihre Datei rückgängig machen würde.",
  "revise.again": "Neue Vorschau",
  "revise.waits": "Wartet auf eine zweite Person",
  "revise.proposedBy": "{who} schlägt Version {version} vor.",
  "revise.reason": "Begründung: {why}",
  "revise.digest": "Vorschlag",
  "revise.own":
    "Das haben Sie vorgeschlagen. Zustimmen muss jemand anderes, mit einem anderen Schlüssel der " +
    "Verwaltung, auf dieser Seite.",
  "revise.replaced": "An die Stelle des Vorschlags, den Sie angesehen haben, trat ein anderer",
  "revise.lookAtIt": "Den neuen ansehen",
  "revise.asOf": "Was sich ändern würde, Stand {at}.",
  "revise.tooLate":
    "So kann der Vorschlag nicht in Kraft treten. Lehnen Sie ihn ab, oder ändern Sie neu: Ein " +
    "anderer Vorschlag tritt an seine Stelle.",
  "revise.approve": "Zustimmen",
  "revise.reject": "Ablehnen",
  "revise.takeBack": "Zurücknehmen",
  "revise.rejectWhy":
    "Der Vorschlag ist dann weg; sonst ändert sich nichts. Das Journal behält die Begründung.",
  "revise.rejectReason": "Warum nicht",
  "revise.last": "Letzte Änderung",
  "revise.never": "Keine: Die Kampagne läuft, wie sie eröffnet wurde.",
  "revise.lastBy": "Version {version}, {at}, von {who}",
  "revise.lastApproved": ", mit Zustimmung von {who}",
  "revise.said.revised": "Erledigt: Version {version} ist in Kraft.",
  "revise.said.proposed":
    "Vorgeschlagen. In Kraft, sobald jemand mit einem anderen Schlüssel der Verwaltung auf " +
    "dieser Seite zustimmt.",
  "revise.said.ok": "Nichts wurde geändert: Was in der Datei steht, ist schon in Kraft.",
  "revise.said.rejected": "Der Vorschlag ist zurückgenommen; geändert wurde nichts.",
  "revise.said.unknown_proposal":
    "Nichts wurde geändert: Der Vorschlag, den Sie angesehen haben, wartet nicht mehr. " +
    "Vielleicht trat ein anderer an seine Stelle; sehen Sie noch einmal nach.",
  "revise.said.own_proposal":
    "Nichts wurde geändert: Wer eine Änderung vorschlägt, kann ihr nicht selbst zustimmen. Das " +
    "muss jemand anderes mit einem anderen Schlüssel.",
  "revise.said.campaign_closed": "Nichts wurde geändert: Die Kampagne ist geschlossen.",
  "revise.said.revision_too_large":
    "Nichts wurde geändert: Eine Kampagne hat höchstens 255 Änderungen, jede höchstens 256 KiB " +
    "groß.",
};
