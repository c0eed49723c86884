// Functions about places, on a sphere (JavaRosa's radius; the ODK XForms specification names none).
#include <cmath>
#include <numbers>

#include "forms/expr/conversion.h"
#include "forms/expr/functions.h"

namespace survey::expr::fn {

namespace {

constexpr double kEarthRadiusM = 6'378'100;
constexpr std::size_t kPointsMax = 100'000;  // a day's walk at one point a second

struct Point {
    double lat = 0;
    double lon = 0;
};

double radians(double degrees) {
    return degrees * std::numbers::pi / 180;
}

bool read_point(std::string_view text, Point& point) {
    double parts[4] = {};
    std::size_t count = 0;
    std::size_t at = 0;
    while (true) {
        while (at < text.size() && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t'))
            ++at;
        if (at == text.size()) break;
        std::size_t end = at;
        while (end < text.size() && text[end] != ' ' && text[end] != '\n' && text[end] != '\t') {
            ++end;
        }
        if (count == 4) return false;
        parts[count] = plain_number(text.substr(at, end - at));
        if (std::isnan(parts[count])) return false;
        ++count;
        at = end;
    }
    point = {parts[0], parts[1]};
    return count >= 2 && std::fabs(point.lat) <= 90 && std::fabs(point.lon) <= 180;
}

// "lat lon alt acc; lat lon …", appended; false where a part is no point.
bool read_points(std::string_view text, std::vector<Point>& points) {
    std::size_t at = 0;
    while (at <= text.size()) {
        const std::size_t end = std::min(text.find(';', at), text.size());
        const std::string_view part = text.substr(at, end - at);
        at = end + 1;
        if (part.find_first_not_of(" \n\t") == std::string_view::npos) continue;
        Point point;
        if (!read_point(part, point) || points.size() == kPointsMax) return false;
        points.push_back(point);
    }
    return true;
}

// Nothing where there is no point at all, or one that cannot be read.
std::optional<std::vector<Point>> points_of(Call& call) {
    std::vector<Point> points;
    for (const Value& one : call.flattened(0)) {
        if (!read_points(to_string(one), points)) return std::nullopt;
    }
    if (points.empty()) return std::nullopt;
    return points;
}

// No position is known to a centimetre, so nobody shall read more digits.
double to_hundredths(double number) {
    return std::round(number * 100) / 100;
}

double distance_between(const Point& a, const Point& b) {
    // Haversine: exact enough for metres, where the cosine rule is not.
    const double half_lat = std::sin(radians(b.lat - a.lat) / 2);
    const double half_lon = std::sin(radians(b.lon - a.lon) / 2);
    const double h = half_lat * half_lat +
                     std::cos(radians(a.lat)) * std::cos(radians(b.lat)) * half_lon * half_lon;
    return 2 * kEarthRadiusM * std::asin(std::min(1.0, std::sqrt(h)));
}

// Twice the signed area of the triangle: left of the line, on it, right of it.
double turn(const Point& a, const Point& b, const Point& c) {
    return (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon);
}

bool is_between(const Point& a, const Point& b, const Point& c) {
    return std::min(a.lon, b.lon) <= c.lon && c.lon <= std::max(a.lon, b.lon) &&
           std::min(a.lat, b.lat) <= c.lat && c.lat <= std::max(a.lat, b.lat);
}

bool segments_meet(const Point& a, const Point& b, const Point& c, const Point& d) {
    const double c_side = turn(a, b, c), d_side = turn(a, b, d);
    const double a_side = turn(c, d, a), b_side = turn(c, d, b);
    if (((c_side > 0 && d_side < 0) || (c_side < 0 && d_side > 0)) &&
        ((a_side > 0 && b_side < 0) || (a_side < 0 && b_side > 0))) {
        return true;
    }
    return (c_side == 0 && is_between(a, b, c)) || (d_side == 0 && is_between(a, b, d)) ||
           (a_side == 0 && is_between(c, d, a)) || (b_side == 0 && is_between(c, d, b));
}

bool same(const Point& a, const Point& b) {
    return a.lat == b.lat && a.lon == b.lon;
}

}  // namespace

// Sum of the strips between each edge and the equator, the edge taken at its mean height
// (Chamberlain and Duquette, "Some algorithms for polygons on a sphere", 2007).
Value area(Call& call) {
    const auto points = points_of(call);
    // What is no shape encloses nothing, as JavaRosa and Web Forms have it.
    if (!points || points->size() < 3) return 0.0;
    double strips = 0;
    for (std::size_t i = 0; i < points->size(); ++i) {
        const Point& a = (*points)[i];
        const Point& b = (*points)[(i + 1) % points->size()];
        strips +=
            radians(b.lon - a.lon) * (2 + std::sin(radians(a.lat)) + std::sin(radians(b.lat)));
    }
    return to_hundredths(std::fabs(strips) * kEarthRadiusM * kEarthRadiusM / 2);
}

Value distance(Call& call) {
    const auto points = points_of(call);
    if (!points) return std::nan("");
    double total = 0;
    for (std::size_t i = 1; i < points->size(); ++i) {
        total += distance_between((*points)[i - 1], (*points)[i]);
    }
    return to_hundredths(total);
}

// By the crossings of a ray to the east; latitude and longitude as plane coordinates.
Value geofence(Call& call) {
    Point point;
    std::vector<Point> shape;
    if (!read_point(call.string(0), point) || !read_points(call.string(1), shape) ||
        shape.size() < 3) {
        return false;
    }
    bool inside = false;
    for (std::size_t i = 0, j = shape.size() - 1; i < shape.size(); j = i++) {
        const Point& a = shape[i];
        const Point& b = shape[j];
        if (turn(a, b, point) == 0 && is_between(a, b, point)) return true;  // on the fence
        if ((a.lat > point.lat) == (b.lat > point.lat)) continue;
        const double crossing = a.lon + (point.lat - a.lat) * (b.lon - a.lon) / (b.lat - a.lat);
        if (point.lon < crossing) inside = !inside;
    }
    return inside;
}

// Does a trace or the outline of a shape meet itself? The ends of a closed one may.
Value intersects(Call& call) {
    std::vector<Point> all;
    if (!read_points(call.string(0), all)) return false;
    std::vector<Point> points;
    for (const Point& point : all) {
        if (points.empty() || !same(points.back(), point)) points.push_back(point);
    }
    if (points.size() < 3) return false;
    const std::size_t segments = points.size() - 1;
    const bool closed = same(points.front(), points.back());
    for (std::size_t i = 0; i < segments; ++i) {
        for (std::size_t j = i + 1; j < segments; ++j) {
            if (!call.evaluator().charge(1)) return false;
            const Point& a = points[i];
            const Point& b = points[i + 1];
            const Point& c = points[j];
            const Point& d = points[j + 1];
            if (j == i + 1) {
                // Neighbours share a point; they meet again only where the second turns back.
                if (turn(a, b, d) == 0 && (is_between(a, b, d) || is_between(b, d, a))) return true;
                continue;
            }
            if (closed && i == 0 && j == segments - 1) {
                if (turn(c, d, b) == 0 && (is_between(c, d, b) || is_between(a, b, c))) return true;
                continue;
            }
            if (segments_meet(a, b, c, d)) return true;
        }
    }
    return false;
}

}  // namespace survey::expr::fn
