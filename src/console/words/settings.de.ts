// Words of the settings: German.
import type { SettingsWords } from "./words.ts";

export const settingsDe: SettingsWords = {
  "settings.title": "Einstellungen",
  "settings.pages": "Seiten der Einstellungen",
  "settings.server": "Server",
  "settings.keys": "Schlüssel",
  "settings.webhooks": "Webhooks",
  "settings.ready": "Der Server nimmt Anfragen an.",
  "settings.notReady": "Der Server nimmt keine Anfragen an: {why}",
  "settings.durability": "Was eine Antwort übersteht",
  "settings.synced":
    "Eine Antwort geht erst hinaus, wenn die Platte alles bestätigt hat, worauf sie beruht.",
  "settings.syncedMore":
    "Sie übersteht einen Absturz von Programm und Maschine und einen Stromausfall, nicht den " +
    "Verlust der Platte.",
  "settings.syncedMode": "Jeder Satz wird auf die Platte durchgeschrieben (O_DSYNC).",
  "settings.pageCache":
    "Antworten sind NICHT dauerhaft: Sie gehen hinaus, bevor die Platte sie hat.",
  "settings.pageCacheMore":
    "Sie überstehen einen Absturz des Programms; einer der Maschine, oder ein Stromausfall, " +
    "vergisst die letzten.",
  "settings.pageCacheMode": "Sätze bleiben dem Cache des Systems überlassen (--no-durable).",
  "settings.copies":
    "Gegen den Verlust der Platte: eine Kopie des Datenordners anderswo (Prüfung, Das Journal).",
  "settings.now": "Jetzt",
  "settings.version": "Version",
  "settings.uptime": "Läuft seit",
  "settings.waiting": "Warten auf den Schreiber",
  "settings.underWay": "Anfragen unterwegs",
  "settings.batches": "Stapel unterwegs",
  "settings.streams": "Ereignisströme",
  "settings.decided": "Entschieden seit dem Start",
  "settings.memory": "Speicher",
  "settings.heap": "davon vom Heap belegt",
  "settings.disk": "Platte und Journal",
  "settings.diskFree": "Platz auf der Platte",
  "settings.diskOf": "{free} von {all}",
  "settings.diskLow":
    "Wenig Platz: unter einem Zehntel. Ohne Platz werden Ansprüche abgelehnt, Lesen geht weiter.",
  "settings.journalBytes": "Das Journal belegt",
  "settings.records": "Sätze",
  "settings.written": "Geschrieben seit dem Start",
  "settings.behind": "Noch nicht im Log",
  "settings.noLog": "Dieser Server läuft ohne Belege: Von Log und Platte ist hier nichts bekannt.",
  "settings.latency": "Wie lange Antworten seit dem Start dauerten",
  "settings.latencySays":
    "Die Hälfte von {count, number} {operation} dauerte höchstens {p50} ms, 99 von 100 " +
    "höchstens {p99} ms.",
  "settings.operation": "Vorgang",
  "settings.answers": "Antworten",
  "settings.half": "Hälfte binnen",
  "settings.most": "99\u00a0% binnen",
  "settings.ms": "{ms, number} ms",
  "settings.noAnswers": "Noch keine Antworten.",
  "hooks.sentence":
    "Wohin Ereignisse gesendet werden. Das Senden tut hongbao webhooks run, ein eigenes Programm.",
  "hooks.none": "Noch keine Ziele.",
  "hooks.url": "Adresse",
  "hooks.urlHow": "https und öffentlich. Im eigenen Netz: hongbao webhooks add --allow-private",
  "hooks.types": "Arten von Ereignissen (freiwillig)",
  "hooks.typesHow": "Wie Nachrichten sie nennen. Leer: alle.",
  "hooks.campaigns": "Kampagnen (freiwillig)",
  "hooks.campaignsHow": "Ihre Kennungen. Leer: alle.",
  "hooks.add": "Ziel anlegen",
  "hooks.secret":
    "Das Geheimnis, das Nachrichten unterschreibt. Es wird nur dieses eine Mal gezeigt: " +
    "Kopieren Sie es jetzt.",
  "hooks.gets": "Bekommt",
  "hooks.all": "alle Ereignisse",
  "hooks.waiting": "Wartet",
  "hooks.failing": "{count, plural, =0 {} other {, # scheitern}}",
  "hooks.delivered": "Zugestellt",
  "hooks.dead": "Aufgegeben",
  "hooks.state": "Zustand",
  "hooks.nothingYet": "an, noch nichts zugestellt",
  "hooks.works": "an, stellt zu",
  "hooks.fails": "an, scheitert aber: {why}",
  "hooks.wrong.url": "Sie muss öffentlich sein, mit https, und nicht eine von zu vielen.",
  "hooks.wrong.types": "Eine davon ist keine Art von Ereignis.",
  "hooks.wrong.campaigns":
    "Kennungen sind Kleinbuchstaben, Ziffern und Bindestriche, höchstens 63.",
  "hooks.paused": "angehalten {at}: {why}",
  "hooks.pause": "Anhalten",
  "hooks.pauseWhy": "Nichts wird gesendet, bis es weitergeht; was inzwischen geschieht, wartet.",
  "hooks.resume": "Weiter",
  "hooks.remove": "Entfernen",
  "hooks.removeWhy":
    "Was wartet oder aufgegeben ist, wird vergessen. Das lässt sich nicht zurücknehmen.",
  "hooks.letters": "Aufgegeben: {endpoint}",
  "hooks.lettersHow":
    "Nachrichten, deren letzter Versuch scheiterte. Die Ereignisse bleiben im Journal.",
  "hooks.lettersNone": "Nichts ist aufgegeben.",
  "hooks.place": "Platz",
  "hooks.kind": "Ereignis",
  "hooks.campaign": "Kampagne",
  "hooks.attempts": "Versuche",
  "hooks.givenUp": "Aufgegeben",
  "hooks.last": "Letzte Antwort",
  "hooks.replay": "Erneut senden",
  "hooks.drop": "Verwerfen",
  "hooks.replayAll": "Alle erneut senden",
  "hooks.dropAll": "Alle verwerfen",
  "keys.lost":
    "Der Schlüssel wurde trotzdem angelegt, {made}, und sein Geheimnis ist verloren: Widerrufen " +
    "Sie ihn und legen Sie einen anderen an.",
  "keys.maybe":
    "Der Schlüssel kann trotzdem angelegt sein; dann ist sein Geheimnis verloren und er muss " +
    "widerrufen werden.",
  "hooks.lost":
    "Das Ziel wurde trotzdem angelegt, {made}, und sein Geheimnis ist verloren: Entfernen Sie es " +
    "und legen Sie ein anderes an.",
  "hooks.maybe":
    "Das Ziel kann trotzdem angelegt sein; dann ist sein Geheimnis verloren und es muss entfernt " +
    "werden.",
  "hooks.replayShown": "Die gezeigten {count, number} erneut senden",
  "hooks.dropShown": "Die gezeigten {count, number} verwerfen",
  "hooks.dropWhy":
    "{count, plural, one {Eine Nachricht wird} other {# Nachrichten werden}} endgültig verworfen.",
  "hooks.said.none":
    "Keine davon liegt noch hier: Sie wurden schon erneut gesendet oder verworfen.",
  "hooks.asked.replay": "wird erneut gesendet",
  "hooks.asked.drop": "wird verworfen",
  "hooks.said.replay": "{count, plural, one {Eine wird} other {# werden}} erneut gesendet.",
  "hooks.said.drop": "{count, plural, one {Eine wird} other {# werden}} verworfen.",
  "hooks.more": "Weitere",
  "hooks.back": "Zu allen Zielen",
  "keys.revokeOwn": "Mit diesem Schlüssel sind Sie angemeldet: Sie werden sofort abgemeldet.",
  "keys.revokeLast":
    "Der letzte für Admins: Ohne ihn macht nur die Maschine selbst einen (hongbao keys add).",
  "keys.typeName": "Zur Sicherheit seinen Namen eingeben: {name}",
  "keys.campaign": "Für die Kampagne",
  "keys.everyCampaign": "alle",
};
