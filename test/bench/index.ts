import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { board } from './board.ts'
import { burst } from './burst.ts'
import { calls } from './calls.ts'
import { history } from './history.ts'
import { historyPage } from './history-page.ts'
import { imports } from './imports.ts'
import { importsToPbx } from './imports-pbx.ts'
import { ringToNotification } from './notification.ts'
import { ringToPop } from './pop.ts'
import { root } from './program.ts'
import { prompts } from './prompts.ts'
import { print, type Row } from './report.ts'
import { search } from './search.ts'
import { start } from './start.ts'
import { statistics } from './statistics.ts'

/** `npm run bench [name …]`: figures against their targets and against a floor measured in the same run. */
const sections: Record<string, () => Promise<Row[]>> = {
  start,
  burst,
  calls,
  search,
  pop: ringToPop,
  notification: ringToNotification,
  board: () => board(1000, 40),
  history,
  'history-page': historyPage,
  statistics,
  prompts,
  imports,
  'imports-pbx': importsToPbx,
  'board-large': () => board(10_000, 8),
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in sections))
if (unknown.length > 0) {
  console.error(`no section ${unknown.join(', ')}; there are: ${Object.keys(sections).join(', ')}`)
  process.exit(2)
}
const all: Row[] = []
for (const [name, run] of Object.entries(sections)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const rows = await run()
  print(rows, all.length === 0)
  all.push(...rows)
}
mkdirSync(join(root, 'test-results'), { recursive: true })
writeFileSync(join(root, 'test-results', 'bench.json'), JSON.stringify(all, null, 2))
process.exitCode = all.some(({ met }) => met === false) ? 1 : 0
