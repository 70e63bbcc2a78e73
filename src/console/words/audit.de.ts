// Words of the page that audits: German.
import type { AuditWords } from "./words.ts";

export const auditDe: AuditWords = {
  "audit.title": "Prüfung",
  "audit.sentence":
    "Niemandem muss man glauben: Was versprochen, gegeben und gezogen wurde, lässt sich hier " +
    "prüfen.",
  "audit.chain": "Prüfpunkte",
  "audit.receipt": "Ein Beleg",
  "audit.journal": "Das Journal",
  "audit.luck": "Glück",
  "audit.draws": "Ziehungen",
  "audit.chainSays":
    "{signed, number} von {records, number} Sätzen sind unterschrieben: Keiner lässt sich " +
    "unbemerkt ändern.",
  "audit.origin": "Log",
  "audit.size": "Sätze unterschrieben",
  "audit.root": "Wurzel",
  "audit.witnesses": "Zeugen",
  "audit.witnessesNone":
    "keine: Bewahren Sie einen Prüfpunkt auf, oder nennen Sie Zeugen beim Start",
  "audit.keys": "Öffentlicher Schlüssel",
  "audit.keysHow":
    "Veröffentlichen Sie ihn, wo man Ihnen schon vertraut; alle Prüfungen gehen von ihm aus.",
  "audit.save": "Diesen Prüfpunkt speichern",
  "audit.saveHow": "Wer einen von heute hat, kann in einem Jahr sagen, ob heute geändert wurde.",
  "audit.older": "Einer, den Sie aufbewahrt haben",
  "audit.olderText": "Text des Prüfpunkts",
  "audit.olderHow": "Sein ganzer Text. Ob das Log ihn fortsetzt, wird in dieser Seite gerechnet.",
  "audit.compare": "Vergleichen",
  "audit.extends":
    "Vom Schlüssel des Logs unterschrieben, und das Log setzt ihn fort: Seine " +
    "{old, number} Sätze sind die ersten der {size, number} von jetzt.",
  "audit.forked":
    "NICHT verträglich: Das Log enthält nicht, was dieser Prüfpunkt unterschrieb. Behalten Sie " +
    "beide.",
  "audit.noCheckpoint": "Das ist kein unterschriebener Prüfpunkt.",
  "audit.unsigned":
    "Der Schlüssel des Logs hat diesen Text nicht unterschrieben: Er sagt nichts über das Log. " +
    "Wurde er unterwegs geändert?",
  "audit.noKey": "Das ist kein öffentlicher Schlüssel, etwa name+0123abcd+AR….",
  "audit.olderKeyHow":
    "Der, den Sie aufbewahrt haben oder veröffentlicht fanden. Ohne ihn der dieses Servers.",
  "audit.otherLog": "Er ist von einem anderen Log: {origin}.",
  "audit.ahead": "Er unterschreibt {old, number} Sätze, der letzte des Servers nur {size, number}.",
  "audit.receiptHow":
    "In diesem Browser geprüft, mit dem Programm von hongbao receipt check; nichts wird gesendet.",
  "audit.receiptText": "Text des Belegs",
  "audit.file": "Datei wählen",
  "audit.key": "Öffentlicher Schlüssel des Logs",
  "audit.keyHow": "Der dieses Servers. Für einen anderen Server dessen veröffentlichten.",
  "audit.witnessKeys":
    "Schlüssel von Zeugen, die ihn gesehen haben müssen (freiwillig, einer je Zeile)",
  "audit.check": "Prüfen",
  "audit.genuine": "Echt",
  "audit.notGenuine": "Er beweist nichts",
  "audit.proves": "Er beweist",
  "audit.provesGrant":
    "Satz {sequence, number} des Logs {origin} sagt {amount} zu, als Zusage {grant}, am {at}.",
  "audit.provesRedemption":
    "Satz {sequence, number} des Logs {origin} löst {amount} der Zusage {grant} ein, am {at}.",
  "audit.provesSigned":
    "Wer den Schlüssel {key} hat, unterschrieb {size, number} Sätze, diesen darunter.",
  "audit.provesRotated": "Diesen Schlüssel hat der angekündigt, den Sie angegeben haben.",
  "audit.provesWitness": "Der Zeuge {name} hatte das bis {at} gesehen.",
  "audit.rehearsal": "Er ist aus einer Probe: Es war nie Geld.",
  "audit.says": "Die Datei sagt, und nichts beweist",
  "audit.saysNames": "Die Kampagne ist {campaign}, die Zusage {grant}.",
  "audit.provesNot": "Er beweist nicht",
  "audit.notWho": "Wem die Zusage gehört.",
  "audit.notLater": "Was später daraus wurde: eingelöst, abgelaufen, storniert, zurückgenommen.",
  "audit.notPaid": "Dass gezahlt wurde, oder dass außerhalb des Journals nichts gegeben wurde.",
  "audit.notOthers":
    "Dass anderen dasselbe Journal gezeigt wird: Das tut nur die Unterschrift eines Zeugen.",
  "audit.journalHow":
    "Satz für Satz beurteilt, in diesem Browser, mit dem Programm von hongbao verify; nichts " +
    "wird " +
    "gesendet.",
  "audit.download": "Journal herunterladen",
  "audit.downloadHow":
    "Ein Archiv aller Sätze und Prüfpunkte, Stand jetzt; Hashes anstelle von Menschen.",
  "audit.downloadAdmin":
    "Um das Journal herunterzuladen, melden Sie sich mit einem Verwaltungsschlüssel an.",
  "audit.drop": "Legen Sie das Archiv oder den Ordner eines Journals hier ab",
  "audit.files": "Dateien wählen",
  "audit.folder": "Ordner wählen",
  "audit.ownKey": "Öffentlicher Schlüssel des Logs (freiwillig)",
  "audit.ownKeyHow": "Ohne ihn gilt der dieses Servers, oder der, der neben dem Journal liegt.",
  "audit.reading": "Wird gelesen …",
  "audit.progress": "{done, number} von {total, number} Sätzen beurteilt",
  "audit.stop": "Abbrechen",
  "audit.sound": "In Ordnung",
  "audit.soundSays":
    "{records, number} Sätze mit {events, number} Ereignissen sind beurteilt; nichts " +
    "widerspricht sich.",
  "audit.unsound": "Nicht in Ordnung",
  "audit.unsoundSays":
    "{count, plural, one {Ein Widerspruch} other {# Widersprüche}} in {events, number} " +
    "Ereignissen.",
  "audit.unsoundNext":
    "Lassen Sie die Dateien, wie sie sind, und vergleichen Sie sie mit einer Kopie.",
  "audit.damaged": "Die Dateien sind beschädigt",
  "audit.damagedAt": "{file} bei Byte {offset, number}",
  "audit.damagedRecord": "Satz {sequence, number}",
  "audit.damagedNext":
    "Was vor dieser Stelle steht, ist nicht beurteilt. Vergleichen Sie mit einer Kopie.",
  "audit.misgiven": "Das ist kein Journal",
  "audit.failed": "Es ließ sich nicht prüfen",
  "audit.took": "in {seconds, number} s",
  "audit.ledger": "Buch",
  "audit.last": "letzter Satz",
  "audit.chainValue": "Kettenwert",
  "audit.covered":
    "{matched, number} von {given, number} Prüfpunkten unterschreiben diese Sätze, bis " +
    "{covered, number}.",
  "audit.uncovered": "Daneben lag kein Prüfpunkt: Dass das Ende das Ende ist, zeigt dies nicht.",
  "audit.rest": "{rest, number} Sätze kamen nach dem letzten.",
  "audit.key.given": "Die Unterschriften sind mit dem Schlüssel geprüft, den Sie angegeben haben.",
  "audit.key.server": "Die Unterschriften sind mit dem Schlüssel dieses Servers geprüft.",
  "audit.key.file":
    "Die Unterschriften sind vom Schlüssel neben dem Journal; wessen er ist, zeigt nur ein " +
    "veröffentlichter.",
  "audit.key.none": "Kein Schlüssel: Keine Unterschrift wurde geprüft.",
  "audit.campaign": "Kampagne",
  "audit.adds":
    "{spent} ausgegeben + {reserved} reserviert + {settling} in Abrechnung + {free} frei = " +
    "{budget}",
  "audit.users": "Personen",
  "audit.problems": "Was nicht stimmt",
  "audit.place": "Wo",
  "audit.what": "Was gelten muss",
  "audit.expected": "Erwartet",
  "audit.found": "Gefunden",
  "audit.more": "… und {count, number} weitere",
  "audit.event": "Satz {sequence}, Ereignis {index} ({event})",
  "audit.record": "Satz {sequence}",
  "audit.checks": "Was geprüft wurde",
  "audit.times": "Male",
  "audit.result": "Ergebnis",
  "audit.held": "gilt",
  "audit.wrong": "{count, plural, one {einmal falsch} other {#-mal falsch}}",
  "audit.notShown": "Was dies nicht zeigt",
  "audit.notices": "Beim Lesen angetroffen",
  "audit.committed": "Festgelegt, bevor jemand etwas bekommen konnte",
  "audit.seed": "Der Startwert, beim Schließen offengelegt",
  "audit.seedLater":
    "Der Startwert wird beim Schließen offengelegt: Dann kann jeder noch einmal ziehen.",
  "audit.beacon": "Öffentliche Runde von drand",
  "audit.beaconWaits": "Runde {round}, erwartet",
  "audit.beaconIn": "Runde {round}: {value}",
  "audit.beaconNone":
    "Kein öffentlicher Zufall wirkt mit: Der Betreiber könnte den Startwert gewählt haben.",
  "audit.noLuck": "In dieser Kampagne wird nichts nach Chancen gezogen.",
  "audit.odds": "{offer}: Chancen und was herauskam",
  "audit.oddsSince": "{offer}, seit Version {version}: Chancen und was herauskam",
  "audit.oddsChart": "{offer}: zugesagt und erwartet, nach Betrag",
  "audit.oddsNone": "Nach diesen Chancen wurde noch nicht gezogen.",
  "audit.oddsFurthest":
    "{grants, number} Ziehungen. Von {amounts, number} Beträgen liegt {furthest} am weitesten " +
    "daneben.",
  "audit.oddsNear":
    "{grants, number} Ziehungen. Alle Zahlen liegen so nah an den Chancen wie möglich: Glück.",
  "audit.oddsFine":
    "So weit liegt durch Zufall einer von ihnen in höchstens {p} der Fälle daneben: Glück.",
  "audit.oddsUsual":
    "So weit liegt durch Zufall er allein in {own} der Fälle daneben, einer also oft: Glück.",
  "audit.oddsOdd":
    "So weit liegt durch Zufall einer von ihnen in höchstens {p} der Fälle daneben: Sehen Sie " +
    "nach.",
  "audit.oddsMeans":
    "Was Budget oder Grenzen nicht zahlen konnten, zählt nicht. Beweis ist nur, jeden Betrag " +
    "noch " +
    "einmal zu ziehen.",
  "audit.amount": "Betrag",
  "audit.published": "Veröffentlicht",
  "audit.expectedCount": "Erwartet",
  "audit.granted": "Zugesagt",
  "audit.chance": "p",
  "audit.noDraws": "Diese Kampagne hat keine Ziehungen.",
  "audit.drawOpen": "Offen bis {at}: bisher {entries, plural, one {# Los} other {# Lose}}.",
  "audit.drawWaits":
    "Geschlossen mit {entries, number} Losen; Runde {round} von drand wird erwartet.",
  "audit.drawDone":
    "Geschlossen mit {entries, number} Losen: {winners, number} gewannen, {voids, number} " +
    "übergangen.",
  "audit.drawRound": "Runde {round} von drand wirkt mit, veröffentlicht nach dem letzten Los.",
  "audit.drawNoRound": "Keine öffentliche Runde wirkt mit.",
  "audit.drawBack":
    "Ein Preis, der verfällt oder zurückgenommen wird, wird neu gezogen, solange Lose da sind.",
  "audit.drawSum":
    "Von {stock, number} Preisen sind {kept, number} vergeben oder eingelöst; {back, number} " +
    "kamen zurück.",
  "audit.order": "Nr.",
  "audit.prize": "Preis",
  "audit.stock": "Anzahl",
  "audit.left": "Noch bei niemandem",
  "audit.winners": "Gewinne, in der Reihenfolge der Ziehung",
  "audit.winnersNext": "Weitere",
};
