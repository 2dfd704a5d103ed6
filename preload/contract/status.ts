import { z } from 'zod'
import { Presence, SeenPresence } from './board.ts'
import { Problem } from './errors.ts'

export const ConnectionStatus = z.object({
  id: z.string(),
  system: z.string(),
  /** Host and port, no secrets. */
  address: z.string(),
  /** `unchecked`: nobody asks it by itself, and nobody has pressed "check" since the program started. */
  state: z.enum(['unchecked', 'connecting', 'ok', 'down']),
  /** Since when it has been in this state, epoch ms. */
  since: z.number(),
  lastOkAt: z.number().nullable(),
  latencyMs: z.number().nullable(),
  problem: Problem.nullable(),
  /** Asked by itself again and again; the others only when somebody checks them. */
  polled: z.boolean(),
  /** When the next try comes, epoch ms. */
  retryAt: z.number().nullable(),
})
export type ConnectionStatus = z.infer<typeof ConnectionStatus>

export const ListenerStatus = z.object({
  state: z.enum(['starting', 'listening', 'port-taken', 'failed', 'stopped']),
  host: z.string(),
  port: z.number().int(),
  /** The addresses to give to the PBX, best first: `http://192.168.1.23:12180/srvlt`. */
  urls: z.array(z.string()),
  lastEventAt: z.number().nullable(),
  problem: z.string().nullable(),
})
export type ListenerStatus = z.infer<typeof ListenerStatus>

/** Somebody not on the allow-list tried. Not popped, not stored as a call. */
export const UnknownSource = z.object({
  address: z.string(),
  count: z.number().int(),
  firstAt: z.number(),
  lastAt: z.number(),
})
export type UnknownSource = z.infer<typeof UnknownSource>

/** Something the user must see once; the page has a sentence for each kind. */
export const Notice = z.object({
  id: z.string(),
  kind: z.enum([
    'database-quarantined',
    'database-restored',
    'database-from-future',
    'settings-invalid',
    'policy-invalid',
    'storage-failing',
    'listener-restarted',
    'notifications-failing',
    'history-recovered',
  ]),
  at: z.number(),
  params: z.record(z.string(), z.string()),
})
export type Notice = z.infer<typeof Notice>

export const Status = z.object({
  connections: z.array(ConnectionStatus),
  listener: ListenerStatus,
  unknownSources: z.array(UnknownSource),
  notices: z.array(Notice),
  /** Webhook received → card visible. */
  popLatency: z.object({ lastMs: z.number().nullable(), p95Ms: z.number().nullable(), count: z.number().int() }),
  demo: z.object({
    running: z.boolean(),
    callers: z.array(z.object({ id: z.string(), name: z.string(), number: z.string() })),
  }),
})
export type Status = z.infer<typeof Status>

/** The person at this desk. */
export const Me = z.object({
  connection: z.string().nullable(),
  extension: z.string().nullable(),
  name: z.string().nullable(),
  presence: SeenPresence,
  /** Set by me, not yet seen in a poll. */
  pendingPresence: Presence.nullable(),
  /** The extension that supervises from this desk; null = none is set. */
  supervisor: z.string().nullable(),
  /** What the configured connection can do: the UI asks this, never "is this telcrm?". */
  can: z.object({
    dial: z.boolean(),
    dialIp: z.boolean(),
    hangup: z.boolean(),
    transfer: z.boolean(),
    /** Ask a colleague while the caller waits. */
    consult: z.boolean(),
    /** Call others into a call. */
    conference: z.boolean(),
    /** Send a caller to a voice menu. */
    toMenu: z.boolean(),
    setPresence: z.boolean(),
    setOthersPresence: z.boolean(),
    /** Listen to others' calls, take them over, end them: `supervisor` says as whom. */
    supervise: z.boolean(),
  }),
})
export type Me = z.infer<typeof Me>
