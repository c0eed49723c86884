#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace survey::collector {

/// The language of the program's own words; a form brings its own languages.
enum class UiLanguage : std::uint8_t { kEnglish, kGerman };

/// What the terminal says. One entry per sentence; the texts stand in words.cpp, both languages
/// side by side. {1}, {2} are filled in.
enum class Word : std::uint8_t {
    kWelcome,
    kResumed,
    kCorrecting,
    kProgress,
    kRequired,
    kHint,
    kCurrentAnswer,
    kCurrentMark,
    kMoreChoices,
    kNothingMatches,
    kSeveralMatch,
    kAskOne,
    kAskMany,
    kAskRank,
    kAskConfirm,
    kAskNumber,
    kAskWhole,
    kAskDate,
    kAskTime,
    kAskDateTime,
    kAskGeopoint,
    kAskRange,
    kAskSteps,
    kAskText,
    kAskFile,
    kAnswerNeeded,
    kAnswerRefused,
    kWarned,
    kAskReason,
    kReasonNeeded,
    kReasonRefused,
    kOverruled,
    kNotWholeNumber,
    kNotNumber,
    kNotDate,
    kNotTime,
    kNotDateTime,
    kNotGeopoint,
    kNotYesNo,
    kNotInRange,
    kAddRepeat,
    kRepeatHeading,
    kRepeatRemoved,
    kEntriesGone,
    kNotInRepeat,
    kYesOrNo,
    kEnd,
    kEndOpen,
    kFinaliseNow,
    kFinalised,
    kKeptAsDraft,
    kHelp,
    kUnknownCommand,
    kAmbiguousCommand,
    kNoSuchQuestion,
    kJumpWhere,
    kFirstQuestion,
    kLanguages,
    kNoSuchLanguage,
    kNowLanguage,
    kNoGuidance,
    kNoteSaved,
    kNoteRefused,
    kNoteNone,
    kNoteShown,
    kNoteWhere,
    kCleared,
    kNothingToClear,
    kReadOnly,
    kNotSaved,
    kListHeading,
    kUnanswered,
    kInputEnded,
    kCalculated,
    kFault,
    kNotText,
    kLineTooLong,
};

std::string_view text_of(UiLanguage language, Word word);

/// The sentence with its blanks filled in: {1} is the first value.
std::string say(UiLanguage language, Word word,
                std::initializer_list<std::string_view> values = {});

}  // namespace survey::collector
