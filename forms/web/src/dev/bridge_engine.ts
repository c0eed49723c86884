import type { Engine, Reply } from "../engine/engine";

/** The native engine behind the development server. */
export class BridgeEngine implements Engine {
  private last: Promise<unknown> = Promise.resolve();

  request(op: object): Promise<Reply> {
    const reply = this.last.then(async () => {
      const answer = await fetch("/dev/engine", { method: "POST", body: JSON.stringify(op) });
      return (await answer.json()) as Reply;
    });
    this.last = reply.catch(() => undefined);
    return reply;
  }
}
