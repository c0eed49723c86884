// A code on a thing: typed, or read with the camera where the browser can.

import { useEffect, useRef, useState } from "preact/hooks";
import { has } from "./appearance";
import type { ControlProps } from "./control";
import { Notice } from "./notice";
import { kAsTyped, useTyped } from "./typed";
import { TypedInput } from "./typed_input";

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type DetectorMaker = new () => Detector;

function detectorMaker(): DetectorMaker | undefined {
  return (globalThis as { BarcodeDetector?: DetectorMaker }).BarcodeDetector;
}

// Reading each frame heats a phone; five times a second feels immediate.
const kLookEveryMs = 200;

export function Barcode(props: ControlProps) {
  const { node, words, disabled } = props;
  const [scanning, setScanning] = useState(false);
  const typed = useTyped(props, kAsTyped);
  const canScan = detectorMaker() !== undefined && navigator.mediaDevices !== undefined;
  return (
    <>
      {!canScan && <Notice text={words.controls.noScanner} />}
      <TypedInput
        control={props}
        typed={typed}
        input={{
          autoComplete: "off",
          autoCapitalize: "none",
          spellcheck: false,
          type: has(node, "hidden-answer") ? "password" : "text",
        }}
      >
        {canScan && !disabled && (
          <button
            type="button"
            class="button"
            aria-expanded={scanning}
            onClick={() => setScanning(!scanning)}
          >
            {scanning ? words.controls.cancel : words.controls.scan}
          </button>
        )}
      </TypedInput>
      {scanning && (
        <Scanner
          props={props}
          found={(code) => {
            setScanning(false);
            void typed.put(code);
            document.getElementById(props.ids.input)?.focus();
          }}
        />
      )}
    </>
  );
}

function Scanner({ props, found }: { props: ControlProps; found(code: string): void }) {
  const { node, words } = props;
  const video = useRef<HTMLVideoElement>(null);
  const [problem, setProblem] = useState(false);
  useEffect(() => {
    let gone = false;
    let stream: MediaStream | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const Maker = detectorMaker();
    async function look(detector: Detector) {
      if (gone || !video.current) return;
      const codes = await detector.detect(video.current).catch(() => []);
      if (gone) return;
      const first = codes[0]?.rawValue;
      if (first !== undefined && first !== "") found(first);
      else timer = setTimeout(() => void look(detector), kLookEveryMs);
    }
    async function start() {
      if (!Maker) return;
      const facingMode = has(node, "front") ? "user" : "environment";
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode } });
      if (gone || !video.current) return stream.getTracks().forEach((track) => track.stop());
      video.current.srcObject = stream;
      await video.current.play();
      await look(new Maker());
    }
    start().catch(() => setProblem(true));
    return () => {
      gone = true;
      clearTimeout(timer);
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, []);
  if (problem) {
    return (
      <p class="c-reason" role="alert">
        {words.controls.noCamera}
      </p>
    );
  }
  return (
    <video
      ref={video}
      class="c-scanner"
      muted
      playsInline
      aria-label={words.controls.scannerView}
    />
  );
}
