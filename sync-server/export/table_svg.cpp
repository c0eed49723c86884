#include <algorithm>

#include "common/base/number.h"
#include "sync-server/export/markup.h"
#include "sync-server/export/render.h"

namespace survey::server {

namespace {

constexpr double kWidth = 680;
constexpr double kLabelWidth = 260;
constexpr double kValueWidth = 110;
constexpr double kPlotWidth = kWidth - kLabelWidth - kValueWidth;
constexpr double kLine = 28;
constexpr double kBar = 16;
constexpr double kTop = 16;
// Wide letters in the system font fill the column with these; the table beside has the whole text.
constexpr std::size_t kLabelCharacters = 30;
// Longer charts nobody reads; the table has every row.
constexpr std::size_t kBarsMax = 200;

std::string digits(double number) {
    return format_double(static_cast<double>(static_cast<long>(number * 10 + 0.5)) / 10);
}

/// A name for references within the document: they may not contain blanks.
std::string reference_name(const std::string& id) {
    std::string name = "chart-";
    for (const char c : id) {
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        name += plain ? c : '-';
    }
    return name;
}

/// The first characters of a UTF-8 text, with an ellipsis if there are more.
std::string shortened(const std::string& text) {
    std::size_t characters = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U) continue;
        if (characters++ == kLabelCharacters) return text.substr(0, i) + "…";
    }
    return text;
}

class Chart {
  public:
    explicit Chart(Language language) : language_(language) {}

    void heading(const std::string& label) {
        text(0, y_ + kBar - 3, "start", label, " font-weight=\"bold\"");
        y_ += kLine;
    }
    void label(const std::string& label) {
        text(kLabelWidth - 8, y_ + kBar - 3, "end", shortened(label));
    }
    void bar(double from, double to, const char* opacity) {
        body_ += "<rect x=\"" + digits(x(from)) + "\" y=\"" + digits(y_) + "\" width=\"" +
                 digits(std::max(0.0, x(to) - x(from))) + "\" height=\"" + digits(kBar) +
                 "\" fill=\"currentColor\" fill-opacity=\"" + opacity +
                 "\" stroke=\"currentColor\" stroke-width=\"0.5\"/>\n";
    }
    /// A line with end marks for an interval.
    void whisker(double from, double to) {
        const std::string middle = digits(y_ + kBar / 2);
        const std::string low = digits(x(from));
        const std::string high = digits(x(to));
        const std::string top = digits(y_ + 4);
        const std::string bottom = digits(y_ + kBar - 4);
        body_ += "<path d=\"M" + low + " " + middle + "H" + high + "M" + low + " " + top + "V" +
                 bottom + "M" + high + " " + top + "V" + bottom +
                 "\" stroke=\"currentColor\" fill=\"none\"/>\n";
    }
    void value(const std::string& value) {
        text(kWidth - kValueWidth + 8, y_ + kBar - 3, "start", value);
    }
    void suppressed() {
        text(kLabelWidth + 4, y_ + kBar - 3, "start", std::string(words(language_).suppressed),
             " font-style=\"italic\"");
    }
    void next() { y_ += kLine; }
    /// What 0 and 1 of the bars mean on the plot.
    void range(double low, double high) {
        low_ = low;
        high_ = high;
    }
    void axis(double at) {
        body_ += "<path d=\"M" + digits(x(at)) + " 0V" + digits(y_) +
                 "\" stroke=\"currentColor\" stroke-opacity=\"0.6\"/>\n";
    }

    std::string finish(const LabelledTable& table) && {
        const std::string id = reference_name(table.id);
        std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" lang=\"" +
                          std::string(words(language_).code) + "\" viewBox=\"0 0 " +
                          digits(kWidth) + " " + digits(y_ + kTop) + "\" aria-labelledby=\"" + id +
                          "-title " + id + "-desc\" font-family=\"system-ui, sans-serif\" " +
                          "font-size=\"13\">\n";
        svg += "<title id=\"" + id + "-title\">" + escape_markup(table.title) + "</title>\n";
        svg += "<desc id=\"" + id + "-desc\">" + escape_markup(table.summary) + "</desc>\n";
        return svg + body_ + "</svg>\n";
    }

  private:
    double x(double share) const {
        return kLabelWidth + kPlotWidth * (share - low_) / (high_ - low_);
    }
    void text(double at_x, double at_y, const char* anchor, const std::string& content,
              const std::string& more = "") {
        body_ += "<text x=\"" + digits(at_x) + "\" y=\"" + digits(at_y) + "\" text-anchor=\"" +
                 anchor + "\" fill=\"currentColor\"" + more + ">" + escape_markup(content) +
                 "</text>\n";
    }

    Language language_;
    std::string body_;
    double y_ = kTop;
    double low_ = 0;
    double high_ = 1;
};

void draw_bars(const LabelledTable& table, Chart& chart) {
    std::size_t bars = 0;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        // With groups the total has its own, last.
        if (table.columns.size() > 1) chart.heading(table.columns[c]);
        for (std::size_t r = 0; r + 1 < table.rows.size() && bars < kBarsMax; ++r, ++bars) {
            const LabelledCell& cell = table.rows[r].cells[c];
            chart.label(table.rows[r].label);
            const std::string count = format_count(cell.answers.value_or(0), table.language);
            if (!cell.answers) {
                chart.suppressed();
            } else if (!cell.share) {  // of an earlier state: a number without a base
                chart.value(count);
            } else {
                chart.bar(0, *cell.share, "0.35");
                if (cell.interval) chart.whisker(cell.interval->low, cell.interval->high);
                chart.value(format_share(*cell.share, table.language) + " (" + count + ")");
            }
            chart.next();
        }
    }
    chart.axis(0);
}

/// Negative to the left, positive to the right, the neutral around the middle, so that both ends
/// and the balance can be compared.
void draw_diverging(const LabelledTable& table, Chart& chart) {
    const Words& w = words(table.language);
    chart.range(-1, 1);
    chart.heading(std::string(w.negative) + " ◀ " + std::string(w.neutral) + " ▶ " +
                  std::string(w.positive));
    for (std::size_t c = 0; c < std::min(table.scale.size(), kBarsMax); ++c) {
        const ScaleSummary& scale = table.scale[c];
        chart.label(table.columns[c]);
        if (!scale.balance) {
            chart.suppressed();
        } else {
            const double neutral = std::max(0.0, 1 - *scale.positive - *scale.negative);
            chart.bar(-neutral / 2 - *scale.negative, -neutral / 2, "0.75");
            chart.bar(-neutral / 2, neutral / 2, "0.08");
            chart.bar(neutral / 2, neutral / 2 + *scale.positive, "0.35");
            chart.value(format_share(*scale.negative, table.language) + " / " +
                        format_share(*scale.positive, table.language));
        }
        chart.next();
    }
    chart.axis(0);
}

}  // namespace

std::string table_svg(const LabelledTable& table) {
    Chart chart(table.language);
    if (table.scale.empty()) {
        draw_bars(table, chart);
    } else {
        draw_diverging(table, chart);
    }
    return std::move(chart).finish(table);
}

}  // namespace survey::server
