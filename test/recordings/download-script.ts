/** Run as a process of its own by download.test.ts, to be killed: `node download-script.ts <folder> <pbx> <call id>`. */
import { createRecordings } from '../../main/core/recordings/recordings.ts'
import { createRecordingFiles } from '../../main/recordings/recording-files.ts'
import { createSystemClock } from '../../main/runtime/system-clock.ts'
import { openSystem } from '../../main/systems/index.ts'
import { Connection } from '../../preload/contract/index.ts'
import { createListLog } from '../core/calls/manual-clock.ts'

const [dir = '', baseUrl = '', callId = ''] = process.argv.slice(2)
const log = createListLog()
const clock = createSystemClock(log)
const system = await openSystem(Connection.parse({ id: 'pbx', system: 'telcrm', baseUrl }), { log })
const recordings = createRecordings({
  ...{ clock, log, files: createRecordingFiles(dir, log) },
  sourceOf: async () => system.recordings ?? null,
  callOf: () => null,
  settings: () => ({ cacheMb: 100, keepDays: 30 }),
})
const signal = new AbortController().signal
await recordings.open({ connection: 'pbx', callId, file: null, at: null }, { signal, onProgress: () => {} })
