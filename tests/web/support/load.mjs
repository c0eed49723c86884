export { load } from "../controls/load.mjs";
