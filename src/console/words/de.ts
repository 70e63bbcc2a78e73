// German.
import { attentionDe } from "./attention.de.ts";
import { auditDe } from "./audit.de.ts";
import { grantsDe } from "./grants.de.ts";
import { helpDe } from "./help.de.ts";
import { historyDe } from "./history.de.ts";
import { liveDe } from "./live.de.ts";
import { openDe } from "./open.de.ts";
import { planDe } from "./plan.de.ts";
import { reportsDe } from "./reports.de.ts";
import { reviseDe } from "./revise.de.ts";
import { settingsDe } from "./settings.de.ts";
import type { Words } from "./words.ts";

export const de: Words = {
  ...openDe,
  ...planDe,
  ...reportsDe,
  ...helpDe,
  ...reviseDe,
  ...grantsDe,
  ...settingsDe,
  ...attentionDe,
  ...auditDe,
  ...liveDe,
  ...historyDe,
  "nav.campaigns": "Kampagnen",
  "nav.api": "API",
  "nav.menu": "Menü",
  "nav.skip": "Zum Inhalt",
  "shell.language": "Sprache",
  "shell.theme": "Hell oder dunkel",
  "shell.light": "Hell",
  "shell.dark": "Dunkel",
  "shell.auto": "Wie das System",
  "shell.signOut": "Abmelden",
  "shell.signOutFailed":
    "Noch angemeldet: Der Server hat nicht geantwortet. Melden Sie sich ab, sobald er es tut.",
  "signIn.title": "Anmelden",
  "signIn.why":
    "Mit einem API-Schlüssel dieses Servers. Er wird einmal gesendet und im Browser nicht " +
    "aufbewahrt.",
  "signIn.again":
    "Die Sitzung von {former} ist zu Ende. Als {former} angemeldet, geht es hier weiter.",
  "signIn.key": "Schlüssel",
  "signIn.do": "Anmelden",
  "signIn.lost":
    "Schlüssel verloren? Wer den Server betreibt, macht einen neuen: hongbao keys add NAME " +
    "--scope viewer",
  "signIn.wrong": "Der Server kennt diesen Schlüssel nicht, oder er wurde widerrufen.",
  "signIn.stale":
    "Dieser Link wurde benutzt oder ist zu alt: Lassen Sie sich einen neuen geben, oder nehmen " +
    "Sie den Schlüssel.",
  "signIn.app":
    "Dieser Schlüssel gehört einer App, für ihre Programme: Zum Anmelden " +
    "braucht es einen mit dem Recht Verwaltung (admin) oder nur lesen (viewer).",
  "signIn.merchant":
    "Dieser Schlüssel gehört einem Händler, für seine Programme: Zum Anmelden " +
    "braucht es einen mit dem Recht Verwaltung (admin) oder nur lesen (viewer).",
  "signIn.link": "Als jemand anderes anmelden?",
  "signIn.linkHow":
    "Sie sind als {name} angemeldet, und ein Link will neu anmelden. Folgen Sie ihm nur, wenn es " +
    "Ihrer ist.",
  "signIn.linkLoses": "Was hier geschrieben und nicht gesendet wurde, ist dann weg.",
  "signIn.linkStay": "Angemeldet bleiben",
  "signIn.linkGo": "Mit dem Link anmelden",
  "scope.admin": "Verwaltung",
  "scope.viewer": "nur lesen",
  "scope.app": "App",
  "scope.merchant": "Händler",
  "file.tooLarge":
    "{name} hat {size, number} MB: Hier werden Dateien bis {most, number} MB gelesen.",
  "file.unreadable":
    "{name} ist nicht zu lesen: verschoben, geändert oder für Sie gesperrt. Wählen Sie die Datei " +
    "noch einmal.",
  "state.loading": "Wird geladen",
  "state.failed": "Das konnte nicht geladen werden",
  "state.again": "Noch einmal",
  "session.adminOnly":
    "Das ist der Verwaltung vorbehalten: Melden Sie sich mit einem ihrer Schlüssel an.",
  "part.failed":
    "Der Server antwortet nicht oder hat inzwischen eine neuere Konsole. Es wird weiter versucht.",
  "part.worker":
    "Was hier rechnet, konnte nicht geladen werden: Der Server antwortet nicht oder hat eine " +
    "neuere Konsole.",
  "part.reload": "Seite neu laden",
  "part.broken": "Diese Seite ist fehlerhaft",
  "part.brokenHow":
    "Es wurde nichts verändert. Laden Sie sie neu; bleibt es dabei, melden Sie diesen Text.",
  "state.stale": "Stand von {at}: Der Server antwortet nicht. Es wird weiter versucht.",
  "state.staleSoon": "Stand von {at}. Das Neueste folgt gleich.",
  "state.staleRefused": "Stand von {at}. Jetzt verweigert der Server das: {why}",
  "state.soon": "Das folgt gleich: {why}",
  "wish.silent":
    "Der Server hat noch nicht geantwortet. Er wird eine halbe Minute lang wieder gefragt, " +
    "sofern Sie nicht abbrechen.",
  "wish.unknown": "Es kann trotzdem geschehen sein; noch einmal gesendet geschieht nichts doppelt.",
  "wish.stays":
    "Was gesendet wurde, bleibt stehen, bis das bekannt ist. Um neu zu beginnen, brechen Sie ab " +
    "und sehen Sie zuerst nach, ob es geschehen ist.",
  "wish.stopped":
    "Es wird nicht weiter darum gebeten, kann aber schon geschehen sein: Sehen Sie nach, bevor " +
    "Sie es wiederholen.",
  "state.english": "Teile dieser Seite sind auf Englisch geschrieben.",
  "chart.name": "Diagramm",
  "chart.show": "Zahlen zeigen",
  "chart.hide": "Zahlen verbergen",
  "chart.png": "Als Bild sichern (PNG)",
  "chart.csv": "Zahlen sichern (CSV)",
  "chart.menu": "Was mit dem Diagramm geht",
  "chart.shown": "Was gezeigt wird",
  "table.seek": "Filtern",
  "table.columns": "Spalten",
  "table.currency": "Währung",
  "table.actions": "Aktionen",
  "table.chosen": "Gewählt",
  "table.count": "{shown, number} von {all, number}",
  "table.noMatch": "Nichts hier passt zu dem, was Sie suchen.",
  "table.notPrinted":
    "{left, number} von {all, number} Zeilen fehlen auf dem Papier: Im CSV stehen alle.",
  "phase.scheduled": "geplant",
  "phase.open": "offen",
  "phase.paused": "angehalten",
  "phase.settling": "in Abrechnung",
  "phase.closed": "geschlossen",
  "money.budget": "Budget",
  "money.spent": "Ausgegeben",
  "money.reserved": "Zugesagt",
  "money.settling": "In Abrechnung",
  "money.free": "Frei",
  "money.ofBudget": "{share} des Budgets",
  "campaigns.title": "Kampagnen",
  "campaigns.sentence":
    "{count, plural, =0 {Noch keine Kampagne.} one {Eine Kampagne, {live, plural, =0 {sie läuft " +
    "nicht} other {sie läuft}}.} other {# Kampagnen, davon {live, plural, one {läuft eine} other " +
    "{laufen #}}.}}",
  "campaigns.none":
    "Auf diesem Server wurde noch nichts eröffnet. Das tut ein Verwaltungsschlüssel, aus einer " +
    "Datei oder mit einem Formular.",
  "campaigns.openOne": "Kampagne eröffnen",
  "campaigns.name": "Kampagne",
  "campaigns.phase": "Phase",
  "campaigns.until": "Annahme bis",
  "campaigns.left": "Frei",
  "campaigns.use": "Nutzung des Budgets",
  "campaigns.rehearsal": "Probe",
  "campaign.sentence": "{spent} von {budget} ausgegeben, {free} frei; {phase}.",
  "campaign.claims.scheduled": "die Annahme hat noch nicht begonnen",
  "campaign.claims.open": "die Annahme läuft",
  "campaign.claims.usedUp": "die Welle {wave} ist aufgebraucht: Niemand bekommt etwas",
  "campaign.claims.usedUpUntil":
    "die Welle {wave} ist aufgebraucht: Niemand bekommt etwas, bis {next} beginnt, {at}",
  "campaign.claims.between":
    "zwischen zwei Wellen: Niemand bekommt etwas, bis {next} beginnt, {at}",
  "campaign.claims.out": "was übrig ist, reicht für keine Prämie: Niemand bekommt etwas",
  "campaign.claims.paused": "die Annahme ruht",
  "campaign.claims.settling": "die Annahme ist beendet",
  "campaign.claims.closed": "geschlossen",
  "campaign.pause": "Anhalten",
  "campaign.resume": "Fortsetzen",
  "campaign.end": "Annahme beenden",
  "campaign.close": "Schließen",
  "campaign.pauseWhy":
    "Ansprüche werden abgelehnt, bis Sie fortsetzen. Was zugesagt ist, bleibt gültig.",
  "campaign.pauseMore":
    "{free} bleiben frei, {reserved} lassen sich einlösen; die Annahme endet {ends} ({zone}).",
  "campaign.resumeWhy": "Ansprüche werden ab sofort wieder entschieden.",
  "campaign.resumeMore": "{free} sind frei; angenommen wird bis {ends} ({zone}).",
  "campaign.endWhy":
    "Es wird nichts mehr zugesagt. Das lässt sich nicht zurücknehmen. Zusagen gelten, bis sie " +
    "ablaufen.",
  "campaign.endMore":
    "{free} von {budget} werden nicht vergeben; {reserved} lassen sich noch einlösen.",
  "campaign.closeWhy":
    "Die Kampagne endet endgültig: Es wird nichts mehr zugesagt oder eingelöst. Der geheime " +
    "Startwert ihres Glücks wird für alle offengelegt.",
  "campaign.closeMore": "{spent} von {budget} sind ausgegeben, {free} bleiben frei.",
  "campaign.closeEarly":
    "Noch lässt sie sich nicht schließen: {reserved} zugesagt und {settling} in Abrechnung sind " +
    "unterwegs.",
  "campaign.closeLatest":
    "Möglich ist es, sobald nichts mehr unterwegs ist, spätestens ab {latest} ({zone}).",
  "campaign.sure.pause": "Ja, anhalten",
  "campaign.sure.resume": "Ja, fortsetzen",
  "campaign.sure.end": "Ja, Annahme beenden",
  "campaign.sure.close": "Ja, schließen",
  "campaign.cancel": "Abbrechen",
  "campaign.did.pause": "Angehalten: Anträge werden abgelehnt, bis es weitergeht.",
  "campaign.did.resume": "Es geht weiter: Anträge werden wieder entschieden.",
  "campaign.did.end": "Die Annahme ist endgültig beendet.",
  "campaign.did.close": "Endgültig geschlossen.",
  "campaign.said.ended": "Nichts geändert: Die Annahme ist endgültig beendet.",
  "campaign.said.campaign_closed": "Nichts geändert: Die Kampagne ist geschlossen.",
  "campaign.said.settling_unfinished":
    "Nicht geschlossen: Zusagen, Geld oder Ziehungen sind noch unterwegs. Möglich ab {at}, wenn " +
    "nicht früher.",
  "campaign.said.unknown_campaign": "Nichts geändert: Diese Kampagne gibt es nicht.",
  "campaign.expected": "Was zu erwarten ist",
  "campaign.expectedSpend":
    "Von allem, was zugesagt ist, werden {spend} ausgegeben sein: {from} bis {to} mit 95\u00a0%.",
  "campaign.runOut":
    "Im Tempo der letzten Zeit reicht das Geld bis {at}: {from} bis {to} mit 90\u00a0%.",
  "campaign.runOutNot": "Im Tempo der letzten Zeit reicht das Geld bis zum Ende der Annahme.",
  "campaign.runOutUnknown":
    "Bis wann das Geld reicht, lässt sich noch nicht sagen: zu wenige Zusagen oder zu kurze Zeit.",
  "campaign.nothingOut": "Nichts steht mehr aus, das noch ausgegeben werden könnte.",
  "campaign.noOutlook": "Für eine Vorhersage ist noch zu wenig geschehen.",
  "campaign.grants": "{count, plural, one {# Zusage} other {# Zusagen}}",
  "campaign.howToAsk": "Noch wurde nichts zugesagt. Apps fragen mit {path}: <api>die API</api>.",
  "campaign.whatCaused": "Was sie bewirkt hat: das Urteil",
  "campaign.waves": "Wellen",
  "campaign.caps": "Grenzen",
  "campaign.counts": "Anzahlen",
  "campaign.wave": "Welle",
  "campaign.from": "Von",
  "campaign.to": "Bis",
  "campaign.given": "Vergeben",
  "campaign.redeemedOf": "{share} eingelöst",
  "campaign.released": "{released} bisher freigegeben",
  "campaign.limit": "Grenze",
  "campaign.cap": "Grenze für",
  "campaign.per": "Je",
  "per.both": "{whom}, {time}",
  "per.campaign": "ganze Kampagne",
  "per.wave": "Welle",
  "per.offer": "Angebot",
  "per.user": "Nutzer",
  "per.day": "Tag",
  "per.hour": "Stunde",
  "per.minute": "Minute",
  "per.of.wave": "Welle {id}",
  "per.of.offer": "Angebot {id}",
  "per.of.inviter": "Einladende, {id}",
  "campaign.zone": "Zeiten in {zone}",
  "campaign.unknown": "Dieser Server hat keine Kampagne {campaign}.",
  "offers.title": "Angebote",
  "offers.offer": "Angebot",
  "offers.reward": "Belohnung",
  "offers.mean": "Im Mittel",
  "offers.until": "Annahme bis",
  "offers.expires": "Läuft ab",
  "offers.after": "{span} nach der Zusage",
  "offers.table": "{least} bis {most} nach Glück",
  "offers.pot": "{total} in {packets, number} Päckchen zu {least} bis {most}",
  "offers.equals": "{packets, number} × {most}",
  "offers.compensation": "{amount}, höchstens {most}, als Ersatz",
  "count.grants": "Zusagen",
  "count.redemptions": "Einlösungen",
  "count.reversals": "Rücknahmen",
  "count.cancellations": "Stornos",
  "count.expiries": "Abgelaufen",
  "count.withheld": "Ansprüche der Kontrollgruppe",
  "count.held": "Gesperrt",
  "count.users": "Nutzer mit Arm",
  "keys.sentence":
    "Programme und Menschen, die diesen Server nutzen dürfen. Geheimnisse werden einmal " +
    "gezeigt und nie aufbewahrt.",
  "keys.name": "Name",
  "keys.id": "Kennung",
  "keys.scope": "Recht",
  "keys.bound": "Gebunden an",
  "keys.use": "Gültig",
  "keys.made": "Erstellt",
  "keys.revoked": "widerrufen {at}",
  "keys.revoke": "Widerrufen",
  "keys.revokeWhy":
    "Wer diesen Schlüssel nutzt, wird ab sofort abgewiesen. Das lässt sich nicht zurücknehmen.",
  "keys.add": "Schlüssel erstellen",
  "keys.merchant": "Händler",
  "keys.secret": "Der Schlüssel. Er wird nur dieses eine Mal gezeigt: Kopieren Sie ihn jetzt.",
  "keys.copy": "Kopieren",
  "keys.copied": "Kopiert",
  "page.none": "Diese Seite gibt es nicht.",
  "page.home": "Zu den Kampagnen",
};
