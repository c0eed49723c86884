// Words of the controls, in German.

export const controlsDe = {
  clear: "Antwort löschen",
  notAnswered: "noch keine Antwort",
  cancel: "Abbrechen",

  // texts and numbers
  openAddress: "Seite öffnen",
  characters: (shown: string, count: number) => (count === 1 ? "1 Zeichen" : `${shown} Zeichen`),
  showText: "Anzeigen",
  number: {
    notNumber: "Das ist keine Zahl. Bitte nur Ziffern eingeben.",
    whole: "Hier passt nur eine ganze Zahl. Bitte ohne Komma eingeben.",
    tooLarge: "Diese Zahl ist zu groß für dieses Feld. Bitte prüfen Sie sie.",
  },
  less: "Weniger:",
  more: "Mehr:",
  degrees: "Grad",
  compass: ["Nord", "Nordost", "Ost", "Südost", "Süd", "Südwest", "West", "Nordwest"],

  // choices
  chooseOne: "Bitte wählen Sie eine Antwort",
  noChoices: "Zu Ihren bisherigen Antworten gibt es hier nichts auszuwählen.",
  pictureList: "Im Bild selbst kann man hier nicht wählen. Bitte wählen Sie aus der Liste.",
  mapList: "Hier gibt es keine Karte. Bitte wählen Sie aus der Liste.",
  searchHere: "Suchen oder auswählen",
  found: (count: number) =>
    count === 0 ? "Nichts gefunden." : count === 1 ? "1 Möglichkeit" : `${count} Möglichkeiten`,
  nothingFound: "Nichts gefunden. Versuchen Sie es mit weniger Buchstaben.",
  chosen: (count: number) => `Ausgewählt: ${count}`,
  removeNamed: (name: string) => `${name} entfernen`,
  labelsOnly: "Bedeutung der Spalten",

  // order
  notRanked:
    "Noch keine Antwort. Verschieben Sie die Einträge, oder übernehmen Sie diese Reihenfolge.",
  ranked: "Ihre Reihenfolge, das Wichtigste oben:",
  takeOrder: "Diese Reihenfolge übernehmen",
  moveUp: (name: string) => `${name} nach oben`,
  moveDown: (name: string) => `${name} nach unten`,
  positionOf: (name: string, count: number) => `Platz von ${name}, 1 bis ${count}`,
  movedTo: (name: string, at: number, count: number) => `${name}: Platz ${at} von ${count}`,

  // scales
  badScale: "Diese Skala ist im Fragebogen falsch angelegt. Bitte melden Sie es dem Absender.",
  scale: (start: string, end: string) => `auf der Skala von ${start} bis ${end}`,
  offScale: (start: string, end: string, step: string) =>
    `Möglich sind Werte von ${start} bis ${end} in Schritten von ${step}.`,
  pick: "Bitte wählen",
  stars: (at: number, count: number) => `${at} von ${count}`,

  // dates
  date: {
    notDate: "Das ist kein Datum. Bitte so eingeben: 24.12.2026",
    noSuchDay: "Diesen Tag gibt es nicht. Bitte prüfen Sie das Datum.",
  },
  datePattern: "TT.MM.JJJJ",
  dateExample: "zum Beispiel 24.12.2026",
  notTime: "Das ist keine Uhrzeit. Bitte so eingeben: 14:30",
  timePattern: "HH:MM",
  notYear: "Das ist keine Jahreszahl. Bitte vier Ziffern eingeben.",
  yearPattern: "JJJJ",
  month: "Monat",
  year: "Jahr",
  monthMissing: "Es fehlt noch der Monat.",
  day: "Tag",
  time: "Uhrzeit",
  dayMissing: "Es fehlt noch der Tag.",
  timeMissing: "Es fehlt noch die Uhrzeit.",
  openCalendar: "Kalender öffnen:",
  openClock: "Uhr öffnen:",
  otherCalendar: (calendar: string) =>
    `Diese Frage meint den ${calendar} Kalender. Bitte geben Sie das Datum hier nach unserem (gregorianischen) Kalender ein.`,
  calendars: {
    ethiopian: "äthiopischen",
    coptic: "koptischen",
    islamic: "islamischen",
    persian: "persischen",
    buddhist: "buddhistischen",
    "bikram-sambat": "nepalesischen (Bikram Sambat)",
    myanmar: "birmanischen",
  } as Record<string, string>,

  // places
  findPosition: "Meinen Standort bestimmen",
  findAgain: "Standort neu bestimmen",
  typePosition: "Koordinaten eingeben",
  searching: "Der Standort wird gesucht …",
  foundWithin: (metres: string, wanted: number) =>
    `Gefunden, auf ${metres} m genau. Ab ${wanted} m wird er von selbst übernommen.`,
  takePosition: "Diesen Standort übernehmen",
  poorPosition: "Das ist ungenau. Versuchen Sie es im Freien noch einmal.",
  noMap:
    "Diese Frage braucht hier keine Karte: Bestimmen Sie Ihren Standort, oder geben Sie die Koordinaten ein.",
  noMapTrace: "Gehen Sie die Strecke ab und zeichnen Sie sie auf, oder geben Sie ihre Punkte ein.",
  noMapShape:
    "Gehen Sie um die Fläche und zeichnen Sie den Weg auf, oder geben Sie die Eckpunkte ein.",
  position: {
    missing: "Dieser Browser kennt keinen Standort. Bitte geben Sie die Koordinaten ein.",
    denied:
      "Der Browser darf den Standort nicht verwenden. Erlauben Sie es in den Einstellungen des Browsers, oder geben Sie die Koordinaten ein.",
    unavailable:
      "Der Standort war nicht zu bestimmen. Versuchen Sie es im Freien noch einmal, oder geben Sie die Koordinaten ein.",
    insecure:
      "Der Standort ist nur über eine gesicherte Verbindung (https) zu haben. Bitte geben Sie die Koordinaten ein.",
  },
  latitude: "Breite (Nord/Süd)",
  longitude: "Länge (Ost/West)",
  latitudePattern: "51,0504",
  longitudePattern: "13,7373",
  notLatitude: "Die Breite liegt zwischen -90 und 90 Grad, zum Beispiel 51,0504.",
  notLongitude: "Die Länge liegt zwischen -180 und 180 Grad, zum Beispiel 13,7373.",
  coordinateMissing: "Bitte geben Sie Breite und Länge ein.",
  eastWest: "OW",
  within: (metres: string) => `auf ${metres} m genau`,
  removePoint: (at: number) => `Punkt ${at} entfernen`,
  pointsMissing: (count: number) =>
    count === 1 ? "Es fehlt noch 1 Punkt." : `Es fehlen noch ${count} Punkte.`,
  pointsLength: (count: number, metres: string) => `${count} Punkte, ${metres} m`,
  startWalk: "Aufzeichnung beginnen",
  stopWalk: "Aufzeichnung beenden",
  walking: "Die Aufzeichnung läuft. Alle paar Meter kommt ein Punkt hinzu.",
  typePoint: "Punkt eingeben",

  // files
  takePhoto: "Foto aufnehmen",
  takeVideo: "Video aufnehmen",
  chooseFile: {
    image: "Bild auswählen",
    audio: "Tondatei auswählen",
    video: "Video auswählen",
    file: "Datei auswählen",
  },
  removeFile: "Entfernen",
  storing: "Wird gespeichert …",
  fileFailed: "Die Datei ließ sich nicht speichern. Bitte versuchen Sie es noch einmal.",
  preview: "Ihre Datei",
  record: "Aufnahme beginnen",
  stopRecording: "Aufnahme beenden",
  noMicrophone:
    "Das Mikrofon ist nicht zu verwenden. Erlauben Sie es in den Einstellungen des Browsers, oder wählen Sie eine Tondatei.",
  draw: "Zeichnen",
  sign: "Unterschreiben",
  annotate: "Auf das Bild zeichnen",
  signHere: "Unterschreiben Sie mit Maus, Finger oder Stift. Oder tippen Sie Ihren Namen.",
  drawHere: "Zeichnen Sie mit Maus, Finger oder Stift. Oder tippen Sie einen Text.",
  sheet: (marks: number) =>
    marks === 0 ? "Leeres Blatt" : `Blatt mit ${marks} ${marks === 1 ? "Strich" : "Strichen"}`,
  typeName: "Name",
  typeOnSheet: "Text",
  putOnSheet: "Auf das Blatt",
  takeDrawing: "Fertig",
  undo: "Rückgängig",
  clearSheet: "Alles löschen",

  // codes
  scan: "Code lesen",
  noScanner: "Dieser Browser kann keine Codes lesen. Bitte tippen Sie den Code ab.",
  noCamera: "Die Kamera ist nicht zu verwenden. Bitte tippen Sie den Code ab.",
  scannerView: "Bild der Kamera",

  confirm: "Ja, das bestätige ich",

  // what a browser cannot ask
  app: "Diese Frage ist für eine Handy-App gedacht, die ein Browser nicht öffnen kann. Bitte tippen Sie die Antwort ein.",
  appFile:
    "Diese Frage ist für eine Handy-App gedacht, die ein Browser nicht öffnen kann. Bitte fügen Sie die Datei hier hinzu.",
  printer:
    "Ein Etikett lässt sich hier nicht drucken. Notieren Sie den Inhalt, wenn Sie ihn brauchen.",
  osm: "Diese Frage braucht eine App für OpenStreetMap. Ein Browser kann sie nicht stellen. Bitte beantworten Sie sie mit ODK Collect, oder lassen Sie sie aus.",
};
