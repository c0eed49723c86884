import type { controlsDe } from "./words_de";

export const controlsEn: typeof controlsDe = {
  chooseOne: "Please choose one answer",
};
