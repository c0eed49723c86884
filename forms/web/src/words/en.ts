import { controlsEn } from "../controls/words_en";
import type { Words } from "./words";

export const en: Words = {
  controls: controlsEn,

  // moving about
  next: "Next",
  back: "Back",
  start: "Begin",
  overview: "Overview",
  pause: "Go on later",
  markAnswered: "answered",
  markBlank: "open",
  markWrong: "please check",
  close: "Close",
  cancel: "Cancel",
  language: "Language",
  progress: (at, of) => `Step ${at} of ${of}`,
  pageTitle: (heading, form) => `${heading} – ${form}`,
  menu: "More",
  skipToQuestion: "Skip to the question",

  // a question
  required: "required",
  optional: "optional",
  moreHelp: "More help",
  noLabel: "Question without text",
  isRequired: "Please answer this question.",
  isWrong: "This answer does not fit. Please check it.",
  notHeld: {
    int: "This is not a whole number. It is not saved. Please type digits only.",
    decimal: "This is not a number. It is not saved. Please type a number only.",
    date: "This is not a date. It is not saved. Please check it.",
    time: "This is not a time. It is not saved. Please check it.",
    other: "This does not fit here. It is not saved. Please check it.",
  },
  fault: "This question has a mistake of the questionnaire. Please report it to the sender.",
  softTitle: "Is this right?",
  softReason: "If the answer is right: reason",
  softKeep: "Keep the answer",
  softKept: (reason) => `Confirmed: ${reason}`,
  imageMissing: "The picture is missing.",
  playAudio: "Sound for the question",
  playVideo: "Film for the question",

  // problems
  problemsTitle: (count) =>
    count === 1 ? "One answer is missing or does not fit" : `${count} answers are missing or do not fit`,
  problemsHere: "Please look at these places:",
  goToProblem: "Go to the first",
  problemAnnounced: (message) => `Error: ${message}`,

  // repeats
  entries: (count) => (count === 0 ? "No entry yet" : count === 1 ? "One entry" : `${count} entries`),
  entry: (at) => `Entry ${at}`,
  entryOf: (label, at, of) => `${label}: ${at} of ${of}`,
  addEntry: "Add an entry",
  addAnother: "Add another entry",
  editEntry: "Edit",
  change: "Change",
  removeEntry: "Remove",
  removeQuestion: (name) => `Remove “${name}” with all its answers?`,
  removeYes: "Yes, remove",
  removeNo: "No, keep",
  removed: (name) => `${name} is removed.`,
  added: (name) => `${name} is added.`,

  // saving
  saving: "Saving …",
  saved: "Saved on this device",
  notSaved: "Not saved",
  tryAgain: "Try again",
  quotaFull:
    "There is no room left on this device. Your last answer is not saved yet, but it still stands here. Please make room, for example by deleting downloads, and try again. Or save your answers to a file.",
  fileTooLarge: (megabytes) =>
    `The file is too large: ${megabytes} MB at most. Please choose a smaller one.`,
  fileNotHere: (name) => `The file “${name}” is no longer on this device.`,
  fileMissing: (name) =>
    `The file “${name}” is no longer on this device. Please go back to its question and give it again, or remove it.`,
  tooManyFiles: (count) =>
    `A questionnaire takes no more than ${count} files. Please remove another one first.`,
  storageBroken:
    "The browser cannot save at the moment. Your last answer still stands here. Please try again. If you are in private mode, open the page in an ordinary window.",
  storageGone: "This draft is no longer there. It was finished or deleted in another window.",
  openElsewhere:
    "This questionnaire is open in another window. Please go on there, or close the other window and try again here.",
  takenElsewhere: "The draft was changed in another window.",
  notPersistent:
    "Your browser does not promise to keep saved answers. Please finish the questionnaire soon and do not delete browser data until then.",
  saveAsFile: "Save my answers to a file",

  // first page
  aboutTitle: "Before you begin",
  sender: "Who asks",
  purpose: "What for",
  recipients: "Who sees your answers",
  kept: "How long they are kept",
  keptDays: (days) => (days === 1 ? "One day." : `${days} days.`),
  keptUntil: (day) => `Until ${day}.`,
  contact: "Questions and withdrawal",
  onDevice:
    "Your answers stay on this device until you finish the questionnaire. This works without a network, too.",
  draftsTitle: "Questionnaires you have begun",
  draftLine: (when) => `Last changed: ${when}`,
  resume: "Go on",
  discard: "Delete",
  discardQuestion: "Delete this draft with all its answers?",
  discardYes: "Yes, delete",
  newDraft: "Begin a new one",
  outdated: "Begun with an earlier version. You can finish it as it is.",
  closedTitle: "This questionnaire takes no new answers",
  closedDrafts: "You can still finish the ones you have begun.",
  loading: "Loading …",
  cannotLoad: "The questionnaire could not be loaded.",
  offlineFirst:
    "You are offline, and this questionnaire is not on this device yet. Please open it once with a network.",
  formBroken: "The questionnaire has a mistake and cannot be opened. Please report it to the sender.",
  updateReady: "A new version of this page is there. Your draft stays as it is.",
  updateNow: "Reload",

  // finishing
  endTitle: "Finished?",
  endReady: "You have answered everything that is needed.",
  endAnswered: (answered, asked) => `${answered} of ${asked} questions are answered.`,
  endCheck: "You can still look at your answers and change them. After finishing you cannot.",
  review: "Look at the answers",
  finalise: "Finish and send",
  finalising: "Finishing …",
  finaliseRefused: "Not finished yet",
  thanksTitle: "Thank you",
  thanksSent: "Your answers have arrived.",
  thanksWaiting:
    "Your answers are finished and saved on this device. They are sent by themselves as soon as there is a network. There is nothing more to do; but if there is no network now, open this page again later.",
  thanksSending: "Your answers are being sent …",
  thanksRefused: "Your answers were not accepted. They are still on this device.",
  receipt: "Receipt",
  another: "Fill in another one",
  answersTitle: "Your answers",
  print: "Print",
  saveHtml: "Save as a page (HTML)",
  saveJson: "Save as data (JSON)",
  unanswered: "No answer",

  // the queue
  queueTitle: "Finished questionnaires",
  queueWaiting: "waits for the network",
  queueSending: "is being sent",
  queueSent: "arrived",
  queueRefused: "not accepted",
  queueCount: (count) =>
    count === 1 ? "One questionnaire is not sent yet" : `${count} questionnaires are not sent yet`,
  sendNow: "Send now",
  exportQueue: "Save to a file",
  offline: "No network. You can go on filling in.",
  waits: {
    network: "No network, or the server cannot be reached. It is tried again by itself.",
    portal:
      "The network answered with something else, perhaps the sign-in page of the Wi-Fi. Please sign in there. It is tried again by itself.",
    busy: "The server is busy. It is tried again by itself.",
    receipt:
      "The server's receipt does not match your answers. They stay here. Please report this to the sender.",
  },
  refusedReason: (reason) =>
    `The server did not accept: ${reason} Please save the answers to a file and turn to the sender.`,

  // kiosk
  kioskStart: "Touch “Begin”.",
  kioskSetup: "Set up this device for guests",
  kioskSetupText:
    "After each questionnaire and after a pause the page starts again. Choose a code with which you leave this mode.",
  kioskCode: "Code (at least 4 digits)",
  kioskBegin: "Set up",
  kioskLeave: "Leave this mode",
  kioskLeaveCode: "Enter the code",
  kioskWrong: "This code is not right.",
  kioskShort: "The code needs at least 4 digits.",
  kioskIdleTitle: "Are you still there?",
  kioskIdle: (seconds) =>
    `In ${seconds} seconds the page starts again. Answers that are not finished are deleted then.`,
  kioskStay: "I am still here",
  kioskReturn: (seconds) => `This page starts again in ${seconds} seconds.`,
  kioskRestart: "Start again",
  kioskUnsent: (count) => `Not sent yet: ${count}`,
  kioskAbandon: "Stop and delete",
};
