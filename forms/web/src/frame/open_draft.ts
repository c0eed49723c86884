// From a draft to something that can be filled in.

import type { Engine } from "../engine/engine";
import { loadForm, Session, type EngineMedia, type LoadedForm } from "../engine/session";
import type { AnswerHome, Draft, FormMedia, FormPackage, FormRef } from "../home/home";
import type { MediaAddress } from "../parts/media";
import { Filling } from "./filling";

/** A form that the engine has read. */
export interface OpenForm {
  package: FormPackage;
  loaded: LoadedForm;
  media: MediaAddress;
}

/** What the engine reads itself (lists); pictures and sounds only the page needs. */
function engineMedia(media: Record<string, FormMedia>): EngineMedia {
  const read: EngineMedia = {};
  for (const [url, content] of Object.entries(media)) {
    if (!("address" in content)) read[url] = content;
  }
  return read;
}

function addressIn(media: Record<string, FormMedia>): MediaAddress {
  return (url) => {
    const content = media[url];
    return content && "address" in content ? content.address : undefined;
  };
}

/** The forms of one home, each read by the engine once. */
export class Forms {
  private readonly read = new Map<string, Promise<OpenForm>>();

  constructor(
    readonly engine: Engine,
    readonly home: AnswerHome,
  ) {}

  form(ref: FormRef): Promise<OpenForm> {
    let form = this.read.get(ref.hash);
    if (!form) {
      form = this.load(ref);
      form.catch(() => this.read.delete(ref.hash));
      this.read.set(ref.hash, form);
    }
    return form;
  }

  /** Opens a draft with its own version of the form. `language` counts for a new one only. */
  async fill(draft: Draft, language?: string): Promise<{ form: OpenForm; filling: Filling }> {
    const form = await this.form(draft.form);
    const { languages } = form.loaded;
    const wanted = draft.language ?? language;
    const session = await Session.open(this.engine, {
      form: form.loaded.form,
      mode: draft.xml === "" ? "new" : "restore",
      timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      ...(draft.xml === "" ? { defaults: draft.defaults } : { xml: draft.xml }),
      ...(wanted && languages.includes(wanted) ? { language: wanted } : {}),
    });
    return { form, filling: await Filling.open(session, this.home, draft) };
  }

  private async load(ref: FormRef): Promise<OpenForm> {
    const form = await this.home.form(ref);
    const loaded = await loadForm(this.engine, form.xml, engineMedia(form.media));
    return { package: form, loaded, media: addressIn(form.media) };
  }
}
