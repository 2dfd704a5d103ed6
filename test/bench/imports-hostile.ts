import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hostileCases } from '../imports/hostile-cases.ts'
import { type Row, row } from './report.ts'

/** What one process sees while it reads the files that are made to harm, one after the other. */
export interface HostileFigures {
  files: { reason: string; ms: number }[]
  /** Of the whole process, above what it had before the first file, bytes. */
  growth: number
  lagMs: number
}

/** The files that the tests know, read in a process of its own: making them leaves memory behind. */
export function hostileFiles(folder: string): Row[] {
  hostileCases.forEach(([, make], at) => {
    writeFileSync(join(folder, `hostile${at}.import`), make())
  })
  const child = fileURLToPath(new URL('./imports-hostile-child.ts', import.meta.url))
  const said = execFileSync(process.execPath, [child, folder, String(hostileCases.length)], { encoding: 'utf8' })
  const { files, growth, lagMs } = JSON.parse(said) as HostileFigures
  let worst = { name: '', ms: 0 }
  hostileCases.forEach(([name, , reason], at) => {
    const one = files[at]
    if (one?.reason !== reason) throw new Error(`${name}: ${one?.reason}, not ${reason}`)
    if (one.ms > worst.ms) worst = { name, ms: one.ms }
  })
  return [
    row(`${files.length} files made to harm, the slowest`, worst.ms, 'ms', { most: 1000 }, null, worst.name),
    row('growth of memory over all of them', growth / 1_048_576, 'MB', { most: 150 }, null),
    row('the main thread held up', lagMs, 'ms', { most: 100 }, null),
  ]
}
