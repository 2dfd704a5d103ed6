import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createImportFiles } from '../../main/imports/import-files.ts'
import { createListLog } from '../core/calls/manual-clock.ts'
import type { HostileFigures } from './imports-hostile.ts'

const [folder = '', count = '0'] = process.argv.slice(2)
const importFiles = createImportFiles(folder, createListLog())
const before = process.memoryUsage().rss
let most = before
const lag = monitorEventLoopDelay({ resolution: 1 })
lag.enable()
const watch = setInterval(() => {
  most = Math.max(most, process.memoryUsage().rss)
}, 10)
const reading = { sheet: null, encoding: null, delimiter: null, hasHeader: null }
const files: HostileFigures['files'] = []
for (let at = 0; at < Number(count); at += 1) {
  const from = performance.now()
  const reason = await importFiles.inspect(`hostile${at}`, { kind: 'contacts', reading }).then(
    () => 'read',
    (error: { details?: { reason?: string } }) => error.details?.reason ?? String(error),
  )
  files.push({ reason, ms: performance.now() - from })
}
clearInterval(watch)
lag.disable()
const figures: HostileFigures = { files, growth: most - before, lagMs: lag.max / 1e6 }
process.stdout.write(JSON.stringify(figures))
