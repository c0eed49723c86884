// What a form asks of the device by itself: its place, when an action wants it. Sound is not
// recorded unasked in a browser.

import type { Session } from "../engine/session";

// As long as a person waits for a place before it counts as not to be had.
const kTimeoutMs = 30_000;

function place(): Promise<GeolocationPosition | null> {
  return new Promise((resolve) => {
    if (!("geolocation" in navigator)) return resolve(null);
    navigator.geolocation.getCurrentPosition(resolve, () => resolve(null), {
      enableHighAccuracy: true,
      timeout: kTimeoutMs,
    });
  });
}

/** Answers what is asked now; the rest of the form does not wait for it. */
export async function answerRequests(session: Session): Promise<boolean> {
  const open = session.takeRequests();
  for (const { request, kind } of open) {
    const found = kind === "geopoint" ? await place() : null;
    await session.answerRequest(
      request,
      found && {
        latitude: found.coords.latitude,
        longitude: found.coords.longitude,
        altitude: found.coords.altitude ?? 0,
        accuracy: found.coords.accuracy,
      },
    );
  }
  return open.length > 0;
}
