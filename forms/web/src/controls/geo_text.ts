// Places as text: "latitude longitude altitude accuracy", points of a line joined by ";" (ODK
// XForms, "Data types"). Pure.

export interface Place {
  latitude: number;
  longitude: number;
  altitude?: number;
  accuracy?: number;
}

/** "51.0504 13.7373 113 5"; a missing altitude with a known accuracy is written 0, as ODK does. */
export function placeText(place: Place): string {
  const parts = [rounded(place.latitude, 7), rounded(place.longitude, 7)];
  if (place.altitude !== undefined || place.accuracy !== undefined) {
    parts.push(rounded(place.altitude ?? 0, 1));
  }
  if (place.accuracy !== undefined) parts.push(rounded(place.accuracy, 1));
  return parts.join(" ");
}

function rounded(number: number, digits: number): string {
  return String(Number(number.toFixed(digits)));
}

export function readPlace(text: string): Place | null {
  const parts = text.trim().split(/\s+/).map(Number);
  if (parts.length < 2 || parts.length > 4 || !parts.every(Number.isFinite)) return null;
  const [latitude, longitude, altitude, accuracy] = parts as [number, number, number?, number?];
  const place: Place = { latitude, longitude };
  if (altitude !== undefined) place.altitude = altitude;
  if (accuracy !== undefined) place.accuracy = accuracy;
  return place;
}

export function readPlaces(text: string): Place[] {
  return text
    .split(";")
    .map(readPlace)
    .filter((place): place is Place => place !== null);
}

/** A line, or with `closed` an area: the first point comes again at the end. "" while there are
 *  too few. */
export function placesText(places: readonly Place[], closed: boolean): string {
  if (places.length < (closed ? 3 : 2)) return "";
  const all = places.map(placeText);
  if (closed) all.push(all[0] as string);
  return all.join(";");
}

/** The points of an area without the repeated last one. */
export function withoutClosing(places: readonly Place[]): Place[] {
  const first = places[0];
  const last = places[places.length - 1];
  const ring =
    places.length > 2 &&
    first &&
    last &&
    first.latitude === last.latitude &&
    first.longitude === last.longitude;
  return places.slice(0, ring ? -1 : undefined);
}

/** Degrees as typed: "51,0504", "51.0504", "51° 3' 1.4\" N"; null if it is no such angle. */
export function readDegrees(text: string, axis: "latitude" | "longitude"): number | null {
  const limit = axis === "latitude" ? 90 : 180;
  const bare = text.trim().replace(/,/g, ".").replace(/[−–]/g, "-");
  const match =
    /^([NSEWO])?\s*([+-]?)(\d+(?:\.\d+)?)\s*(?:°\s*(?:(\d+(?:\.\d+)?)\s*['′]\s*(?:(\d+(?:\.\d+)?)\s*(?:["″]|'')\s*)?)?)?([NSEWO])?$/i.exec(
      bare,
    );
  if (!match) return null;
  const [, before, minus, degrees, minutes = "0", seconds = "0", after] = match;
  const side = (before ?? after ?? "").toUpperCase();
  if (side !== "" && (axis === "latitude") !== "NS".includes(side)) return null;
  if (side !== "" && minus !== "") return null;
  if (Number(minutes) >= 60 || Number(seconds) >= 60) return null;
  const size = Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3600;
  if (size > limit) return null;
  const negative = minus === "-" || side === "S" || side === "W";
  return size === 0 ? 0 : negative ? -size : size;
}

// Mean radius of the earth in metres (IUGG).
const kEarthRadius = 6371008.8;

/** Metres between two places on a sphere. */
export function distance(a: Place, b: Place): number {
  const rad = Math.PI / 180;
  const half =
    Math.sin(((b.latitude - a.latitude) * rad) / 2) ** 2 +
    Math.cos(a.latitude * rad) *
      Math.cos(b.latitude * rad) *
      Math.sin(((b.longitude - a.longitude) * rad) / 2) ** 2;
  return 2 * kEarthRadius * Math.asin(Math.min(1, Math.sqrt(half)));
}

export function length(places: readonly Place[], closed: boolean): number {
  const all = closed && places.length > 2 ? [...places, places[0] as Place] : places;
  let sum = 0;
  for (let at = 1; at < all.length; at += 1)
    sum += distance(all[at - 1] as Place, all[at] as Place);
  return sum;
}
