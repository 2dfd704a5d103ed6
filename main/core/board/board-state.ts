import type { Board, Extension, Problem } from '../../../preload/contract/index.ts'
import type { Clock, ExtensionState } from '../ports/index.ts'

export interface BoardState {
  /** A good poll: the whole truth about this connection's extensions. */
  applyPoll(connection: string, rows: ExtensionState[]): void
  /** A poll failed. What was seen stays, and ages. */
  failPoll(problem: Problem): void
  /** Who rings, from webhooks: the poll does not know ringing. `since` is epoch ms. */
  setRinging(ringing: ReadonlyMap<string, { number: string; since: number }>): void
  /** A webhook named this group for this extension. The first one stays: tiles must not wander. */
  learnGroup(extension: string, group: string): void
  /** Marks the board stale when the last good poll is older. Call it every second or so. */
  checkStale(staleAfterMs: number): void
  isStale(): boolean
  snapshot(): Board
  extensionName(extension: string): string | null
  isExtension(number: string): boolean
  stateOf(extension: string): Extension | null
  /** Its group's id: the configured one, else what webhooks told. Cheap. */
  groupOf(extension: string): string | null
  /** Another connection: forget everything. */
  clear(): void
}

export interface BoardStateDeps {
  clock: Clock
  /** Configured groups, best first. */
  groups(): { id: string; name: string; extensions: string[] }[]
  display(number: string): string
  nameOf(number: string): string | null
  onChange(): void
}

/** One extension as last seen, with when it became so. */
interface Seen {
  row: ExtensionState
  /** Everything whose change restarts `since`. */
  key: string
  since: number
}

type Ringing = { number: string; since: number }

function phoneOf(row: ExtensionState, ringing: Ringing | undefined): Extension['phone'] {
  if (row.phone === 'talking') return 'talking'
  if (ringing) return 'ringing'
  return row.registered ? row.phone : 'unregistered'
}

function keyOf(row: ExtensionState, ringing: Ringing | undefined): string {
  const phone = phoneOf(row, ringing)
  const call = phone === 'talking' ? `${row.direction}/${row.remoteNumber}` : phone === 'ringing' ? ringing?.since : ''
  return `${phone}/${row.presence}/${call}`
}

function byNumber(a: { extension: string }, b: { extension: string }): number {
  return a.extension.length - b.extension.length || (a.extension < b.extension ? -1 : a.extension > b.extension ? 1 : 0)
}

/** The board: what the polls saw, what webhooks add, and how old it is. */
export function createBoardState(deps: BoardStateDeps): BoardState {
  const { clock, onChange } = deps
  let connection: string | null = null
  let polledAt: number | null = null
  let polledMono = 0
  let stale = false
  let problem: Problem | null = null
  let seen = new Map<string, Seen>()
  let ringing: ReadonlyMap<string, Ringing> = new Map()
  const learned = new Map<string, string>()

  /** A ring began when the webhook says so; everything else when it was first seen. */
  function look(row: ExtensionState, known: Seen | undefined): Seen {
    const ring = ringing.get(row.extension)
    const key = keyOf(row, ring)
    if (known?.key === key) return { row, key, since: known.since }
    return { row, key, since: ring && phoneOf(row, ring) === 'ringing' ? ring.since : clock.now() }
  }

  function groupOf(extension: string, configured: Map<string, string>): string | null {
    return configured.get(extension) ?? learned.get(extension) ?? null
  }

  /** First group wins for an extension that stands in several. */
  function configuredGroups(): Map<string, string> {
    return new Map(
      deps
        .groups()
        .flatMap(({ id, extensions }) => extensions.map((one): [string, string] => [one, id]))
        .reverse(),
    )
  }

  function view({ row, since }: Seen, configured: Map<string, string>): Extension {
    const ring = ringing.get(row.extension)
    const phone = phoneOf(row, ring)
    const number = phone === 'ringing' ? (ring?.number ?? null) : phone === 'talking' ? row.remoteNumber : null
    return {
      extension: row.extension,
      name: row.name,
      phone,
      direction: phone === 'ringing' ? 'incoming' : phone === 'talking' ? row.direction : null,
      presence: row.presence,
      registered: row.registered,
      remote:
        number === null || number === '' ? null : { number, display: deps.display(number), name: deps.nameOf(number) },
      missedCount: row.missedCount,
      since,
      group: groupOf(row.extension, configured),
    }
  }

  return {
    applyPoll(from, rows) {
      const before = from === connection ? seen : new Map<string, Seen>()
      connection = from
      seen = new Map([...rows].sort(byNumber).map((row) => [row.extension, look(row, before.get(row.extension))]))
      polledAt = clock.now()
      polledMono = clock.mono()
      stale = false
      problem = null
      onChange()
    },
    failPoll(next) {
      if (JSON.stringify(next) === JSON.stringify(problem)) return
      problem = next
      onChange()
    },
    setRinging(next) {
      const touched = new Set([...ringing.keys(), ...next.keys()])
      const before = ringing
      ringing = new Map(next)
      let changed = false
      for (const extension of touched) {
        const known = seen.get(extension)
        if (!known) continue
        const now = look(known.row, known)
        const sameNumber = before.get(extension)?.number === ringing.get(extension)?.number
        if (now.key === known.key && (sameNumber || phoneOf(known.row, ringing.get(extension)) !== 'ringing')) continue
        seen.set(extension, now)
        changed = true
      }
      if (changed) onChange()
    },
    learnGroup(extension, group) {
      if (group === '' || learned.has(extension)) return
      learned.set(extension, group)
      if (seen.has(extension) && !configuredGroups().has(extension)) onChange()
    },
    checkStale(staleAfterMs) {
      const overdue = polledAt !== null && clock.mono() - polledMono > staleAfterMs
      if (overdue === stale) return
      stale = overdue
      onChange()
    },
    isStale: () => stale,
    snapshot() {
      const configured = configuredGroups()
      const extensions = [...seen.values()].map((one) => view(one, configured))
      const groups = deps.groups().map(({ id, name }) => ({ id, name }))
      const named = new Set(groups.map(({ id }) => id))
      const unnamed = new Set(extensions.flatMap(({ group }) => (group !== null && !named.has(group) ? [group] : [])))
      return {
        connection,
        polledAt,
        stale,
        problem,
        groups: [...groups, ...[...unnamed].sort().map((id) => ({ id, name: id }))],
        extensions,
      }
    },
    extensionName: (extension) => seen.get(extension)?.row.name || null,
    isExtension: (number) => seen.has(number) || deps.groups().some(({ extensions }) => extensions.includes(number)),
    stateOf(extension) {
      const known = seen.get(extension)
      return known ? view(known, configuredGroups()) : null
    },
    groupOf: (extension) =>
      deps.groups().find(({ extensions }) => extensions.includes(extension))?.id ?? learned.get(extension) ?? null,
    clear() {
      connection = null
      polledAt = null
      stale = false
      problem = null
      seen = new Map()
      learned.clear()
      onChange()
    },
  }
}
