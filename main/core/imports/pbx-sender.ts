import type { ErrorCode } from '../../../preload/contract/index.ts'
import { CoreError } from '../errors.ts'
import { createGroupTester } from './group-testing.ts'

/** A row on its way to the PBX. */
export interface Parcel<Item> {
  row: number
  name: string
  record: Item
  /** It was sent before, and the answer was lost so often. */
  losses: number
}

export type Delivery = 'sent' | 'duplicate' | 'refused' | 'probable' | 'unknown'

/** What became of a row: `queued` = not yet, `lost` = it must be asked again. */
export interface Settled<Item> {
  parcel: Parcel<Item>
  state: Delivery | 'queued' | 'lost'
  /** What the PBX said. */
  error: CoreError | null
}

export interface Sender<Item> {
  /** The rows of the next request; null = there is nothing to send. */
  next(): readonly Parcel<Item>[] | null
  /** The request was answered, or not: what that says of each row. */
  answered(error: unknown): Settled<Item>[]
  add(parcels: readonly Parcel<Item>[]): void
  readonly waiting: number
}

/** Asked again so often after its answer was lost, a row is given up as not certain. */
export const mostLosses = 3

/** Nothing was done, whatever the rows are: the next attempt may be the same. */
const notDone = new Set<ErrorCode>([
  'unreachable',
  'rate-limited',
  'auth-failed',
  'forbidden',
  'unavailable',
  'not-found',
])

/** Was it the rows that were refused, or is it the way to the PBX? `lost`: it may have been done. */
export function meaningOf(error: unknown): 'rows' | 'not-done' | 'lost' {
  if (!(error instanceof CoreError)) return 'lost'
  const { code, details } = error
  if (code === 'conflict') return 'rows'
  // Refused by the PBX, or by our own description of the request before it was sent.
  if (code === 'bad-request') return 'rows'
  if (notDone.has(code)) return 'not-done'
  // No connection came about.
  if (code === 'timeout' && details.reason === 'connect') return 'not-done'
  return code === 'cancelled' && details.reason === 'not-sent' ? 'not-done' : 'lost'
}

/**
 * Which rows are sent together, and what the answers say of them. Rows whose answer was lost are sent alone: then a "known
 * already" most likely means the row itself, sent before. Everything else is found by `group-testing`.
 */
export function createSender<Item>(options: { bytesOf(record: Item): number; room: number }): Sender<Item> {
  const culprits: Parcel<Item>[] = []
  const tester = createGroupTester<Parcel<Item>>({
    size: ({ record }) => options.bytesOf(record),
    room: options.room,
    onCulprit: (parcel) => culprits.push(parcel),
  })
  let alone: Parcel<Item>[] = []
  let single: Parcel<Item> | null = null
  let batch: readonly Parcel<Item>[] | null = null
  let refusal: CoreError | null = null

  const verdict = (parcel: Parcel<Item>, error: CoreError | null): Settled<Item> => ({
    parcel,
    state: error?.code === 'conflict' ? (parcel.losses > 0 ? 'probable' : 'duplicate') : 'refused',
    error,
  })

  function singleAnswered(parcel: Parcel<Item>, error: unknown): Settled<Item>[] {
    if (error === null) return [{ parcel, state: 'sent', error: null }]
    const known = error instanceof CoreError ? error : null
    const meaning = meaningOf(error)
    if (meaning === 'rows') return [verdict(parcel, known)]
    if (meaning === 'not-done') {
      alone.unshift(parcel)
      return [{ parcel, state: 'lost', error: known }]
    }
    const again = { ...parcel, losses: parcel.losses + 1 }
    if (again.losses >= mostLosses) return [{ parcel: again, state: 'unknown', error: known }]
    alone.push(again)
    return [{ parcel: again, state: 'lost', error: known }]
  }

  function batchAnswered(parcels: readonly Parcel<Item>[], error: unknown): Settled<Item>[] {
    if (error === null) {
      tester.accepted()
      const inferred = culprits.splice(0).map((parcel) => verdict(parcel, refusal))
      return [...parcels.map((parcel): Settled<Item> => ({ parcel, state: 'sent', error: null })), ...inferred]
    }
    const known = error instanceof CoreError ? error : null
    const meaning = meaningOf(error)
    if (meaning === 'not-done') return parcels.map((parcel) => ({ parcel, state: 'queued', error: known }))
    if (meaning === 'lost') {
      tester.taken()
      const lost = parcels.map((parcel) => ({ ...parcel, losses: 1 }))
      alone.push(...lost)
      return lost.map((parcel) => ({ parcel, state: 'lost', error: known }))
    }
    refusal = known
    const culprit = tester.refused()
    const rest = parcels.filter((parcel) => parcel !== culprit)
    return [
      ...rest.map((parcel): Settled<Item> => ({ parcel, state: 'queued', error: null })),
      ...(culprit ? [verdict(culprit, known)] : []),
    ]
  }

  return {
    get waiting() {
      return tester.waiting + alone.length + (single ? 1 : 0)
    },
    add(parcels) {
      alone = alone.concat(parcels.filter(({ losses }) => losses > 0))
      tester.add(parcels.filter(({ losses }) => losses === 0))
    },
    next() {
      if (single) return [single]
      single = alone.shift() ?? null
      if (single) return [single]
      batch = tester.next()
      return batch
    },
    answered(error) {
      if (single) {
        const parcel = single
        single = null
        return singleAnswered(parcel, error)
      }
      const sent = batch
      batch = null
      return sent ? batchAnswered(sent, error) : []
    },
  }
}
