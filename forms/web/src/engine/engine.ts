// The engine as the rest of the page sees it: one JSON object in, one out.

export interface EngineError {
  code: string;
  message?: string;
  [member: string]: unknown;
}

export type Reply = { error?: EngineError } & Record<string, unknown>;

/** Requests are answered in order. Async although the module answers at once: the same code talks
 *  to a worker, or in development to `forms session` behind a bridge. */
export interface Engine {
  request(op: object): Promise<Reply>;
}

/** What the engine refused, for the caller to explain. */
export class EngineRefusal extends Error {
  constructor(readonly detail: EngineError) {
    super(detail.message ?? detail.code);
  }
}

/** The reply, or EngineRefusal thrown. */
export async function ask(engine: Engine, op: object): Promise<Reply> {
  const reply = await engine.request(op);
  if (reply.error) throw new EngineRefusal(reply.error);
  return reply;
}
