// Words of the controls, in German.
export const controlsDe = {
  chooseOne: "Bitte wählen Sie eine Antwort",
};
