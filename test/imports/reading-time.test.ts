import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { createImportFiles } from '../../main/imports/import-files.ts'
import { request } from '../bench/imports-request.ts'
import { createListLog } from '../core/calls/manual-clock.ts'

const folder = mkdtempSync(join(tmpdir(), 'frontbell-reading-time-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const write = (id: string, rows: number) =>
  writeFileSync(join(folder, `${id}.import`), `姓名,手机\n${'李建国,13500000002\n'.repeat(rows)}`)

describe('how long a file may be read', () => {
  it.each([
    ['goes on saying how far it is', {}],
    ['hands over rows that are taken in at once', { onRows: async () => {} }],
  ])('gives up one that %s', async (_name, more) => {
    write('long', 900_000)
    const files = createImportFiles(folder, createListLog(), { totalMs: 600 })
    const from = performance.now()
    await expect(files.check('long', request(), more)).rejects.toMatchObject({ details: { reason: 'too-slow' } })
    expect(performance.now() - from).toBeLessThan(5000)
  })

  it('counts neither the silence nor the whole while rows are taken in', async () => {
    write('held', 1200)
    const files = createImportFiles(folder, createListLog(), { silenceMs: 4000, totalMs: 4000 })
    const pieces: number[] = []
    const { check } = await files.check('held', request(), {
      async onRows(rows) {
        pieces.push(rows.length)
        if (pieces.length === 1) await sleep(4100)
      },
    })
    expect(check.rows).toBe(1200)
    expect(pieces).toEqual([500, 500, 200])
  })
})
