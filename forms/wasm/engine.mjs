// The engine module for any JavaScript host: one JSON object in, one out (forms/cli/PROTOCOL.md).
// Knows neither page nor Node: what the host must bring comes in as `host`.

/** The instance ended in a trap and is of no further use. Start a new one and restore. */
export class EngineTrap extends Error {}

// Without a zone of that name, `zone_offset_s` answers this.
const NO_ZONE = -2147483648;

/** Offsets of time zones as the host's Intl knows them. */
function zoneOffsets() {
  const formats = new Map();
  const formatOf = (name) => {
    let format = formats.get(name);
    if (!format) {
      format = new Intl.DateTimeFormat("en-u-ca-iso8601-nu-latn", {
        timeZone: name === "" ? undefined : name,
        hourCycle: "h23", era: "short", year: "numeric", month: "numeric", day: "numeric",
        hour: "numeric", minute: "numeric", second: "numeric",
      });
      formats.set(name, format);
    }
    return format;
  };
  return (name, seconds) => {
    const part = {};
    for (const { type, value } of formatOf(name).formatToParts(seconds * 1000)) part[type] = value;
    const year = part.era === "BC" || part.era === "B" ? 1 - part.year : Number(part.year);
    const local = new Date(0);
    local.setUTCFullYear(year, part.month - 1, part.day);
    local.setUTCHours(part.hour, part.minute, part.second);
    return local.getTime() / 1000 - seconds;
  };
}

/**
 * Starts an instance.
 * @param module a compiled WebAssembly.Module; many instances may share it
 * @param host what it needs of the machine: `randomValues(Uint8Array)` fills with unpredictable
 *   bytes, `now()` gives milliseconds since 1970; both default to the page's own
 */
export async function startEngine(module, host = {}) {
  const {
    randomValues = (bytes) => globalThis.crypto.getRandomValues(bytes),
    now = () => Date.now(),
  } = host;
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  const offsetOf = zoneOffsets();
  let lastWords = "";
  let trap = null;
  let exports;
  const bytesAt = (at, size) => new Uint8Array(exports.memory.buffer, at >>> 0, size >>> 0);

  const imports = {
    host: {
      now_us: () => BigInt(Math.floor(now() * 1000)),
      random: (at, size) => {
        const most = 65536; // getRandomValues gives no more at once
        for (let done = 0; done < size; done += most)
          randomValues(bytesAt(at + done, Math.min(most, size - done)));
      },
      zone_offset_s: (at, size, seconds) => {
        try {
          return offsetOf(decoder.decode(bytesAt(at, size)), Number(seconds));
        } catch {
          return NO_ZONE;
        }
      },
      abort_message: (at, size) => {
        lastWords = decoder.decode(bytesAt(at, size));
      },
    },
  };
  ({ exports } = await WebAssembly.instantiate(module, imports));

  const guarded = (call) => {
    if (trap) throw trap;
    try {
      return call();
    } catch (error) {
      trap = new EngineTrap(lastWords || `the engine stopped: ${error.message}`, { cause: error });
      throw trap;
    }
  };
  guarded(() => exports._initialize());

  return {
    /**
     * One request as JSON in UTF-8, the answer alike; the answer's bytes are the module's and hold
     * until the next call. Throws EngineTrap, and from then on always.
     */
    requestBytes(bytes) {
      const room = guarded(() => exports.engine_alloc(bytes.length));
      if (room === 0) throw new RangeError("the engine has no memory for the request");
      return guarded(() => {
        bytesAt(room, bytes.length).set(bytes);
        const answer = exports.engine_request(room, bytes.length) >>> 0;
        exports.engine_free(room);
        const size = new DataView(exports.memory.buffer).getUint32(answer, true);
        return bytesAt(answer + 4, size);
      });
    },
    /** The same with objects. */
    request(object) {
      return JSON.parse(decoder.decode(this.requestBytes(encoder.encode(JSON.stringify(object)))));
    },
    /** Forgets every form and instance. */
    reset() {
      guarded(() => exports.engine_reset());
    },
    /** What the instance holds of the machine's memory. */
    get memoryBytes() {
      return exports.memory.buffer.byteLength;
    },
  };
}
