// The shapes of forms on which engines slow down, and what each costs here. Prints the measured
// figure beside the one to reach and those of the peers on the same shape. Arguments: none for all,
// or parts of the names of the shapes to run.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <malloc.h>

#include "common/base/random.h"
#include "common/crypto/crypto.h"
#include "common/host/host.h"
#include "forms/runtime/form_session.h"
#include "forms/xform/load.h"

namespace {

using namespace survey;
using namespace survey::forms;

/// Processor time of this thread: nothing here waits, and other work on the machine does not count.
double now_ms() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double milliseconds_of(const std::function<void()>& work) {
    const double start = now_ms();
    work();
    return now_ms() - start;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

double median_of_runs(int runs, const std::function<void()>& work) {
    std::vector<double> times;
    for (int i = 0; i < runs; ++i)
        times.push_back(milliseconds_of(work));
    return median(times);
}

void print(const std::string& what, double value, double wanted, const char* unit,
           const char* peers) {
    std::printf("%-4s %-56s %10.3f %-3s to reach %8.3f   %s\n", value <= wanted ? "ok" : "MISS",
                what.c_str(), value, unit, wanted, peers);
    std::fflush(stdout);
}

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "wrong result: %s\n", what);
    std::exit(1);
}

std::string whole_form(const std::string& instance, const std::string& model,
                       const std::string& body) {
    return "<h:html xmlns=\"http://www.w3.org/2002/xforms\" "
           "xmlns:h=\"http://www.w3.org/1999/xhtml\" "
           "xmlns:jr=\"http://openrosa.org/javarosa\"><h:head><h:title>Bench</h:title><model>"
           "<instance><data id=\"bench\" version=\"1\">" +
           instance + "<meta><instanceID/></meta></data></instance>" + model +
           "<bind nodeset=\"/data/meta/instanceID\" type=\"string\" jr:preload=\"uid\"/>"
           "</model></h:head><h:body>" +
           body + "</h:body></h:html>";
}

std::string input(const std::string& path, int number) {
    return "<input ref=\"" + path + "\"><label>Question " + std::to_string(number) +
           "</label></input>";
}

/// Yes/no gates before nine questions each, or one gate for all.
std::string gates(int questions, bool one_gate) {
    constexpr const char* kTypes[] = {"string", "int", "decimal", "date", "string"};
    std::string instance;
    std::string model;
    std::string body;
    for (int i = 0; i < questions; ++i) {
        const std::string name = "q" + std::to_string(i);
        const std::string path = "/data/" + name;
        instance += "<" + name + "/>";
        const bool is_gate = one_gate ? i == 0 : i % 10 == 0;
        if (is_gate) {
            model += "<bind nodeset=\"" + path + "\" type=\"string\"/>";
            body += "<select1 ref=\"" + path + "\"><label>Question " + std::to_string(i) +
                    "</label><item><label>Yes</label><value>yes</value></item>"
                    "<item><label>No</label><value>no</value></item></select1>";
            continue;
        }
        const std::string gate = "/data/q" + std::to_string(one_gate ? 0 : i / 10 * 10);
        model += "<bind nodeset=\"" + path + "\" type=\"" + kTypes[i % 5] + "\" relevant=\"" +
                 gate + " = 'yes'\"/>";
        body += input(path, i);
    }
    return whole_form(instance, model, body);
}

std::string chain(int length) {
    std::string instance = "<c0>0</c0>";
    std::string model = "<bind nodeset=\"/data/c0\" type=\"int\"/>";
    for (int i = 1; i <= length; ++i) {
        const std::string name = "c" + std::to_string(i);
        instance += "<" + name + "/>";
        model += "<bind nodeset=\"/data/" + name + "\" type=\"int\" calculate=\"/data/c" +
                 std::to_string(i - 1) + " + 1\"/>";
    }
    instance += "<copy/>";
    model += "<bind nodeset=\"/data/copy\" type=\"int\" readonly=\"true()\" calculate=\"/data/c" +
             std::to_string(length) + "\"/>";
    return whole_form(instance, model, input("/data/c0", 0) + input("/data/copy", 1));
}

constexpr const char* kRowBinds =
    "<bind nodeset=\"/data/r/qty\" type=\"int\"/><bind nodeset=\"/data/r/price\" type=\"int\"/>"
    "<bind nodeset=\"/data/r/total\" type=\"int\" calculate=\"../qty * ../price\"/>"
    "<bind nodeset=\"/data/r/label\" calculate=\"concat('item ', position(..), ': ', ../total)\"/>"
    "<bind nodeset=\"/data/grand\" type=\"int\" calculate=\"sum(/data/r/total)\"/>";

std::string rows(int instances) {
    std::string instance;
    for (int i = 0; i < instances; ++i) {
        instance +=
            "<r><qty>" + std::to_string(1 + i % 5) + "</qty><price>2</price><total/><label/></r>";
    }
    return whole_form(instance + "<grand/>", kRowBinds,
                      "<group ref=\"/data/r\"><label>Rows</label><repeat nodeset=\"/data/r\">" +
                          input("/data/r/qty", 1) + input("/data/r/price", 2) +
                          "</repeat></group>");
}

std::string counted_rows() {
    return whole_form(
        "<n/><r jr:template=\"\"><qty>2</qty><price>3</price><total/><label/></r><grand/>",
        std::string("<bind nodeset=\"/data/n\" type=\"int\"/>") + kRowBinds,
        input("/data/n", 0) +
            "<group ref=\"/data/r\"><label>Rows</label><repeat nodeset=\"/data/r\" "
            "jr:count=\"/data/n\">" +
            input("/data/r/qty", 1) + input("/data/r/price", 2) + "</repeat></group>");
}

std::string items(const std::string& id, const std::string& all) {
    return "<instance id=\"" + id + "\"><root>" + all + "</root></instance>";
}

std::string select_from(const std::string& name, const std::string& nodeset) {
    return "<select1 ref=\"/data/" + name + "\"><label>" + name + "</label><itemset nodeset=\"" +
           nodeset + "\"><value ref=\"name\"/><label ref=\"label\"/></itemset></select1>";
}

std::string cascade() {
    std::string regions;
    std::string districts;
    for (int i = 0; i < 50; ++i) {
        const std::string number = std::to_string(i);
        regions += "<item><name>r" + number + "</name><label>Region " + number + "</label></item>";
    }
    for (int i = 0; i < 1000; ++i) {
        const std::string number = std::to_string(i);
        districts += "<item><name>d" + number + "</name><label>District " + number +
                     "</label><region>r" + std::to_string(i % 50) + "</region></item>";
    }
    return whole_form(
        "<region/><district/><village/>",
        items("regions", regions) + items("districts", districts) +
            "<instance id=\"villages\" src=\"jr://file-csv/villages.csv\"/>"
            "<bind nodeset=\"/data/region\" type=\"string\"/>"
            "<bind nodeset=\"/data/district\" type=\"string\"/>"
            "<bind nodeset=\"/data/village\" type=\"string\"/>",
        select_from("region", "instance('regions')/root/item") +
            select_from("district", "instance('districts')/root/item[region=/data/region]") +
            select_from("village", "instance('villages')/root/item[district=/data/district]"));
}

class Villages final : public MediaSource {
  public:
    explicit Villages(int count) {
        bytes_ = "name,label,region,district\n";
        for (int i = 0; i < count; ++i) {
            const std::string number = std::to_string(i);
            bytes_ += "v" + number + ",Village " + number + ",r" + std::to_string(i % 1000 % 50) +
                      ",d" + std::to_string(i % 1000) + "\n";
        }
    }
    Result<std::string> read(std::string_view) const override { return bytes_; }

  private:
    std::string bytes_;
};

class Bench {
  public:
    explicit Bench(std::vector<std::string> wanted)
        : wanted_(std::move(wanted)), zone_(local_time_zone()) {}

    void run() {
        shape("relevance 2000", [&] { relevance(2000, 20, "500 ms / 2.4 s"); });
        shape("relevance 10000", [&] { relevance(10000, 120, "10 s / 29 s"); });
        shape("one gate 2000", [&] { one_gate(); });
        shape("chain 1000", [&] { chain_of_1000(); });
        shape("repeat count 500", [&] { repeat_count(); });
        shape("repeat 500", [&] { repeat(500, 0.2); });
        shape("repeat 5000", [&] { repeat(5000, 2); });
        shape("cascade 50000", [&] { cascade_of_50000(); });
    }

  private:
    void shape(const std::string& name, const std::function<void()>& work) {
        const bool is_wanted =
            wanted_.empty() ||
            std::any_of(wanted_.begin(), wanted_.end(), [&](const std::string& part) {
                return name.find(part) != std::string::npos;
            });
        if (is_wanted) work();
    }

    std::shared_ptr<const FormDefinition> load(const std::string& xml) {
        LoadedForm loaded = load_xform(xml);
        require(loaded.form != nullptr, "the form loads");
        return loaded.form;
    }

    FormSession open(const std::shared_ptr<const FormDefinition>& form,
                     const MediaSource* media = nullptr) {
        SessionEnvironment environment{&clock_, zone_.get(), &random_, media, false, nullptr};
        auto session = FormSession::open(form, environment);
        require(static_cast<bool>(session), "the session opens");
        return *std::move(session);
    }

    double loading(const std::string& xml, int runs) {
        return median_of_runs(runs, [&] { open(load(xml)); });
    }

    static void set(FormSession& session, std::string_view ref, std::string_view value) {
        require(static_cast<bool>(session.set_value(*session.find(ref), value)), "an answer");
    }
    static std::string value(const FormSession& session, std::string_view ref) {
        return session.state(*session.find(ref)).value;
    }
    static bool relevant(const FormSession& session, std::string_view ref) {
        return session.state(*session.find(ref)).relevant;
    }

    void relevance(int questions, double to_reach, const char* peers) {
        const std::string xml = gates(questions, false);
        const std::string name = std::to_string(questions) + " questions";
        print("load a form of " + name, loading(xml, 5), to_reach, "ms", peers);
        const auto form = load(xml);
        memory(form, name);
        FormSession session = open(form);
        const NodeId gate = *session.find("/data/q0");
        const double opened = median_of_runs(9, [&] {
            set(session, "/data/q0", "yes");
            set(session, "/data/q0", "no");
        });
        print("gate of 9, " + name, opened * 500, 300, "us", "290 us / 5 ms");
        set(session, "/data/q0", "yes");
        require(relevant(session, "/data/q1") && relevant(session, "/data/q9"), "block shown");
        const NodeId plain = *session.find("/data/q4");
        int turn = 0;
        const double answer = median_of_runs(101, [&] {
            require(static_cast<bool>(session.set_value(plain, std::to_string(++turn))), "answer");
        });
        print("an answer on which nothing depends, " + name, answer * 1000, 20, "us",
              "40-90 us / 150 us");
        require(static_cast<bool>(session.set_value(gate, "no")), "gate");
    }

    /// Live bytes that a session takes, by node. The plan is shared by the sessions of a form.
    void memory(const std::shared_ptr<const FormDefinition>& form, const std::string& name) {
        SessionCache* const none = nullptr;
        SessionEnvironment environment{&clock_, zone_.get(), &random_, nullptr, false, none};
        auto warm = FormSession::open(form, environment);
        require(static_cast<bool>(warm), "opens");
        const std::size_t before = mallinfo2().uordblks;
        auto session = FormSession::open(form, environment);
        const std::size_t after = mallinfo2().uordblks;
        const double nodes = static_cast<double>(session->all_nodes().size());
        print("a session with its plan in memory, " + name,
              static_cast<double>(after - before) / nodes, 1000, "B", "by node");
    }

    void one_gate() {
        FormSession session = open(load(gates(2000, true)));
        const double toggled = median_of_runs(9, [&] {
            set(session, "/data/q0", "yes");
            set(session, "/data/q0", "no");
        });
        print("an answer that hides or shows 1,999 questions", toggled / 2, 1, "ms",
              "34 ms / 660 ms");
        require(!relevant(session, "/data/q1999"), "hidden");
    }

    void chain_of_1000() {
        FormSession session = open(load(chain(1000)));
        require(value(session, "/data/copy") == "1000", "chain at load");
        std::vector<double> times;
        for (const char* head : {"5", "17", "100", "1", "42"})
            times.push_back(milliseconds_of([&] { set(session, "/data/c0", head); }));
        require(value(session, "/data/copy") == "1042", "chain");
        print("chain of 1,000 calculations", median(times), 1, "ms", "38 ms / 280 ms");
    }

    void repeat_count() {
        const auto form = load(counted_rows());
        std::vector<double> times;
        for (int i = 0; i < 5; ++i) {
            FormSession session = open(form);
            times.push_back(milliseconds_of([&] { set(session, "/data/n", "500"); }));
            require(value(session, "/data/grand") == "3000", "grand total");
        }
        print("repeat count set to 500", median(times), 10, "ms", "1.9 s / 9.7 s");
        FormSession session = open(form);
        set(session, "/data/n", "500");
        change_rows(session, 500, 0.2);
    }

    void repeat(int instances, double to_reach) {
        const std::string xml = rows(instances);
        const auto form = load(xml);
        print("load a repeat of " + std::to_string(instances), loading(xml, 5), instances * 0.1,
              "ms", "50 ms / 8.8 s at 500");
        FormSession session = open(form);
        change_rows(session, instances, to_reach);
        const NodeId third = *session.find("/data/r[3]");
        const double removed =
            milliseconds_of([&] { require(bool(session.remove_repeat(third)), "removal"); });
        print("removing the 3rd of " + std::to_string(instances), removed, to_reach * 10, "ms",
              "788 ms at 500, reported");
    }

    void change_rows(FormSession& session, int instances, double to_reach) {
        const std::string qty = "/data/r[" + std::to_string(instances / 2) + "]/qty";
        const NodeId node = *session.find(qty);
        std::vector<double> times;
        for (const char* amount : {"10", "20", "30", "40", "50"}) {
            times.push_back(milliseconds_of(
                [&] { require(bool(session.set_value(node, amount)), "quantity"); }));
        }
        print("one change in a repeat of " + std::to_string(instances), median(times), to_reach,
              "ms", "2-4 ms / 11-18 ms at 500");
        const std::string label =
            value(session, "/data/r[" + std::to_string(instances / 2) + "]/label");
        require(label.find(": 1") != std::string::npos, "label");
    }

    void cascade_of_50000() {
        const Villages villages(50000);
        const std::string xml = cascade();
        print("cascade over 50,000 choices, load",
              median_of_runs(3, [&] { open(load(xml), &villages); }), 60, "ms", "350 ms / 3.1 s");
        FormSession session = open(load(xml), &villages);
        const NodeId district = *session.find("/data/district");
        const NodeId village = *session.find("/data/village");
        std::vector<double> answers;
        std::vector<double> lists;
        double first = 0;
        const auto listed = [&](NodeId node, std::size_t count) {
            const double took = milliseconds_of(
                [&] { require(session.choices(node)->size() == count, "choices"); });
            if (node == village && first == 0) {
                first = took;
            } else {
                lists.push_back(took);
            }
        };
        for (const auto& [region, below] :
             {std::pair{"r3", "53"}, std::pair{"r7", "107"}, std::pair{"r9", "959"}}) {
            answers.push_back(milliseconds_of([&] { set(session, "/data/region", region); }));
            listed(district, 20);
            const std::string chosen = std::string("d") + below;
            const double took = milliseconds_of([&] { set(session, "/data/district", chosen); });
            if (first == 0) {
                listed(village, 50);
            } else {
                answers.push_back(took);
                listed(village, 50);
            }
            const std::string last = std::string("v") + below;
            answers.push_back(milliseconds_of([&] { set(session, "/data/village", last); }));
        }
        print("cascade, first list of villages", first, 5, "ms", "750 ms");
        print("cascade, any further list (slowest)", *std::max_element(lists.begin(), lists.end()),
              0.1, "ms", "11 ms");
        print("cascade, an answer (slowest)", *std::max_element(answers.begin(), answers.end()),
              0.1, "ms", "0.1 ms / 420 ms");
    }

    std::vector<std::string> wanted_;
    SystemClock clock_;
    SystemRandom random_;
    std::unique_ptr<TimeZone> zone_;
};

}  // namespace

int main(int argc, char** argv) {
    Bench({argv + 1, argv + argc}).run();
    return 0;
}
