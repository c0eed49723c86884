// Recording a sound with the browser's microphone.

import { useEffect, useRef, useState } from "preact/hooks";
import { optionText } from "./appearance";
import type { ControlProps } from "./control";

/** Bits per second for the form's quality (ODK: voice-only, low, normal). */
const kBits: Record<string, number> = { "voice-only": 12_000, low: 24_000, normal: 64_000 };
// An hour: what a person forgets to stop must not fill the device.
const kSecondsMax = 3600;

export function Recorder({
  props,
  done,
}: {
  props: ControlProps;
  done(blob: Blob): Promise<void>;
}) {
  const { words, node } = props;
  const recorder = useRef<MediaRecorder | null>(null);
  const [seconds, setSeconds] = useState<number | null>(null);
  const [problem, setProblem] = useState(false);

  useEffect(() => {
    if (seconds === null) return;
    const timer = setTimeout(
      () => (seconds >= kSecondsMax ? stop() : setSeconds(seconds + 1)),
      1000,
    );
    return () => clearTimeout(timer);
  }, [seconds]);
  // Leaving the page while recording keeps what was said.
  useEffect(() => () => stop(), []);

  function stop() {
    if (recorder.current?.state === "recording") recorder.current.stop();
  }
  async function start() {
    setProblem(false);
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const bits = kBits[optionText(node, "quality") ?? "normal"] ?? kBits.normal;
      const running = new MediaRecorder(stream, { audioBitsPerSecond: bits as number });
      const parts: Blob[] = [];
      running.ondataavailable = (event) => parts.push(event.data);
      running.onstop = () => {
        stream.getTracks().forEach((track) => track.stop());
        setSeconds(null);
        const blob = new Blob(parts, { type: running.mimeType });
        if (blob.size > 0) void done(blob);
      };
      recorder.current = running;
      running.start(1000);
      setSeconds(0);
    } catch {
      setProblem(true); // no microphone, or not allowed
    }
  }
  if (typeof MediaRecorder === "undefined" || !navigator.mediaDevices) return null;
  return (
    <div class="c-recorder">
      {seconds === null ? (
        <button type="button" class="button" onClick={() => void start()}>
          {words.controls.record}
        </button>
      ) : (
        <>
          <button type="button" class="button button-main" onClick={stop}>
            {words.controls.stopRecording}
          </button>
          <span class="c-recording" role="timer">
            {`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`}
          </span>
        </>
      )}
      {problem && (
        <p class="c-reason" role="alert">
          {words.controls.noMicrophone}
        </p>
      )}
    </div>
  );
}
