// Development: opens a form with a home that forgets, on the native engine or engine.wasm.
// dev.html?form=fit_check.xlsx[&view=all][&language=…][&engine=bridge]

import { render } from "preact";
import { engineAddress } from "virtual:engine";
import type { Engine } from "../engine/engine";
import { loadForm, Session } from "../engine/session";
import { FillContext } from "../frame/context";
import { Filling } from "../frame/filling";
import { Items } from "../frame/items";
import { PageView } from "../frame/page_view";
import { MediaContext } from "../parts/media";
import { MemoryHome } from "../home/memory_home";
import "../style/style.css";
import { tagOf, wordsFor } from "../words/words";
import { BridgeEngine } from "./bridge_engine";

const asked = new URLSearchParams(location.search);
const app = document.getElementById("app") as HTMLElement;

const mediaAddress = (url: string) =>
  `/dev/media?name=${encodeURIComponent(url.slice(url.lastIndexOf("/") + 1))}`;

async function list() {
  const names = (await (await fetch("/dev/forms")).json()) as string[];
  render(
    <main class="page">
      <h1>Forms</h1>
      <ul>
        {names.map((name) => (
          <li key={name}>
            <a href={`?form=${encodeURIComponent(name)}`}>{name}</a>{" "}
            <a href={`?form=${encodeURIComponent(name)}&view=all`}>all on one page</a>
          </li>
        ))}
      </ul>
    </main>,
    app,
  );
}

async function engine(): Promise<Engine> {
  if (asked.get("engine") === "bridge" || !engineAddress) return new BridgeEngine();
  const { WasmEngine } = await import("../engine/wasm_engine");
  return WasmEngine.load(engineAddress);
}

async function open(name: string) {
  const answer = await fetch(`/dev/form?name=${encodeURIComponent(name)}`);
  const xml = await answer.text();
  if (!answer.ok) throw new Error(xml);
  const running = await engine();
  const form = await loadForm(running, xml);
  const ref = { id: form.formId, version: form.version, hash: "development" };
  const home = new MemoryHome({ ref, title: form.title, open: true, xml, media: {}, noPrefill: [] });
  const draft = await home.start(ref);
  const session = await Session.open(running, {
    form: form.form,
    mode: "new",
    language: asked.get("language") ?? undefined,
  });
  const filling = await Filling.open(session, home, draft);
  const draw = () => {
    const { words, language } = wordsFor(session.language, navigator.languages);
    const fill = {
      filling,
      words,
      pageLanguage: language,
      language: tagOf(session.language) ?? language,
    };
    render(
      <MediaContext.Provider value={mediaAddress}>
        <FillContext.Provider value={fill}>
          <p class="dev-languages">
            {form.languages.map((one) => (
              <button key={one} type="button" class="button button-quiet"
                onClick={() => void filling.setLanguage(one).then(draw)}>
                {one}
              </button>
            ))}
          </p>
          {asked.get("view") === "all" ? (
            <main class="page">
              <h1>{form.title}</h1>
              {filling.pages.map((page) => (
                <Items key={page.key} items={page.items} level={2} />
              ))}
            </main>
          ) : (
            <PageView finish={async () => {
                const outcome = await filling.finish();
                alert(JSON.stringify(outcome, null, 1));
                return outcome.queued ? [] : outcome.violations;
              }} />
          )}
        </FillContext.Provider>
      </MediaContext.Provider>,
      app,
    );
  };
  draw();
  session.subscribeStructure(() => void filling.settled().then(draw));
  Object.assign(window, { filling });
}

const name = asked.get("form");
(name ? open(name) : list()).catch((failure: unknown) => {
  app.textContent = String(failure);
});
