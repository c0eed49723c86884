// German, with "Sie". Short sentences: what happened, where, what to do next.

import { controlsDe } from "../controls/words_de";

export const de = {
  controls: controlsDe,

  // moving about
  next: "Weiter",
  back: "Zurück",
  start: "Fragebogen beginnen",
  overview: "Übersicht",
  pause: "Später weiter",
  markAnswered: "beantwortet",
  markBlank: "offen",
  markWrong: "bitte prüfen",
  close: "Schließen",
  cancel: "Abbrechen",
  language: "Sprache",
  progress: (at: number, of: number) => `Schritt ${at} von ${of}`,
  pageTitle: (heading: string, form: string) => `${heading} – ${form}`,
  menu: "Weitere Möglichkeiten",
  skipToQuestion: "Zur Frage springen",

  // a question
  required: "Pflichtangabe",
  optional: "freiwillig",
  moreHelp: "Mehr Hinweise",
  noLabel: "Frage ohne Text",
  isRequired: "Bitte beantworten Sie diese Frage.",
  isWrong: "Diese Antwort passt nicht. Bitte prüfen Sie sie.",
  notHeld: {
    int: "Das ist keine ganze Zahl. Die Eingabe ist nicht gespeichert. Bitte nur Ziffern eingeben.",
    decimal: "Das ist keine Zahl. Die Eingabe ist nicht gespeichert. Bitte nur eine Zahl eingeben.",
    date: "Das ist kein Datum. Die Eingabe ist nicht gespeichert. Bitte prüfen Sie sie.",
    time: "Das ist keine Uhrzeit. Die Eingabe ist nicht gespeichert. Bitte prüfen Sie sie.",
    other: "Diese Eingabe passt hier nicht. Sie ist nicht gespeichert. Bitte prüfen Sie sie.",
  },
  fault: "Diese Frage enthält einen Fehler des Fragebogens. Bitte melden Sie ihn dem Absender.",
  softTitle: "Stimmt das?",
  softReason: "Wenn die Antwort stimmt: Begründung",
  softKeep: "Antwort so lassen",
  softKept: (reason: string) => `Bestätigt: ${reason}`,
  imageMissing: "Das Bild fehlt.",
  playAudio: "Ton zur Frage",
  playVideo: "Film zur Frage",

  // problems
  problemsTitle: (count: number) =>
    count === 1 ? "Eine Angabe fehlt oder passt nicht" : `${count} Angaben fehlen oder passen nicht`,
  problemsHere: "Bitte sehen Sie sich diese Stellen an:",
  goToProblem: "Zur ersten Stelle",
  problemAnnounced: (message: string) => `Fehler: ${message}`,

  // repeats
  entries: (count: number) =>
    count === 0 ? "Noch kein Eintrag" : count === 1 ? "Ein Eintrag" : `${count} Einträge`,
  entry: (at: number) => `Eintrag ${at}`,
  entryOf: (label: string, at: number, of: number) => `${label}: ${at} von ${of}`,
  addEntry: "Eintrag hinzufügen",
  addAnother: "Weiteren Eintrag hinzufügen",
  editEntry: "Bearbeiten",
  change: "Ändern",
  removeEntry: "Entfernen",
  removeQuestion: (name: string) => `„${name}“ mit allen Antworten entfernen?`,
  removeYes: "Ja, entfernen",
  removeNo: "Nein, behalten",
  removed: (name: string) => `${name} ist entfernt.`,
  added: (name: string) => `${name} ist hinzugefügt.`,

  // saving
  saving: "Wird gespeichert …",
  saved: "Auf diesem Gerät gespeichert",
  notSaved: "Nicht gespeichert",
  tryAgain: "Noch einmal versuchen",
  quotaFull:
    "Auf diesem Gerät ist kein Platz mehr. Ihre letzte Antwort ist noch nicht gespeichert, sie steht aber noch hier. Bitte schaffen Sie Platz, zum Beispiel durch Löschen von Downloads, und versuchen Sie es noch einmal. Oder speichern Sie Ihre Antworten als Datei.",
  fileTooLarge: (megabytes: number) =>
    `Die Datei ist zu groß: höchstens ${megabytes} MB. Bitte wählen Sie eine kleinere.`,
  fileNotHere: (name: string) => `Die Datei „${name}“ ist auf diesem Gerät nicht mehr da.`,
  fileMissing: (name: string) =>
    `Die Datei „${name}“ ist auf diesem Gerät nicht mehr da. Bitte gehen Sie zu ihrer Frage zurück und nehmen Sie sie noch einmal auf, oder entfernen Sie sie.`,
  tooManyFiles: (count: number) =>
    `Mehr als ${count} Dateien nimmt ein Fragebogen nicht auf. Bitte entfernen Sie zuerst eine andere.`,
  storageBroken:
    "Der Browser kann gerade nichts speichern. Ihre letzte Antwort steht noch hier. Bitte versuchen Sie es noch einmal. Wenn Sie im privaten Modus sind, öffnen Sie die Seite in einem gewöhnlichen Fenster.",
  storageGone:
    "Dieser Entwurf ist nicht mehr da. Er wurde in einem anderen Fenster abgeschlossen oder gelöscht.",
  openElsewhere:
    "Dieser Fragebogen ist in einem anderen Fenster offen. Bitte machen Sie dort weiter, oder schließen Sie das andere Fenster und versuchen Sie es hier noch einmal.",
  takenElsewhere: "Der Entwurf wurde in einem anderen Fenster geändert.",
  notPersistent:
    "Ihr Browser sichert nicht zu, dass er gespeicherte Antworten behält. Bitte schließen Sie den Fragebogen bald ab und löschen Sie bis dahin keine Browserdaten.",
  saveAsFile: "Meine Antworten als Datei speichern",

  // first page
  aboutTitle: "Bevor Sie beginnen",
  sender: "Wer fragt",
  purpose: "Wozu",
  recipients: "Wer Ihre Antworten sieht",
  kept: "Wie lange sie aufbewahrt werden",
  keptDays: (days: number) => (days === 1 ? "Einen Tag." : `${days} Tage.`),
  keptUntil: (day: string) => `Bis zum ${day}.`,
  contact: "Fragen und Widerruf",
  onDevice:
    "Ihre Antworten bleiben auf diesem Gerät, bis Sie den Fragebogen abschließen. Das geht auch ohne Netz.",
  draftsTitle: "Begonnene Fragebögen",
  draftLine: (when: string) => `Zuletzt geändert: ${when}`,
  resume: "Weitermachen",
  discard: "Löschen",
  discardQuestion: "Diesen Entwurf mit allen Antworten löschen?",
  discardYes: "Ja, löschen",
  newDraft: "Neu beginnen",
  outdated: "Begonnen mit einer früheren Fassung. Sie können ihn so abschließen.",
  closedTitle: "Dieser Fragebogen nimmt keine neuen Antworten an",
  closedDrafts: "Begonnene Fragebögen können Sie noch abschließen.",
  loading: "Wird geladen …",
  cannotLoad: "Der Fragebogen konnte nicht geladen werden.",
  offlineFirst:
    "Sie sind ohne Netz, und dieser Fragebogen ist noch nicht auf diesem Gerät. Bitte öffnen Sie ihn einmal mit Netz.",
  formBroken: "Der Fragebogen hat einen Fehler und kann nicht geöffnet werden. Bitte melden Sie ihn dem Absender.",
  updateReady: "Eine neue Fassung dieser Seite ist da. Ihr Entwurf bleibt, wie er ist.",
  updateNow: "Neu laden",

  // finishing
  endTitle: "Fertig?",
  endReady: "Sie haben alles Nötige beantwortet.",
  endAnswered: (answered: number, asked: number) =>
    `${answered} von ${asked} Fragen sind beantwortet.`,
  endCheck: "Sie können Ihre Antworten noch ansehen und ändern. Nach dem Abschließen nicht mehr.",
  review: "Antworten ansehen",
  finalise: "Abschließen und senden",
  finalising: "Wird abgeschlossen …",
  finaliseRefused: "Noch nicht abgeschlossen",
  thanksTitle: "Vielen Dank",
  thanksSent: "Ihre Antworten sind angekommen.",
  thanksWaiting:
    "Ihre Antworten sind abgeschlossen und auf diesem Gerät gespeichert. Sie werden von selbst gesendet, sobald ein Netz da ist. Sie müssen nichts weiter tun; öffnen Sie diese Seite aber später noch einmal, falls das Netz jetzt fehlt.",
  thanksSending: "Ihre Antworten werden gesendet …",
  thanksRefused: "Ihre Antworten wurden nicht angenommen. Sie sind weiter auf diesem Gerät.",
  receipt: "Quittung",
  another: "Noch einen Fragebogen ausfüllen",
  answersTitle: "Ihre Antworten",
  print: "Drucken",
  saveHtml: "Als Seite speichern (HTML)",
  saveJson: "Als Daten speichern (JSON)",
  unanswered: "Keine Angabe",

  // the queue
  queueTitle: "Abgeschlossene Fragebögen",
  queueWaiting: "wartet auf das Netz",
  queueSending: "wird gesendet",
  queueSent: "angekommen",
  queueRefused: "nicht angenommen",
  queueCount: (count: number) =>
    count === 1 ? "Ein Fragebogen ist noch nicht gesendet" : `${count} Fragebögen sind noch nicht gesendet`,
  sendNow: "Jetzt senden",
  exportQueue: "Als Datei sichern",
  offline: "Ohne Netz. Sie können weiter ausfüllen.",
  waits: {
    network: "Kein Netz, oder der Server ist nicht erreichbar. Es wird von selbst noch einmal versucht.",
    portal:
      "Das Netz hat mit etwas anderem geantwortet, vielleicht mit einer Anmeldeseite des WLANs. Bitte melden Sie sich dort an. Es wird von selbst noch einmal versucht.",
    busy: "Der Server ist gerade ausgelastet. Es wird von selbst noch einmal versucht.",
    receipt:
      "Die Quittung des Servers passt nicht zu Ihren Antworten. Sie bleiben hier. Bitte melden Sie das dem Absender.",
  },
  refusedReason: (reason: string) =>
    `Der Server hat nicht angenommen: ${reason} Bitte sichern Sie die Antworten als Datei und wenden Sie sich an den Absender.`,

  // kiosk
  kioskStart: "Berühren Sie „Fragebogen beginnen“.",
  kioskSetup: "Dieses Gerät für Gäste einrichten",
  kioskSetupText:
    "Nach jedem Fragebogen und nach einer Pause beginnt die Seite von vorn. Legen Sie einen Code fest, mit dem Sie diesen Modus verlassen.",
  kioskCode: "Code (mindestens 4 Ziffern)",
  kioskBegin: "Einrichten",
  kioskLeave: "Modus verlassen",
  kioskLeaveCode: "Code eingeben",
  kioskWrong: "Dieser Code stimmt nicht.",
  kioskShort: "Der Code braucht mindestens 4 Ziffern.",
  kioskIdleTitle: "Sind Sie noch da?",
  kioskIdle: (seconds: number) =>
    `In ${seconds} Sekunden beginnt die Seite von vorn. Nicht abgeschlossene Antworten werden dann gelöscht.`,
  kioskStay: "Ich bin noch da",
  kioskReturn: (seconds: number) => `Diese Seite beginnt in ${seconds} Sekunden von vorn.`,
  kioskRestart: "Von vorn beginnen",
  kioskUnsent: (count: number) => `Noch nicht gesendet: ${count}`,
  kioskAbandon: "Abbrechen und löschen",
};
