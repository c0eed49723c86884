// One draft is open in one window.

import { HomeFailure } from "./home";

export interface Claim {
  end(): void;
}

/** Takes the draft for this window until `end`, or until the window is gone. Rejects with
 *  "elsewhere" where another window has it. */
export function claimDraft(id: string): Promise<Claim> {
  if (!navigator.locks) return Promise.resolve({ end() {} });
  return new Promise((resolve, reject) => {
    void navigator.locks
      .request(`werkstatt-draft-${id}`, { ifAvailable: true }, (lock) => {
        if (!lock) {
          reject(new HomeFailure("elsewhere", "another window has the draft"));
          return undefined;
        }
        return new Promise<void>((end) => resolve({ end: () => end() }));
      })
      .catch(reject);
  });
}
