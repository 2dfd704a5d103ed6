import { join } from 'node:path'
import type { Settings } from '../../preload/contract/index.ts'
import type { Desk } from '../core/desk.ts'
import type { AnswerRecording, Clock, Log } from '../core/ports/index.ts'
import { createRecordingDesk } from '../core/recordings/recording-desk.ts'
import { createRecordings, type Recordings } from '../core/recordings/recordings.ts'
import { createRecordingAnswers } from '../recordings/answer-recording.ts'
import { createRecordingFiles } from '../recordings/recording-files.ts'
import type { Telephony } from './telephony.ts'

const tidyEveryMs = 6 * 3600_000
/** After the first screen: reading the folder is not part of starting. */
const tidyFirstMs = 30_000

export interface RecordingParts {
  recordings: Pick<Recordings, 'purge' | 'countBefore'>
  desk: Desk['recordings']
  answer: AnswerRecording
  stop(): void
}

/** Recordings of all connections, kept below `<data folder>/recordings`. */
export function openRecordings(deps: {
  clock: Clock
  log: Log
  dataDir: string
  telephony: Pick<Telephony, 'system'>
  callOf: Parameters<typeof createRecordings>[0]['callOf']
  settings(): Settings['recordings']
}): RecordingParts {
  const { clock, log, telephony } = deps
  const dir = join(deps.dataDir, 'recordings')
  const files = createRecordingFiles(dir, log)
  const recordings = createRecordings({
    ...{ clock, log, files },
    sourceOf: async (connection) => (await telephony.system(connection)).recordings ?? null,
    callOf: deps.callOf,
    settings: deps.settings,
  })
  const tidy = () => {
    recordings.tidy().catch((error: unknown) => {
      log.warn('recordings-not-tidied', { reason: error instanceof Error ? error.message : 'unknown' })
    })
    cancel = clock.after(tidyEveryMs, tidy)
  }
  let cancel = clock.after(tidyFirstMs, tidy)
  return {
    recordings,
    desk: createRecordingDesk({ clock, recordings, limitBytes: () => deps.settings().cacheMb * 1_048_576 }),
    answer: createRecordingAnswers(dir, (key) => files.get(key)),
    stop() {
      cancel()
      recordings.stop()
    },
  }
}
