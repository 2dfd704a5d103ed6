import { createImportFiles } from '../../main/imports/import-files.ts'
import { createListLog } from '../core/calls/manual-clock.ts'
import { request } from './imports-request.ts'

// Reads and checks the file of the bench and says how long it took and how much memory it had at most.
const files = createImportFiles(process.argv[2] ?? '', createListLog())
let rss = 0
const watch = setInterval(() => {
  rss = Math.max(rss, process.memoryUsage().rss)
}, 50)
const from = performance.now()
const { check } = await files.check('million', request(), { onProgress: () => undefined })
clearInterval(watch)
process.stdout.write(JSON.stringify({ ownMs: performance.now() - from, rss, ready: check.ready }))
