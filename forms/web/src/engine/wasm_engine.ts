// engine.wasm: the session protocol over four functions of a WebAssembly module.

import type { Engine, EngineError, Reply } from "./engine";

interface Exports {
  memory: WebAssembly.Memory;
  _initialize?: () => void;
  engine_alloc(size: number): number;
  engine_free(address: number): void;
  engine_request(json: number, size: number): number;
  engine_reset(): void;
}

const kEncoder = new TextEncoder();
const kDecoder = new TextDecoder();

/** The engine's word for "there is no such zone" (forms/wasm/host.h). */
const kNoZone = -(2 ** 31);

const formats = new Map<string, Intl.DateTimeFormat | null>();

function formatOf(zone: string): Intl.DateTimeFormat | null {
  let format = formats.get(zone);
  if (format !== undefined) return format;
  try {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone === "" ? undefined : zone,
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    format = null;
  }
  formats.set(zone, format);
  return format;
}

/** Local time minus UTC at that second, in seconds; the browser's own zone for "". */
export function zoneOffset(zone: string, utcSeconds: number): number {
  const format = formatOf(zone);
  if (!format) return kNoZone;
  const part: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(utcSeconds * 1000)) part[type] = value;
  const year = part.era === "BC" ? 1 - Number(part.year) : Number(part.year);
  const local = new Date(0);
  local.setUTCFullYear(year, Number(part.month) - 1, Number(part.day));
  local.setUTCHours(Number(part.hour), Number(part.minute), Number(part.second), 0);
  return Math.round(local.getTime() / 1000 - utcSeconds);
}

export class WasmEngine implements Engine {
  private last: Promise<unknown> = Promise.resolve();

  private constructor(private readonly module: Exports) {}

  static async load(address: string): Promise<WasmEngine> {
    let memory: WebAssembly.Memory | undefined;
    const bytes = (at: number, size: number) =>
      new Uint8Array((memory as WebAssembly.Memory).buffer, at, size);
    const imports = {
      host: {
        now_us: () => BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)),
        random: (at: number, size: number) => {
          crypto.getRandomValues(bytes(at, size));
        },
        zone_offset_s: (name: number, size: number, utc: bigint) =>
          zoneOffset(kDecoder.decode(bytes(name, size)), Number(utc)),
        abort_message: (at: number, size: number) => {
          throw new Error(`engine: ${kDecoder.decode(bytes(at, size))}`);
        },
      },
    };
    const { instance } = await instantiate(address, imports);
    const module = instance.exports as unknown as Exports;
    memory = module.memory;
    module._initialize?.();
    return new WasmEngine(module);
  }

  request(op: object): Promise<Reply> {
    const reply = this.last.then(() => this.answer(op));
    this.last = reply.catch(() => undefined);
    return reply;
  }

  private answer(op: object): Reply {
    const { module } = this;
    const text = kEncoder.encode(JSON.stringify(op));
    const at = module.engine_alloc(text.length);
    if (at === 0) return refusal({ code: "memory", message: "the request is too large" });
    new Uint8Array(module.memory.buffer, at, text.length).set(text);
    const reply = module.engine_request(at, text.length);
    module.engine_free(at);
    const size = new DataView(module.memory.buffer).getUint32(reply, true);
    const json = kDecoder.decode(new Uint8Array(module.memory.buffer, reply + 4, size));
    return JSON.parse(json) as Reply;
  }
}

function refusal(error: EngineError): Reply {
  return { error };
}

async function instantiate(address: string, imports: WebAssembly.Imports) {
  const reply = await fetch(address);
  if (!reply.ok) throw new Error(`engine.wasm: ${reply.status}`);
  if (reply.headers.get("Content-Type") === "application/wasm") {
    return WebAssembly.instantiateStreaming(reply, imports);
  }
  return WebAssembly.instantiate(await reply.arrayBuffer(), imports);
}
