import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { createRecordings, type OpenRequest } from '../../main/core/recordings/recordings.ts'
import type { RecordedCall } from '../../main/core/recordings/still-recording.ts'
import { createRecordingAnswers } from '../../main/recordings/answer-recording.ts'
import { createRecordingFiles } from '../../main/recordings/recording-files.ts'
import { createSystemClock } from '../../main/runtime/system-clock.ts'
import { openSystem } from '../../main/systems/index.ts'
import { Connection } from '../../preload/contract/index.ts'
import { createListLog } from '../core/calls/manual-clock.ts'

const ends: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})
/** Run after the test, last first. */
export const atEnd = (end: () => Promise<void> | void) => void ends.push(end)

export function tempFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'frontbell-recordings-'))
  atEnd(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** The real thing: a system's client, real files, against a server of the test. */
export async function openRecordings(
  connection: object,
  given: {
    dir?: string
    cacheMb?: number
    keepDays?: number
    now?: () => number
    limits?: object
    call?: () => RecordedCall | null
  } = {},
) {
  const log = createListLog()
  const dir = given.dir ?? tempFolder()
  const clock = { ...createSystemClock(log), ...(given.now ? { now: given.now } : {}) }
  const files = createRecordingFiles(dir, log)
  const system = await openSystem(Connection.parse({ id: 'pbx', ...connection }), {
    log,
    limits: given.limits,
  } as never)
  atEnd(() => system.close())
  const settings = { cacheMb: given.cacheMb ?? 100, keepDays: given.keepDays ?? 30 }
  const recordings = createRecordings({
    ...{ clock, log, files },
    sourceOf: async () => system.recordings ?? null,
    callOf: given.call ?? (() => null),
    settings: () => settings,
  })
  atEnd(() => recordings.stop())
  const request = (callId: string, more: Partial<OpenRequest> = {}): OpenRequest => ({
    ...{ connection: 'pbx', callId, file: null, at: null },
    ...more,
  })
  return {
    dir,
    log,
    files,
    recordings,
    settings,
    answer: createRecordingAnswers(dir, (key) => files.get(key)),
    open: (callId: string, more: Partial<OpenRequest> = {}, signal = new AbortController().signal) => {
      const progress: { bytes: number; total: number | null }[] = []
      return recordings.open(request(callId, more), { signal, onProgress: (one) => void progress.push(one) })
    },
    cached: (callId: string) => recordings.cached(request(callId)),
  }
}
