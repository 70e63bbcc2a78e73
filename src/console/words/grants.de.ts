// Words of the pages of grants: German.
import type { GrantWords } from "./words.ts";

export const grantsDe: GrantWords = {
  "grants.title": "Zusagen",
  "grants.sentence":
    "Was jemand bekommen hat, oder eine einzelne Zusage: Betrag, Zeiten, Nachweis.",
  "grants.byUser": "Nutzerkennung",
  "grants.byUserHow":
    "So, wie Ihre App sie sendet. Der Server kennt sie nur als Hash; hier wird sie " +
    "nirgends aufbewahrt.",
  "grants.byUserDo": "Suchen",
  "grants.byGrant": "Kennung der Zusage",
  "grants.byGrantHow":
    "Wie in Antworten, Belegen und Exporten. Die Seite lässt sich als Link weitergeben.",
  "grants.byGrantDo": "Zeigen",
  "grants.byId": "Kennung von Anspruch oder Auftrag",
  "grants.byIdHow": "Wie Ihre App oder der Händler sie sendet; auch von Sperren und Stornierungen.",
  "grants.byIdDo": "Suchen",
  "grants.id.unused": "Unter dieser Kennung ist nichts geschehen, oder alles wurde abgelehnt.",
  "grants.id.withheld":
    "Auf diesen Anspruch hin gab es keine Zusage: Der Nutzer gehört zur Vergleichsgruppe.",
  "grants.id.other":
    "Die Kennung einer Einladung, ihrer Annahme oder eines Loses: ohne eigene Zusage.",
  "grants.viewer": "Um nach Nutzern zu suchen, melden Sie sich mit einem Verwaltungsschlüssel an.",
  "grants.ofUser": "Zusagen an {user}",
  "grants.none":
    "Unter dieser Kennung gibt es hier keine Zusage. Vergleichen Sie sie Zeichen für " +
    "Zeichen mit dem, was Ihre App sendet.",
  "grants.sum":
    "{count, plural, one {Eine Zusage} other {# Zusagen}}: {amount} zugesagt, {spent} " +
    "ausgegeben, {rest} übrig.",
  "grants.sumHeld":
    "{count, plural, one {Eine Zusage} other {# Zusagen}}: {amount} zugesagt, {spent} " +
    "ausgegeben, {rest} übrig, {held} angehalten.",
  "grants.older": "Ältere",
  "grants.newest": "Neueste",
  "grants.grant": "Zusage",
  "grants.one": "Zusage „{offer}“",
  "grants.offer": "Angebot",
  "grants.state": "Zustand",
  "grants.at": "Zugesagt am",
  "grants.until": "Läuft ab",
  "grants.stands": "steht still",
  "grants.amount": "Betrag",
  "grants.rest": "Übrig",
  "grants.owed": "Noch offen",
  "grants.ref": "Referenz",
  "grants.state.reserved": "einlösbar",
  "grants.state.redeemed": "eingelöst",
  "grants.state.cancelled": "storniert",
  "grants.state.expired": "abgelaufen",
  "grants.state.held": "gesperrt",
  "grants.state.clawed_back": "zurückgefordert",
  "grants.now.reserved": "{rest} davon können bis {until} eingelöst werden.",
  "grants.now.redeemed": "Sie ist ganz eingelöst.",
  "grants.now.cancelled": "Sie wurde zurückgegeben; es ist nichts mehr einzulösen.",
  "grants.now.expired": "Sie ist am {until} abgelaufen; es ist nichts mehr einzulösen.",
  "grants.now.held": "{rest} davon warten: Bis zur Freigabe kann nichts eingelöst werden.",
  "grants.now.clawed_back": "Sie wurde zurückgefordert; es ist nichts mehr einzulösen.",
  "grants.history": "Verlauf",
  "grants.was.granted": "{amount} zugesagt",
  "grants.was.spent": "{amount} davon ausgegeben",
  "grants.was.expired": "Abgelaufen",
  "grants.was.held": "Gesperrt: Die Frist bis zum Ablauf steht still",
  "grants.was.clawedBack": "Zurückgefordert",
  "grants.was.cancelled": "Storniert",
  "grants.will.expire": "Läuft ab",
  "grants.receipt": "Beleg herunterladen",
  "grants.receiptSaved": "Gespeichert. Er lässt sich ohne diesen Server prüfen.",
  "grants.receiptPending": "Noch deckt ihn kein Prüfpunkt: Versuchen Sie es um {at} wieder.",
  "grants.luck": "Warum dieser Betrag",
  "grants.luckSeed":
    "Bevor jemand etwas bekommen konnte, wurde ein Geheimnis mit diesem Fingerabdruck " +
    "festgelegt: {hash}",
  "grants.luckBeacon":
    "Öffentlicher Zufall kam hinzu, den damals niemand kennen konnte, Runde {round} von " +
    "drand: {value}",
  "grants.luckDraw":
    "Daraus, aus dem Nutzer und der Nummer seiner Ziehung ({number}) folgt eine Ziehung " +
    "aus den Chancen unten.",
  "grants.luckLater":
    "Ist die Kampagne geschlossen, wird das Geheimnis offengelegt, und jeder kann " +
    "nachziehen: {command}",
  "grants.luckNow": "Das Geheimnis ist offengelegt: Jeder kann nachziehen: {command}",
  "grants.odds": "Chancen",
  "grants.chance": "Chance",
  "grants.drawn": "gezogen",
  "grants.packet":
    "Päckchen {packet} von {packets}, {packets, plural, one {das sind} other {zusammen}} {total}.",
  "grants.win":
    "Gewinn {winner} der Ziehung {draw} unter {entries, plural, one {einem Los} other {# Losen}}.",
  "grants.hold": "Sperren",
  "grants.release": "Freigeben",
  "grants.clawback": "Zurückfordern",
  "grants.holdAmount": "{amount} sperren",
  "grants.releaseAmount": "{amount} freigeben",
  "grants.clawbackAmount": "{amount} zurückfordern",
  "grants.holdWhy":
    "{rest} können bis zur Freigabe nicht eingelöst werden; so lange steht auch die Frist still.",
  "grants.releaseWhy":
    "{rest} können bis zum Ablauf wieder eingelöst werden, mindestens aber für die " +
    "Schonfrist der Kampagne ab jetzt.",
  "grants.clawbackWhy":
    "Der Rest, {rest}, geht in das Budget zurück. Was ausgegeben wurde, {spent}, ist ab " +
    "jetzt offen. Das lässt sich nicht zurücknehmen.",
  "grants.extend": "Verlängern",
  "grants.extendSure": "Diese Zusage verlängern",
  "grants.extendWhy": "Sie lässt sich länger einlösen. Keine Revision verkürzt das wieder.",
  "grants.extendHeldWhy":
    "Die Uhr einer gesperrten Zusage steht: Freigegeben gilt sie mindestens bis dann.",
  "grants.extendOffer": "Für alle Zusagen des Angebots: das Angebot ändern.",
  "grants.extendUntil": "Neuer Ablauf",
  "grants.extendUntilHow": "In {zone}; spätestens {latest}, wenn die Kampagne schließt.",
  "grants.extendPreview": "{from} → {until}. {rest} bleiben bis dann reserviert.",
  "grants.why": "Grund",
  "grants.whyHow": "Bleibt für immer im Journal. Nichts Persönliches.",
  "grants.evidence": "Beleg (freiwillig)",
  "grants.evidenceHow": "Wo er liegt, etwa eine Fallnummer.",
  "grants.tooLong": "Zu lang: höchstens {most} Bytes.",
  "grants.dismiss": "Schließen",
  "grants.unknown": "{campaign} hat keine Zusage {grant}. Jedes Zeichen zählt.",
  "grants.another": "Eine andere suchen",
  "grants.said.hold_placed": "Gesperrt: Vorerst lässt sich nichts einlösen.",
  "grants.said.released": "Freigegeben: Sie lässt sich bis {until} einlösen.",
  "grants.said.clawed_back":
    "Zurückgefordert: {returned} gingen in das Budget zurück, {owed} sind offen.",
  "grants.said.extended": "Verlängert: Sie läuft am {until} ab.",
  "grants.said.not_later":
    "Nicht möglich: später als jetzt und als {until}, wann sie schon jetzt abläuft.",
  "grants.said.after_close":
    "Nicht möglich: Die Kampagne schließt am {latest}, und keine Zusage überlebt sie.",
  "grants.said.held": "Nichts geändert: Sie ist schon gesperrt.",
  "grants.said.not_held": "Nichts geändert: Sie ist nicht gesperrt.",
  "grants.said.expired": "Nichts geändert: Sie ist abgelaufen.",
  "grants.said.already_redeemed": "Nichts geändert: Sie ist ganz eingelöst.",
  "grants.said.already_cancelled": "Nichts geändert: Sie wurde schon storniert.",
  "grants.said.already_clawed_back": "Nichts geändert: Sie wurde schon zurückgefordert.",
  "grants.said.campaign_closed": "Nichts geändert: Die Kampagne ist geschlossen.",
  "grants.said.unknown_grant": "Nichts geändert: Diese Zusage gibt es nicht.",
  "grants.many": "Viele auf einmal",
  "grants.suspects": "Verdächtige Zusagen",
  "grants.suspectsHow": "Zusagen nach dem finden, was sie gemeinsam haben. Suchen ändert nichts.",
  "grants.by.state": "Zustand",
  "grants.by.offer": "Angebot",
  "grants.by.merchant": "Eingelöst bei Händler",
  "grants.by.attribute": "Merkmal",
  "grants.by.values": "Dessen Werte",
  "grants.by.attributeFirst": "Zuerst ein Merkmal wählen.",
  "grants.by.valuesHow": "Wie Ihre App sie sendet, durch Kommas getrennt.",
  "grants.by.above": "Geteilt von mehr als",
  "grants.by.aboveHow": "So vielen Zusagen mit einem Wert.",
  "grants.unbound": "beliebig",
  "grants.foundNone": "Keine Zusage hat das alles. Leeren Sie ein Feld, um mehr zu finden.",
  "grants.found": "{grants, plural, one {Eine Zusage} other {# Zusagen}} über {amount}",
  "grants.foundUsers":
    "{users, plural, one {Ein Nutzer hat} other {# Nutzer haben}} sie. Genau diese, wie " +
    "sie jetzt sind:",
  "grants.byState": "Nach Zustand",
  "grants.largest": "Die größten",
  "grants.rings": "Was geteilt wird",
  "grants.pseudonym": "Wert (als Hash)",
  "grants.users": "Nutzer",
  "grants.all.hold":
    "{grants, plural, one {Eine Zusage lässt} other {# Zusagen lassen}} sich bis zur Freigabe " +
    "nicht einlösen: {amount}.",
  "grants.all.release":
    "{grants, plural, one {Eine Zusage lässt} other {# Zusagen lassen}} sich wieder einlösen: " +
    "{amount}.",
  "grants.all.extend":
    "{grants, plural, one {# Zusage} other {# Zusagen}} über {amount} laufen am neuen Termin ab, " +
    "soweit er später ist.",
  "grants.holdAll": "{grants, plural, one {# Zusage} other {# Zusagen}} sperren, {amount}",
  "grants.releaseAll": "{grants, plural, one {# Zusage} other {# Zusagen}} freigeben, {amount}",
  "grants.extendAll": "{grants, plural, one {# Zusage} other {# Zusagen}} verlängern, {amount}",
  "grants.clawbackAll":
    "{grants, plural, one {# Zusage} other {# Zusagen}} zurückfordern, {amount}",
  "grants.allSeen": "{seen} von {grants}",
  "grants.stop": "Anhalten",
  "grants.allDone":
    "{done} von {grants} erledigt; {changed} inzwischen verändert, {refused} nicht möglich.",
  "grants.allMoney": "{returned} gingen in das Budget zurück, {owed} sind offen.",
  "grants.allStopped":
    "Angehalten: {done} von {grants} sind sicher erledigt, weitere vielleicht. Suchen Sie " +
    "sie noch einmal, um es zu sehen.",
  "grants.allBegun":
    "Was gesendet wurde, bleibt stehen, bis das Fenster geschlossen ist: Ein Teil kann erledigt " +
    "sein. Noch einmal gesendet, geht es weiter.",
  "grants.allUnknown":
    "Der Server kannte diese Suche nicht mehr. Was unten steht, wurde neu gefunden.",
};
