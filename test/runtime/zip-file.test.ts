import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { zipOf } from '../../main/runtime/zip-file.ts'

const script = `
import json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
print(json.dumps([[one.filename, archive.read(one).hex(), list(one.date_time)] for one in archive.infolist()]))
`

it('another program reads every entry, its name and its time', () => {
  const folder = mkdtempSync(join(tmpdir(), 'frontbell-zip-'))
  const file = join(folder, 'a.zip')
  const entries = [
    { name: 'settings.json', bytes: Buffer.from('{"a":1}') },
    { name: 'logs/前铃.log', bytes: Buffer.from('行\n'.repeat(20_000)) },
    { name: 'empty', bytes: Buffer.alloc(0) },
    { name: 'bytes', bytes: Buffer.from(Array.from({ length: 4096 }, (_, n) => (n * 7919) & 255)) },
  ]
  writeFileSync(file, zipOf(entries, new Date(2026, 10, 21, 23, 59, 58)))
  const read = JSON.parse(execFileSync('python3', ['-c', script, file]).toString()) as [string, string, number[]][]
  expect(read).toEqual(entries.map(({ name, bytes }) => [name, bytes.toString('hex'), [2026, 11, 21, 23, 59, 58]]))
  expect(readFileSync(file).length).toBeLessThan(10_000)
  rmSync(folder, { recursive: true })
})
