import { CoreError } from '../../../main/core/errors.ts'
import type { PolicySource, Secrets, SettingsFile } from '../../../main/core/settings/ports.ts'

/** A settings file in memory that can be edited from outside, broken, and made unwritable. */
export function createFakeFile(initial: unknown = null) {
  let content: unknown = initial
  let fault: string | null = null
  let onChange = () => {}
  const state = {
    writes: [] as Record<string, unknown>[],
    good: null as unknown,
    faultyKept: 0,
    writeFails: false,
    content: () => content,
  }
  const file: SettingsFile = {
    path: '/etc/test/settings.json',
    read() {
      if (fault !== null) throw new CoreError('bad-request', { reason: fault, field: 'settings.json' })
      return structuredClone(content)
    },
    async write(values) {
      if (state.writeFails) throw new Error('disk full')
      fault = null
      content = JSON.parse(JSON.stringify(values))
      state.writes.push(content as Record<string, unknown>)
    },
    watch(listener) {
      onChange = listener
      return () => {
        onChange = () => {}
      }
    },
    lastGood: () => state.good,
    keepGood(values) {
      state.good = structuredClone(values)
    },
    keepFaulty() {
      state.faultyKept += 1
    },
  }
  return {
    file,
    state,
    /** Somebody edits the file; the program hears of it. */
    edit(next: unknown) {
      fault = null
      content = next
      onChange()
    },
    /** The same, but nobody has been told yet. */
    editQuietly(next: unknown) {
      content = next
    },
    breakWith(reason: string) {
      fault = reason
      onChange()
    },
  }
}

export function createFakeSecrets(available = true, stored: Record<string, string> = {}) {
  const values = new Map(Object.entries(stored))
  const state = { values, fails: false }
  const secrets: Secrets = {
    available,
    get: async (key) => values.get(key) ?? null,
    async set(key, value) {
      if (state.fails) throw new Error('keychain locked')
      if (value === null) values.delete(key)
      else values.set(key, value)
    },
  }
  return { secrets, state }
}

export function fakePolicy(
  values: Record<string, unknown> = {},
  locked: string[] = [],
  problem: string | null = null,
): PolicySource {
  return { problem, read: () => (problem === null ? { values, locked } : null) }
}
