import { z } from 'zod'
import { Problem } from './errors.ts'

export const Presence = z.enum(['online', 'reducing', 'busy'])
/** What can be set. 在线 / 减少来电 / 置忙. */
export type Presence = z.infer<typeof Presence>

export const SeenPresence = z.enum(['online', 'reducing', 'busy', 'offline', 'unknown'])
/** What the PBX may report. */
export type SeenPresence = z.infer<typeof SeenPresence>

/** What the phone does. `unregistered` = the phone is not there. */
export const PhoneState = z.enum(['idle', 'ringing', 'talking', 'offline', 'unregistered', 'unknown'])
export type PhoneState = z.infer<typeof PhoneState>

/** What a tile shows, one word for all of it: the `data-state` of `board-tile-<ext>`. */
export const TileState = z.enum(['idle', 'ringing', 'talking', 'busy', 'reducing', 'offline', 'unregistered', 'stale'])
export type TileState = z.infer<typeof TileState>

/** One extension of the PBX. */
export const Extension = z.object({
  extension: z.string(),
  name: z.string(),
  phone: PhoneState,
  /** Of the running call; null when there is none. */
  direction: z.enum(['incoming', 'outgoing']).nullable(),
  presence: SeenPresence,
  registered: z.boolean(),
  remote: z.object({ number: z.string(), display: z.string(), name: z.string().nullable() }).nullable(),
  missedCount: z.number().int(),
  /** When phone state or presence was first seen as it is now, epoch ms. */
  since: z.number(),
  /** Group id, or null. */
  group: z.string().nullable(),
})
export type Extension = z.infer<typeof Extension>

export const Board = z.object({
  connection: z.string().nullable(),
  /** When the PBX last answered, epoch ms; null = never yet. */
  polledAt: z.number().nullable(),
  /** A poll is overdue: states may be old, tiles are hatched. */
  stale: z.boolean(),
  problem: Problem.nullable(),
  groups: z.array(z.object({ id: z.string(), name: z.string() })),
  extensions: z.array(Extension),
})
export type Board = z.infer<typeof Board>
