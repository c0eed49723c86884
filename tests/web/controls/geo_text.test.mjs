import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const {
  distance,
  length,
  placesText,
  placeText,
  readDegrees,
  readPlace,
  readPlaces,
  withoutClosing,
} = await load("controls/geo_text.ts");

test("a place is written as ODK writes it, and only what is known", () => {
  assert.equal(placeText({ latitude: 51.05040001, longitude: 13.7373 }), "51.0504 13.7373");
  assert.equal(placeText({ latitude: 51, longitude: 13, accuracy: 4.75 }), "51 13 0 4.8");
  assert.equal(
    placeText({ latitude: -51, longitude: -13, altitude: 113.26, accuracy: 5 }),
    "-51 -13 113.3 5",
  );
  assert.deepEqual(readPlace("51 13 0 4.8"), {
    latitude: 51,
    longitude: 13,
    altitude: 0,
    accuracy: 4.8,
  });
  for (const text of ["", "51", "51 x", "1 2 3 4 5"]) assert.equal(readPlace(text), null);
});

test("a line needs two points, an area three, and an area is closed", () => {
  const points = readPlaces("1 1; 1 2;2 2;");
  assert.equal(points.length, 3);
  assert.equal(placesText(points.slice(0, 1), false), "");
  assert.equal(placesText(points.slice(0, 2), false), "1 1;1 2");
  assert.equal(placesText(points.slice(0, 2), true), "");
  assert.equal(placesText(points, true), "1 1;1 2;2 2;1 1");
  assert.deepEqual(withoutClosing(readPlaces("1 1;1 2;2 2;1 1")), points);
  assert.deepEqual(withoutClosing(points), points);
});

for (const [text, axis, degrees] of [
  ["51,0504", "latitude", 51.0504],
  ["51.0504", "latitude", 51.0504],
  ["-13.5", "longitude", -13.5],
  ["−13,5", "longitude", -13.5],
  ["51°", "latitude", 51],
  ["51° 30' N", "latitude", 51.5],
  ["51°30'36\"S", "latitude", -51.51],
  ["13,5 O", "longitude", 13.5],
  ["13,5 E", "longitude", 13.5],
  ["W 13,5", "longitude", -13.5],
]) {
  test(`"${text}" is ${degrees} degrees of ${axis}`, () => {
    assert.ok(Math.abs(readDegrees(text, axis) - degrees) < 1e-9);
  });
}

for (const [text, axis] of [
  ["", "latitude"],
  ["91", "latitude"],
  ["181", "longitude"],
  ["51 N", "longitude"],
  ["13 E", "latitude"],
  ["-51 S", "latitude"],
  ["51°60'", "latitude"],
  ["Dresden", "latitude"],
]) {
  test(`"${text}" is no ${axis}`, () => assert.equal(readDegrees(text, axis), null));
}

test("lengths are those of the ground", () => {
  const dresden = { latitude: 51.0504, longitude: 13.7373 };
  const leipzig = { latitude: 51.3397, longitude: 12.3731 };
  assert.ok(Math.abs(distance(dresden, leipzig) - 100_200) < 700);
  assert.equal(length([dresden], false), 0);
  assert.ok(
    Math.abs(length([dresden, leipzig, dresden], true) - 2 * distance(dresden, leipzig)) < 1e-6,
  );
});
