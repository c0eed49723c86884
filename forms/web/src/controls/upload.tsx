// Files of every kind: pictures (taken, chosen, drawn), sounds, films, documents.

import { useEffect, useState } from "preact/hooks";
import { asksForApp, has } from "./appearance";
import type { ControlProps } from "./control";
import { groupProps } from "./describe";
import { Drawing } from "./drawing";
import { fileSize, newFileName } from "./image_size";
import { localeOf } from "./locale";
import { Notice } from "./notice";
import { shrunk } from "./picture";
import { Recorder } from "./recorder";

export type MediaKind = "image" | "audio" | "video" | "file";

export function kindOfUpload({ node }: ControlProps): MediaKind | "osm" {
  const type = node.options?.media?.type ?? "application";
  if (type === "image" || type === "audio" || type === "video" || type === "osm") return type;
  return "file";
}

export function Upload(props: ControlProps) {
  const { node, words } = props;
  const kind = kindOfUpload(props);
  if (kind === "osm") return <Notice id={props.ids.input} text={words.controls.osm} />;
  return (
    <>
      {(asksForApp(node) || node.options?.intent !== undefined) && (
        <Notice text={words.controls.appFile} />
      )}
      <FileAnswer props={props} kind={kind} />
    </>
  );
}

/** The stored file of an answer as an address this page may show. */
function useStored(props: ControlProps): { blob: Blob | null; address: string | null } {
  const { node, files } = props;
  const [stored, setStored] = useState<{ blob: Blob | null; address: string | null }>({
    blob: null,
    address: null,
  });
  useEffect(() => {
    let address: string | null = null;
    let gone = false;
    const name = node.value ?? "";
    if (name === "") setStored({ blob: null, address: null });
    else {
      void files.get(name).then((blob) => {
        if (gone) return;
        address = blob ? URL.createObjectURL(blob) : null;
        setStored({ blob: blob ?? null, address });
      });
    }
    return () => {
      gone = true;
      if (address !== null) URL.revokeObjectURL(address);
    };
  }, [node.value, files]);
  return stored;
}

function FileAnswer({ props, kind }: { props: ControlProps; kind: MediaKind }) {
  const { node, words, ids, disabled, files } = props;
  const locale = localeOf(props.language);
  const stored = useStored(props);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [drawing, setDrawing] = useState(false);
  const answered = (node.value ?? "") !== "";

  /** Stores the file, answers with its name, and lets go of the file it replaces. */
  async function put(blob: Blob, name: string) {
    const old = node.value ?? "";
    setBusy(true);
    setProblem(null);
    try {
      const kept = kind === "image" ? await shrunk(blob, node.maxPixels) : blob;
      const suggested = kept === blob ? name : newFileName(node.ref, new Date(), kept.type);
      const held = await files.put(kept, suggested);
      await props.set(held);
      if (old !== "" && old !== held) await files.remove(old);
      setDrawing(false);
    } catch (failure) {
      setProblem(
        failure instanceof Error && failure.message !== ""
          ? failure.message
          : words.controls.fileFailed,
      );
    } finally {
      setBusy(false);
    }
  }
  async function remove() {
    const old = node.value ?? "";
    document.getElementById(ids.input)?.focus();
    await props.set(null);
    await files.remove(old);
  }
  const drawn = kind === "image" && has(node, "draw", "signature");
  const annotated = kind === "image" && has(node, "annotate");
  return (
    <div {...groupProps(props)} role="group" class="c-upload" aria-busy={busy ? "true" : undefined}>
      {answered && (
        <div class="c-file">
          {stored.address !== null && (
            <Preview kind={kind} address={stored.address} words={words} />
          )}
          <p class="c-file-name">
            {node.value}
            {stored.blob && ` (${fileSize(stored.blob.size, locale)})`}
          </p>
        </div>
      )}
      {!disabled && drawing && (
        <Drawing
          props={props}
          under={annotated ? stored.blob : null}
          signature={has(node, "signature")}
          done={(blob) => put(blob, newFileName(node.ref, new Date(), blob.type))}
          cancel={() => setDrawing(false)}
        />
      )}
      {!disabled && !drawing && (
        <div class="c-buttons">
          {(drawn || (annotated && answered)) && (
            <button type="button" class="button" onClick={() => setDrawing(true)}>
              {has(node, "signature")
                ? words.controls.sign
                : annotated
                  ? words.controls.annotate
                  : words.controls.draw}
            </button>
          )}
          {kind === "audio" && (
            <Recorder
              props={props}
              done={(blob) => put(blob, newFileName(node.ref, new Date(), blob.type))}
            />
          )}
          <FileButtons {...{ props, kind, put, drawn }} />
          {answered && (
            <button type="button" class="button" onClick={() => void remove()}>
              {words.controls.removeFile}
            </button>
          )}
        </div>
      )}
      <p class="c-state" role="status">
        {busy ? words.controls.storing : ""}
      </p>
      {problem !== null && (
        <p class="c-reason" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

interface ButtonsProps {
  props: ControlProps;
  kind: MediaKind;
  drawn: boolean;
  put(blob: Blob, name: string): Promise<void>;
}

/** One field that takes from the camera, one that takes any file; "new" leaves only the camera. */
function FileButtons({ props, kind, drawn, put }: ButtonsProps) {
  const { node, words } = props;
  const accept = kind === "file" ? undefined : (node.options?.media?.accept ?? `${kind}/*`);
  const front = has(node, "new-front", "selfie");
  const fresh = has(node, "new") || front;
  // A desktop's browser has one dialog for both; two buttons that do the same would puzzle.
  const handheld = navigator.maxTouchPoints > 0 || matchMedia("(any-pointer: coarse)").matches;
  const camera = (kind === "image" || kind === "video") && !drawn && (handheld || fresh);
  const name = kind === "image" ? words.controls.takePhoto : words.controls.takeVideo;
  return (
    <>
      {camera && (
        <FileField
          {...{ props, accept, put, name }}
          id="camera"
          capture={front ? "user" : "environment"}
        />
      )}
      {!(fresh && (camera || kind === "audio")) && (
        <FileField {...{ props, accept, put }} id="file" name={words.controls.chooseFile[kind]} />
      )}
    </>
  );
}

interface FieldProps {
  props: ControlProps;
  id: string;
  accept: string | undefined;
  capture?: "user" | "environment";
  name: string;
  put(blob: Blob, name: string): Promise<void>;
}

/** A file field that looks like a button: the label is the target, the field has the focus. */
function FileField({ props, id, accept, capture, name, put }: FieldProps) {
  const field = `${props.ids.input}-${id}`;
  return (
    <span class="c-file-field">
      <input
        id={field}
        type="file"
        class="c-file-input"
        accept={accept}
        capture={capture}
        aria-labelledby={`${field}-name ${props.ids.label}`}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = ""; // the same file may be chosen again
          if (file) void put(file, file.name);
        }}
      />
      <label id={`${field}-name`} for={field} class="button">
        {name}
      </label>
    </span>
  );
}

function Preview({
  kind,
  address,
  words,
}: {
  kind: MediaKind;
  address: string;
  words: ControlProps["words"];
}) {
  if (kind === "image") return <img class="c-preview" src={address} alt={words.controls.preview} />;
  if (kind === "audio")
    return <audio class="c-preview" controls src={address} aria-label={words.controls.preview} />;
  if (kind === "video")
    return <video class="c-preview" controls src={address} aria-label={words.controls.preview} />;
  return null;
}
