import { longestNote } from '../../../preload/contract/note-limits.ts'

/** A call, as its notes are keyed. */
export interface NoteKey {
  connection: string
  callId: string
}

/** What is being typed and not confirmed by the core yet. */
export interface NoteDraft {
  text: string
  /** The text in the core that it was made from. */
  base: string
  state: 'waiting' | 'saving' | 'failed'
  /** Why it could not be saved last. */
  error: unknown
}

export interface NoteDrafts {
  /** Null: everything that was typed is in the core. */
  read(key: NoteKey): NoteDraft | null
  /** `stored` = the text in the core as far as the page knows. */
  edit(key: NoteKey, text: string, stored: string): void
  /** Save now what waits for this call. */
  flush(key: NoteKey): void
  /** Save now whatever waits, also from before a reload. */
  flushAll(): void
  subscribe(listener: () => void): () => void
}

const pauseMs = 350
const mostDelayMs = 1200
const retryMs = [1000, 2000, 5000, 10_000]
const prefix = 'note-draft:'

interface Entry extends NoteDraft {
  key: NoteKey
  /** When the first letter was typed that is not saved. */
  since: number
  tries: number
  timer: ReturnType<typeof setTimeout> | undefined
}

/**
 * Text on its way to the core. Each letter is in the browser's storage at once, and in the core's database a moment later; what
 * could not be saved is tried again, after a reload too. `save` answers with the text that the core keeps.
 */
export function createNoteDrafts(deps: {
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>
  save(key: NoteKey, text: string, base: string): Promise<string>
  /** An error that trying again cannot heal. */
  isFinal(error: unknown): boolean
}): NoteDrafts {
  const entries = new Map<string, Entry>()
  const shown = new Map<string, NoteDraft>()
  const listeners = new Set<() => void>()
  const idOf = ({ connection, callId }: NoteKey) => `${connection}/${callId}`

  for (const id of storedIds()) adopt(id)

  function storedIds(): string[] {
    const keys = Array.from({ length: deps.storage.length }, (_, at) => deps.storage.key(at) ?? '')
    return keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length))
  }

  function adopt(id: string): void {
    const slash = id.indexOf('/')
    const kept = parse(deps.storage.getItem(prefix + id))
    if (slash < 1 || !kept) {
      deps.storage.removeItem(prefix + id)
      return
    }
    const key = { connection: id.slice(0, slash), callId: id.slice(slash + 1) }
    put(id, { ...kept, key, state: 'waiting', error: null, since: 0, tries: 0, timer: undefined })
  }

  function put(id: string, entry: Entry | null): void {
    const before = entries.get(id)
    if (before?.timer !== undefined && before.timer !== entry?.timer) clearTimeout(before.timer)
    if (entry) {
      entries.set(id, entry)
      shown.set(id, { text: entry.text, base: entry.base, state: entry.state, error: entry.error })
      deps.storage.setItem(prefix + id, JSON.stringify({ text: entry.text, base: entry.base }))
    } else {
      entries.delete(id)
      shown.delete(id)
      deps.storage.removeItem(prefix + id)
    }
    for (const listener of listeners) listener()
  }

  function send(id: string): void {
    const entry = entries.get(id)
    if (!entry || entry.state === 'saving') return
    const { text, base, key } = entry
    put(id, { ...entry, state: 'saving', timer: undefined })
    deps.save(key, text, base).then(
      (kept) => {
        const now = entries.get(id)
        if (!now) return
        if (now.text === text) return put(id, null)
        // Typed on meanwhile: that was made from what was just sent.
        put(id, { ...now, base: kept === text ? text : base, state: 'waiting', error: null, tries: 0 })
        later(id, pauseMs)
      },
      (error: unknown) => {
        const now = entries.get(id)
        if (!now) return
        put(id, { ...now, state: 'failed', error, tries: now.tries + 1 })
        if (!deps.isFinal(error)) later(id, retryMs[Math.min(now.tries, retryMs.length - 1)] ?? 0)
      },
    )
  }

  function later(id: string, ms: number): void {
    const entry = entries.get(id)
    if (!entry || entry.state === 'saving') return
    clearTimeout(entry.timer)
    entry.timer = setTimeout(() => send(id), ms)
  }

  return {
    read: (key) => shown.get(idOf(key)) ?? null,
    edit(key, text, stored) {
      const id = idOf(key)
      const before = entries.get(id)
      if (!before && text === stored) return
      const since = before?.since || Date.now()
      const state = before?.state === 'saving' ? 'saving' : 'waiting'
      const cut = text.slice(0, longestNote)
      put(id, { key, text: cut, base: before?.base ?? stored, state, error: null, since, tries: 0, timer: undefined })
      later(id, Math.max(0, Math.min(pauseMs, since + mostDelayMs - Date.now())))
    },
    flush: (key) => send(idOf(key)),
    flushAll() {
      for (const id of entries.keys()) send(id)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function parse(text: string | null): { text: string; base: string } | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    if (typeof value !== 'object' || value === null || !('text' in value) || !('base' in value)) return null
    return typeof value.text === 'string' && typeof value.base === 'string'
      ? { text: value.text, base: value.base }
      : null
  } catch {
    return null
  }
}
