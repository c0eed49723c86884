import type { controlsDe } from "./words_de";

// Words of the controls, in English.

export const controlsEn: typeof controlsDe = {
  clear: "Clear answer",
  notAnswered: "no answer yet",
  cancel: "Cancel",

  // texts and numbers
  openAddress: "Open page",
  characters: (shown, count) => (count === 1 ? "1 character" : `${shown} characters`),
  showText: "Show",
  number: {
    notNumber: "This is not a number. Please enter digits only.",
    whole: "Only a whole number fits here. Please leave out the decimals.",
    tooLarge: "This number is too large for this field. Please check it.",
  },
  less: "Less:",
  more: "More:",
  degrees: "degrees",
  compass: [
    "north",
    "north-east",
    "east",
    "south-east",
    "south",
    "south-west",
    "west",
    "north-west",
  ],

  // choices
  chooseOne: "Please choose one answer",
  noChoices: "Given your answers so far, there is nothing to choose here.",
  pictureList: "You cannot choose in the picture itself here. Please choose from the list.",
  mapList: "There is no map here. Please choose from the list.",
  searchHere: "Search or choose",
  found: (count) =>
    count === 0 ? "Nothing found." : count === 1 ? "1 option" : `${count} options`,
  nothingFound: "Nothing found. Try fewer letters.",
  chosen: (count) => `Chosen: ${count}`,
  removeNamed: (name) => `Remove ${name}`,
  labelsOnly: "What the columns mean",

  // order
  notRanked: "No answer yet. Move the entries, or take this order.",
  ranked: "Your order, the most important at the top:",
  takeOrder: "Take this order",
  moveUp: (name) => `Move ${name} up`,
  moveDown: (name) => `Move ${name} down`,
  positionOf: (name, count) => `Place of ${name}, 1 to ${count}`,
  movedTo: (name, at, count) => `${name}: place ${at} of ${count}`,

  // scales
  badScale: "The form defines this scale wrongly. Please tell whoever sent it.",
  scale: (start, end) => `on the scale from ${start} to ${end}`,
  offScale: (start, end, step) =>
    `Possible are values from ${start} to ${end} in steps of ${step}.`,
  pick: "Please choose",
  stars: (at, count) => `${at} of ${count}`,

  // dates
  date: {
    notDate: "This is not a date. Please enter it like this: 24/12/2026 (day first)",
    noSuchDay: "There is no such day. Please check the date.",
  },
  datePattern: "DD/MM/YYYY",
  dateExample: "for example 24/12/2026",
  notTime: "This is not a time. Please enter it like this: 14:30",
  timePattern: "HH:MM",
  notYear: "This is not a year. Please enter four digits.",
  yearPattern: "YYYY",
  month: "Month",
  year: "Year",
  monthMissing: "The month is still missing.",
  day: "Day",
  time: "Time",
  dayMissing: "The day is still missing.",
  timeMissing: "The time is still missing.",
  openCalendar: "Open calendar:",
  openClock: "Open clock:",
  otherCalendar: (calendar) =>
    `This question means the ${calendar} calendar. Please enter the date in our (Gregorian) calendar here.`,
  calendars: {
    ethiopian: "Ethiopian",
    coptic: "Coptic",
    islamic: "Islamic",
    persian: "Persian",
    buddhist: "Buddhist",
    "bikram-sambat": "Nepali (Bikram Sambat)",
    myanmar: "Burmese",
  },

  // places
  findPosition: "Find my position",
  findAgain: "Find position again",
  typePosition: "Enter coordinates",
  searching: "Looking for the position …",
  foundWithin: (metres, wanted) =>
    `Found to within ${metres} m. From ${wanted} m on it is taken by itself.`,
  takePosition: "Take this position",
  poorPosition: "This is not accurate. Try again in the open.",
  noMap: "This question needs no map here: find your position, or enter the coordinates.",
  noMapTrace: "Walk along the line and record it, or enter its points.",
  noMapShape: "Walk round the area and record the way, or enter the corners.",
  position: {
    missing: "This browser knows no position. Please enter the coordinates.",
    denied:
      "The browser may not use the position. Allow it in the browser's settings, or enter the coordinates.",
    unavailable:
      "The position could not be found. Try again in the open, or enter the coordinates.",
    insecure:
      "The position is only to be had over a secure connection (https). Please enter the coordinates.",
  },
  latitude: "Latitude (north/south)",
  longitude: "Longitude (east/west)",
  latitudePattern: "51.0504",
  longitudePattern: "13.7373",
  notLatitude: "Latitude lies between -90 and 90 degrees, for example 51.0504.",
  notLongitude: "Longitude lies between -180 and 180 degrees, for example 13.7373.",
  coordinateMissing: "Please enter latitude and longitude.",
  eastWest: "EW",
  within: (metres) => `to within ${metres} m`,
  removePoint: (at) => `Remove point ${at}`,
  pointsMissing: (count) =>
    count === 1 ? "1 point is still missing." : `${count} points are still missing.`,
  pointsLength: (count, metres) => `${count} points, ${metres} m`,
  startWalk: "Start recording",
  stopWalk: "Stop recording",
  walking: "Recording. Every few metres a point is added.",
  typePoint: "Enter a point",

  // files
  takePhoto: "Take a photo",
  takeVideo: "Take a video",
  chooseFile: {
    image: "Choose a picture",
    audio: "Choose a sound file",
    video: "Choose a video",
    file: "Choose a file",
  },
  removeFile: "Remove",
  storing: "Storing …",
  fileFailed: "The file could not be stored. Please try again.",
  preview: "Your file",
  record: "Start recording",
  stopRecording: "Stop recording",
  noMicrophone:
    "The microphone cannot be used. Allow it in the browser's settings, or choose a sound file.",
  draw: "Draw",
  sign: "Sign",
  annotate: "Draw on the picture",
  signHere: "Sign with mouse, finger or pen. Or type your name.",
  drawHere: "Draw with mouse, finger or pen. Or type a text.",
  sheet: (marks) =>
    marks === 0 ? "Empty sheet" : `Sheet with ${marks} ${marks === 1 ? "stroke" : "strokes"}`,
  typeName: "Name",
  typeOnSheet: "Text",
  putOnSheet: "Put on the sheet",
  takeDrawing: "Done",
  undo: "Undo",
  clearSheet: "Clear all",

  // codes
  scan: "Read a code",
  noScanner: "This browser cannot read codes. Please type the code.",
  noCamera: "The camera cannot be used. Please type the code.",
  scannerView: "Picture of the camera",

  confirm: "Yes, I confirm this",

  // what a browser cannot ask
  app: "This question is meant for a phone app that a browser cannot open. Please type the answer.",
  appFile:
    "This question is meant for a phone app that a browser cannot open. Please add the file here.",
  printer: "A label cannot be printed here. Note the content if you need it.",
  osm: "This question needs an OpenStreetMap app. A browser cannot ask it. Please answer it with ODK Collect, or leave it out.",
};
