// The words of the collector's own screens, in both languages.

import type { Delivery, OfficeEvent, SyncNumbers } from "../home/collector_home";

function numbersDe(numbers: SyncNumbers): string {
  const parts = [`${numbers.stored} gesendet`];
  if (numbers.duplicates > 0) parts.push(`${numbers.duplicates} waren schon da`);
  if (numbers.quarantined > 0) parts.push(`${numbers.quarantined} zur Prüfung beim Büro`);
  if (numbers.refused > 0) parts.push(`${numbers.refused} abgelehnt und hier behalten`);
  if (numbers.files) parts.push(numbers.files === 1 ? "eine Datei" : `${numbers.files} Dateien`);
  parts.push(numbers.received === 1 ? "eine Neuigkeit empfangen" : `${numbers.received} Neuigkeiten empfangen`);
  return parts.join(", ");
}

function numbersEn(numbers: SyncNumbers): string {
  const parts = [`${numbers.stored} sent`];
  if (numbers.duplicates > 0) parts.push(`${numbers.duplicates} were there already`);
  if (numbers.quarantined > 0) parts.push(`${numbers.quarantined} set aside for the office`);
  if (numbers.refused > 0) parts.push(`${numbers.refused} refused and kept here`);
  if (numbers.files) parts.push(numbers.files === 1 ? "one file" : `${numbers.files} files`);
  parts.push(numbers.received === 1 ? "one change received" : `${numbers.received} changes received`);
  return parts.join(", ");
}

const de = {
  title: "Interviews auf diesem Gerät",
  language: "Sprache",
  newInterview: "Neues Interview",
  begin: "Beginnen",
  beginForm: (title: string) => `„${title}“ beginnen`,
  version: (version: string) => `Version ${version}`,
  older: "Ältere Versionen",
  withdrawn: "geschlossen für neue Interviews",
  noForms: "Hier gibt es noch keinen Fragebogen. Gleichen Sie mit dem Server ab.",
  drafts: "Entwürfe",
  noDrafts: "Kein Entwurf.",
  correction: "Korrektur",
  interviews: "Abgeschlossene Interviews",
  noInterviews: "Noch keines abgeschlossen.",
  showAll: (count: number) => `Alle ${count} zeigen`,
  correct: "Korrigieren",
  correctNamed: (name: string) => `„${name}“ korrigieren`,
  delivery: {
    waiting: "noch nicht gesendet",
    delivered: "gesendet",
    quarantined: "beim Büro zur Prüfung",
    refused: "abgelehnt, hier behalten",
    erased: "gelöscht",
  } satisfies Record<Delivery, string>,
  review: (note: string) => `Vermerk des Büros: ${note}`,
  sync: "Abgleich mit dem Server",
  syncNow: "Jetzt abgleichen",
  syncing: "Wird abgeglichen …",
  syncProgress: (done: number, of: number) => `${done} von ${of} Interviews gesendet`,
  synced: (numbers: SyncNumbers) => `Abgeglichen: ${numbersDe(numbers)}.`,
  syncFailed: (why: string) => `Nicht abgeglichen. ${why} Nichts ist verloren.`,
  waiting: (count: number) =>
    count === 0
      ? "Alles ist gesendet."
      : count === 1
        ? "Ein Interview wartet auf das Senden."
        : `${count} Interviews warten auf das Senden.`,
  files: (count: number) =>
    count === 1
      ? "Ein Bild oder eine Aufnahme ist noch nicht gesendet."
      : `${count} Bilder oder Aufnahmen sind noch nicht gesendet.`,
  lastContact: (when: string) => `Letzter Kontakt: ${when}`,
  noContact: "Noch kein Kontakt zum Server.",
  notEnrolled:
    "Dieses Gerät ist noch nicht angemeldet. Schließen Sie das Fenster und rufen Sie am Terminal auf: collector enrol ADRESSE CODE",
  revoked:
    "Die Anmeldung dieses Geräts wurde zurückgezogen. Bitte fragen Sie das Projektbüro; alles bleibt hier gespeichert.",
  copied:
    "Diese Daten wurden kopiert oder zurückgespielt. Von hier an haben sie beim Server eine eigene Geschichte; nichts ist verloren.",
  log: "Verlauf",
  noLog: "Noch nichts geschehen.",
  event: (event: OfficeEvent) => {
    switch (event.kind) {
      case "finalised":
        return `Interview abgeschlossen (${event.form ?? ""})`;
      case "correction-begun":
        return `Korrektur begonnen (${event.form ?? ""})`;
      case "discarded":
        return `Entwurf gelöscht (${event.form ?? ""})`;
      case "synced":
        return event.report ? `Abgeglichen: ${numbersDe(event.report)}` : "Abgeglichen";
      case "sync-failed":
        return `Nicht abgeglichen: ${event.message ?? ""}`;
      default:
        return "";
    }
  },
  done: "Das Interview ist abgeschlossen und hier gespeichert.",
  close: "Fenster schließen",
  closed: "Das Fenster ist geschlossen. Alles ist gespeichert.",
  closedHow: "Sie können diese Seite jetzt schließen. Wieder öffnen: collector open",
  notSaved: "Die letzte Antwort ist noch nicht gespeichert. Bitte speichern Sie sie erst.",
  gone: "Das Programm antwortet nicht mehr.",
  goneHow: "Ihre gespeicherten Antworten sind sicher. Öffnen Sie das Fenster neu: collector open",
};

export type OfficeWords = typeof de;

const en: OfficeWords = {
  title: "Interviews on this device",
  language: "Language",
  newInterview: "New interview",
  begin: "Begin",
  beginForm: (title) => `Begin “${title}”`,
  version: (version) => `version ${version}`,
  older: "Older versions",
  withdrawn: "closed for new interviews",
  noForms: "There is no questionnaire here yet. Sync with the server.",
  drafts: "Drafts",
  noDrafts: "No draft.",
  correction: "correction",
  interviews: "Finalised interviews",
  noInterviews: "None finalised yet.",
  showAll: (count) => `Show all ${count}`,
  correct: "Correct",
  correctNamed: (name) => `Correct “${name}”`,
  delivery: {
    waiting: "not sent yet",
    delivered: "sent",
    quarantined: "at the office for review",
    refused: "refused, kept here",
    erased: "erased",
  },
  review: (note) => `Note from the office: ${note}`,
  sync: "Sync with the server",
  syncNow: "Sync now",
  syncing: "Syncing …",
  syncProgress: (done, of) => `${done} of ${of} interviews sent`,
  synced: (numbers) => `Synced: ${numbersEn(numbers)}.`,
  syncFailed: (why) => `Not synced: ${why}. Nothing is lost.`,
  waiting: (count) =>
    count === 0
      ? "Everything is sent."
      : count === 1
        ? "One interview waits to be sent."
        : `${count} interviews wait to be sent.`,
  files: (count) =>
    count === 1
      ? "One picture or recording is not sent yet."
      : `${count} pictures or recordings are not sent yet.`,
  lastContact: (when) => `Last contact: ${when}`,
  noContact: "No contact with the server yet.",
  notEnrolled:
    "This device is not enrolled yet. Close the window and type at the terminal: collector enrol URL CODE",
  revoked:
    "The enrolment of this device was withdrawn. Please ask the project office; everything stays saved here.",
  copied:
    "This data was copied or restored. From here on it has a history of its own at the server; nothing is lost.",
  log: "Log",
  noLog: "Nothing has happened yet.",
  event: (event) => {
    switch (event.kind) {
      case "finalised":
        return `Interview finalised (${event.form ?? ""})`;
      case "correction-begun":
        return `Correction begun (${event.form ?? ""})`;
      case "discarded":
        return `Draft deleted (${event.form ?? ""})`;
      case "synced":
        return event.report ? `Synced: ${numbersEn(event.report)}` : "Synced";
      case "sync-failed":
        return `Not synced: ${event.message ?? ""}`;
      default:
        return "";
    }
  },
  done: "The interview is finalised and saved here.",
  close: "Close the window",
  closed: "The window is closed. Everything is saved.",
  closedHow: "You can close this page now. To open it again: collector open",
  notSaved: "The last answer is not saved yet. Please save it first.",
  gone: "The program does not answer any more.",
  goneHow: "Your saved answers are safe. Open the window again: collector open",
};

export const kOfficeWords: Record<"de" | "en", OfficeWords> = { de, en };
