// The service worker: installed after the page works, and a new version of it offered.

const kScope = "/f/";
const kScript = "/f/sw.js";

/** Installs the worker; `offer` is called when a new version of the page waits. */
export async function installWorker(offer: (takeOver: () => void) => void): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.register(kScript, { scope: kScope });
  let reloading = false;
  const hadOne = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    // The first worker takes over a page that is of its own version.
    if (reloading) location.reload();
  });
  const waits = () => {
    const { waiting } = registration;
    if (!waiting || !hadOne) return;
    offer(() => {
      reloading = true;
      waiting.postMessage("take-over");
    });
  };
  waits();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", waits);
  });
}
