import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { migrations } from '../../main/store/migrations/index.ts'
import { prepareFile } from '../../main/store/prepare-file.ts'
import { createQueries } from '../../main/store/queries.ts'
import { prepareReads } from '../../main/store/reads.ts'
import { openForReading } from '../../main/store/sqlite.ts'
import { createTestLog, event, open, realClock, tempFile } from '../store/temp-store.ts'

const variants = Number(process.env.TORN_VARIANTS ?? 60)

it(`R18: ${variants} logs torn by a power cut leave a beginning of what was written, without a hole`, async () => {
  const file = tempFile()
  const store = await open(file)
  for (let at = 1; at <= 150; at += 1) await store.inbox.append(event({ callId: `${at}` }))
  const log = readFileSync(`${file}-wal`)
  expect(log.length).toBeGreaterThan(100_000)
  let shortened = 0
  for (let variant = 0; variant < variants; variant += 1) {
    const torn = tempFile()
    copyFileSync(file, torn)
    const at = Math.floor((log.length * (variant + 0.5)) / variants)
    const bytes = Buffer.from(log)
    if (variant % 3 === 1) bytes[at] = (bytes[at] ?? 0) ^ (1 + (variant % 255))
    if (variant % 3 === 2) bytes.fill(0, at, at + 512)
    writeFileSync(`${torn}-wal`, variant % 3 === 0 ? bytes.subarray(0, at) : bytes)
    expect(await prepareFile({ file: torn, clock: realClock, log: createTestLog().log, migrations })).toEqual([])
    const db = openForReading(torn)
    const kept = prepareReads(createQueries({ db, mono: () => 0, onSlow() {} })).inbox.unfolded()
    db.close()
    expect(kept.map((row) => row.callId)).toEqual(Array.from({ length: kept.length }, (_, index) => `${index + 1}`))
    if (kept.length < 150) shortened += 1
    expect(statSync(torn).size).toBeGreaterThan(0)
  }
  expect(shortened).toBeGreaterThan(variants / 2)
})
