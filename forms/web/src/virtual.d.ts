declare module "virtual:engine" {
  /** Where engine.wasm is; null in development without one (then the bridge is used). */
  export const engineAddress: string | null;
}
