// The browser's position, watched while it becomes more accurate.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Place } from "./geo_text";

/** `words.controls.position[problem]` is the sentence for it. */
export type PositionProblem = "missing" | "denied" | "unavailable" | "insecure";

export interface Position {
  running: boolean;
  /** The latest place found since `start`. */
  place: Place | null;
  problem: PositionProblem | null;
  start(): void;
  stop(): void;
}

// A position older than this is where somebody was, not where they are.
const kAgeMaxMs = 5_000;

export function usePosition(options: { onPlace(place: Place): void }): Position {
  const [running, setRunning] = useState(false);
  const [place, setPlace] = useState<Place | null>(null);
  const [problem, setProblem] = useState<PositionProblem | null>(null);
  const watch = useRef<number | null>(null);
  const told = useRef(options.onPlace);
  told.current = options.onPlace;

  function stop() {
    if (watch.current !== null) navigator.geolocation.clearWatch(watch.current);
    watch.current = null;
    setRunning(false);
  }
  function start() {
    if (watch.current !== null) return;
    setPlace(null);
    setProblem(null);
    if (!window.isSecureContext) return setProblem("insecure");
    if (!("geolocation" in navigator)) return setProblem("missing");
    setRunning(true);
    watch.current = navigator.geolocation.watchPosition(
      ({ coords }) => {
        if (watch.current === null) return;
        const found: Place = {
          latitude: coords.latitude,
          longitude: coords.longitude,
          accuracy: coords.accuracy,
        };
        if (coords.altitude !== null) found.altitude = coords.altitude;
        setProblem(null);
        setPlace(found);
        told.current(found);
      },
      (error) => {
        // Under a roof the position comes and goes; only a refusal is final.
        if (error.code === error.PERMISSION_DENIED) stop();
        setProblem(error.code === error.PERMISSION_DENIED ? "denied" : "unavailable");
      },
      { enableHighAccuracy: true, maximumAge: kAgeMaxMs },
    );
  }
  useEffect(() => stop, []);
  return { running, place, problem, start, stop };
}
