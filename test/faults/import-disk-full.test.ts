import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createImportFiles } from '../../main/imports/import-files.ts'
import { createListLog } from '../core/calls/manual-clock.ts'
import { openedImports } from '../imports/opened-imports.ts'
import { smallDisk } from './small-disk.ts'

const number = (at: number) => String(13_900_000_000 + at)
const count = 700
const rows = Array.from({ length: count }, (_, at) => `客户${at},${number(at)},${'备'.repeat(600)}\n`)
const table = `姓名,手机,备注\n${rows.join('')}`
/** Fills the disk the first time that it is time. */
function fillOnce(disk: ReturnType<typeof smallDisk>, isTime: () => boolean): () => void {
  let isFull = false
  return () => {
    if (isFull || !isTime()) return
    isFull = true
    disk.fill()
  }
}
const full = { code: 'storage-failed', details: { reason: expect.stringContaining('the disk is full') } }

it('R23: a disk that is full takes no piece of a file for the whole, and takes it again when there is room', async () => {
  const { dir, grow } = smallDisk('300k')
  const files = createImportFiles(dir, createListLog())
  const bytes = new Uint8Array(200_000).fill(65)
  await files.begin('a', { name: 'a.csv', size: 2 * bytes.length })
  await files.append('a', 0, bytes)
  await expect(files.append('a', bytes.length, bytes)).rejects.toMatchObject({
    code: 'storage-failed',
    details: { reason: 'disk-full' },
  })
  grow('4m')
  await files.append('a', bytes.length, bytes)
  await files.discard('a')
  expect(readdirSync(dir)).toEqual([])
})

it('R23: a full disk before and while rows are written down: it says so, enters nobody, and can be done again', async () => {
  const disk = smallDisk('40m')
  const { imports, store, prepare } = await openedImports({
    dir: disk.dir,
    onChange: fillOnce(disk, () => (imports.snapshot().imports[0]?.total ?? 0) > 0),
  })
  const id = await prepare(table)
  disk.fill()
  await expect(imports.desk.start({ id })).rejects.toMatchObject(full)
  expect(imports.snapshot().imports).toEqual([])
  disk.empty()

  await imports.desk.start({ id })
  expect(await imports.settled(id)).toMatchObject({ state: 'failed', problem: full, counts: { created: 0, sent: 0 } })
  expect(store.imports.knownNumbers('', 2000)).toEqual([])
  disk.empty()
  await imports.desk.start({ id })
  expect(await imports.settled(id)).toMatchObject({ state: 'done', problem: null, counts: { created: count } })
})

it('R23: a full disk while people are entered: it stands still and says so, goes on, and enters nobody twice', async () => {
  const disk = smallDisk('40m')
  const { imports, store, prepare } = await openedImports({
    dir: disk.dir,
    onChange: fillOnce(disk, () => (imports.snapshot().imports[0]?.counts.created ?? 0) > 0),
  })
  const id = await prepare(table)
  await imports.desk.start({ id })
  const stopped = await imports.settled(id)
  expect(stopped).toMatchObject({ state: 'paused', problem: full })
  expect(stopped.counts.created).toBeLessThan(count)
  // What it says is what is there.
  expect(store.imports.knownNumbers('', 2000)).toHaveLength(stopped.counts.created)
  disk.empty()
  await imports.desk.resume({ id })
  expect(await imports.settled(id)).toMatchObject({
    ...{ state: 'done', total: count, done: count, problem: null },
    counts: { created: count, filled: 0, localSkipped: 0 },
  })
  expect(store.imports.knownNumbers('', 2000)).toHaveLength(count)
})

it('R23: a disk that is full at the start keeps no program from starting; the next start tidies up', async () => {
  const disk = smallDisk('40m')
  const first = await openedImports({
    dir: disk.dir,
    onChange: fillOnce(disk, () => (first.imports.snapshot().imports[0]?.total ?? 0) > 0),
  })
  const id = await first.prepare(table)
  await first.imports.desk.start({ id })
  expect(await first.imports.settled(id)).toMatchObject({ state: 'failed' })
  disk.empty()
  await first.close()

  const second = await openedImports({ dir: disk.dir })
  expect(second.store.imports.list()).toHaveLength(1)
  disk.fill()
  await second.imports.restore()
  expect(second.log.lines.join()).toContain('import-not-restored')
  disk.empty()
  await second.imports.restore()
  expect(second.store.imports.list()).toEqual([])
})
