/**
 * Every limit of the listener. A trusted PBX may hold many connections; one that is broken, or a machine that took its
 * address, must still leave room for another, and nothing may grow without bound.
 */
export const limits = {
  /** Open connections from one allowed address. */
  connectionsPerSource: 256,
  /** Open connections altogether. */
  connections: 320,
  /** Connections that the system keeps for us while we are busy; a full queue costs the PBX a second. */
  backlog: 4096,
  /** Request line and headers together, bytes. */
  headerBytes: 8 * 1024,
  bodyBytes: 64 * 1024,
  /** The head of a request must be complete by then, ms. */
  headersTimeoutMs: 3000,
  /** …and the whole request by then, ms. */
  requestTimeoutMs: 5000,
  /** How often the two are checked, ms. */
  connectionsCheckingIntervalMs: 1000,
  /** An idle connection is closed after this, ms. */
  keepAliveTimeoutMs: 10_000,
  /** Requests of one source: so many at once (twice the largest burst we promise to hold), and so many a second for long. */
  burstRequests: 20_000,
  requestsPerSecond: 2000,
  /** Sources whose request budget is remembered. */
  rememberedSources: 1000,
  /** What is kept of a request for the inbox, bytes. */
  rawBytes: 4096,
  /** Longest value of `id` that is accepted, and of any other field that is kept, characters. */
  fieldLength: 200,
  /** A report's timestamp may be this far from our clock, ms; and so long its number is remembered, for so many of a customer. */
  pushAgeMs: 600_000,
  rememberedPushes: 20_000,
  /** A refused connection is read for this long, so that the answer arrives before it is closed, ms. */
  lingerMs: 200,
  /** An unknown source is reported at most this often, ms. */
  unknownSourceGapMs: 1000,
  /** Refused requests are logged at most so many times in ten seconds. */
  loggedRefusals: 20,
} as const

/** How often a taken port is tried again, ms (R19). */
export const portRetryMs = 10_000
/** How soon a listener that failed is started again, ms. */
export const restartMs = 1000
/** How often our own addresses are looked at, ms (R20). */
export const addressRefreshMs = 5000
/** `lastEventAt` is told at most this often, ms. */
export const statusGapMs = 1000
/** How often names on the allow-list are resolved again, ms. */
export const resolveMs = 60_000
/** How long setting the allow-list waits for the first answers, ms. */
export const firstResolveMs = 2000
