// Where the page begins: which home, then its first screen.

import { render } from "preact";
import { engineAddress } from "virtual:engine";
import type { Engine } from "./engine/engine";
import { WasmEngine } from "./engine/wasm_engine";
import { failureText } from "./frame/failures";
import { forgetGuest, isKiosk } from "./frame/kiosk";
import { LinkApp } from "./frame/link_app";
import { Forms } from "./frame/open_draft";
import { installWorker } from "./frame/update";
import { OfficeApp } from "./frame/office";
import { BrowserHome } from "./home/browser_home";
import { CollectorHome } from "./home/collector_home";
import { linkPath } from "./worker/shell_cache";
import { wordsFor } from "./words/words";
import "./style/style.css";

const app = document.getElementById("app") as HTMLElement;

async function startEngine(): Promise<Engine> {
  if (engineAddress) return WasmEngine.load(engineAddress);
  if (!import.meta.env.DEV) throw new Error("this build has no engine");
  const { BridgeEngine } = await import("./dev/bridge_engine");
  return new BridgeEngine();
}

async function startLink(): Promise<void> {
  const path = linkPath(location.pathname);
  const link = path?.slice("/f/".length);
  if (!link) throw new Error("this is not the address of a questionnaire");
  const opening = BrowserHome.open(link);
  // The form comes while the engine does.
  void opening.then((home) => home.forms()).catch(() => undefined);
  const [home, engine] = await Promise.all([opening, startEngine()]);
  const wantsKiosk = /\/kiosk\/?$/.test(location.pathname);
  const inKiosk = await isKiosk(home);
  if (inKiosk && !wantsKiosk) {
    // Leaving needs the code.
    location.replace(`${path}/kiosk`);
    return;
  }
  if (wantsKiosk) await forgetGuest(home);
  const forms = new Forms(engine, home);
  const kiosk = wantsKiosk ? (inKiosk ? "running" : "setup") : false;
  const draw = (update?: () => void) =>
    render(<LinkApp home={home} forms={forms} kiosk={kiosk} link={link} update={update} />, app);
  draw();
  await installWorker(draw).catch(() => undefined);
  await home.keepPage().catch(() => undefined);
}

async function startWindow(): Promise<void> {
  const [home, engine] = await Promise.all([CollectorHome.open(), startEngine()]);
  render(<OfficeApp home={home} forms={new Forms(engine, home)} />, app);
}

const start = document.documentElement.dataset.home === "collector" ? startWindow : startLink;
start().catch((failure: unknown) => {
  const { words } = wordsFor(null, navigator.languages);
  render(
    <main class="page" role="alert">
      <h1>{words.cannotLoad}</h1>
      <p>{failureText(failure, words)}</p>
    </main>,
    app,
  );
});
