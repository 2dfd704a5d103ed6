import { execFileSync } from 'node:child_process'
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deflateRawSync } from 'node:zlib'
import { Parser } from 'csv-parse'
import { createImportFiles } from '../../main/imports/import-files.ts'
import { createListLog } from '../core/calls/manual-clock.ts'
import { zipOf } from '../imports/zip-parts.ts'
import { hostileFiles } from './imports-hostile.ts'
import { request } from './imports-request.ts'
import { type Row, row } from './report.ts'

const rows = 1_000_000

/** A million rows: how long reading and checking takes, beside a bare parser on the same file. */
export async function imports(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'frontbell-bench-imports-'))
  try {
    const path = join(folder, 'million.import')
    writeFileSync(path, '姓名,手机,公司,备注,QQ\n')
    for (let from = 0; from < rows; from += 50_000) {
      const lines = Array.from({ length: 50_000 }, (_, at) => {
        const row = from + at
        const number = `1${30 + (row % 9)}${String(10_000_000 + row).slice(-8)}`
        return `客户${row},${number},深圳第${row % 1000}电子有限公司,老客户 ${row},${100_000 + row}\n`
      })
      writeFileSync(path, lines.join(''), { flag: 'a' })
    }
    const bareMs = await bareParser(path)
    const files = createImportFiles(folder, createListLog())
    // In a process of its own: making the file and the bare parser leave memory behind.
    const child = fileURLToPath(new URL('./imports-child.ts', import.meta.url))
    const said = execFileSync(process.execPath, [child, folder], { encoding: 'utf8' })
    const { ownMs, rss, ready } = JSON.parse(said) as { ownMs: number; rss: number; ready: number }
    if (ready !== rows) throw new Error(`${ready} rows are ready, not ${rows}`)

    const own = new AbortController()
    let cancelledAt = 0
    const cancelled = files.check('million', request(), {
      signal: own.signal,
      onProgress() {
        if (cancelledAt === 0) {
          cancelledAt = performance.now()
          own.abort()
        }
      },
    })
    await cancelled.catch(() => undefined)
    const cancelMs = performance.now() - cancelledAt
    const bombMs = Math.max(await refusal(folder, 10), await refusal(folder, 200 * 1024 * 1024))
    return [
      row('1,000,000 rows read and checked', ownMs / 1000, 's', { most: 60 }, null),
      row(
        'rows/s, beside a bare parser',
        rows / (ownMs / 1000),
        'rows/s',
        { leastOfFloor: 0.5 },
        rows / (bareMs / 1000),
      ),
      row('memory of the process', rss / 1_048_576, 'MB', { most: 300 }, null),
      row('a check is cancelled', cancelMs, 'ms', { most: 1000 }, null),
      row('a workbook that unpacks to 200 MB is refused', bombMs, 'ms', { most: 1000 }, null),
      ...hostileFiles(folder),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Until a workbook is refused whose texts unpack to 200 MB and which says that they are `size`; ms. */
async function refusal(folder: string, size: number): Promise<number> {
  const packed = deflateRawSync(Buffer.alloc(200 * 1024 * 1024, 'a'))
  const workbook = '<workbook><sheets><sheet name="S" sheetId="1"/></sheets></workbook>'
  const parts = [
    { name: 'xl/workbook.xml', data: workbook },
    { name: 'xl/worksheets/sheet1.xml', data: '<worksheet/>' },
    { name: 'xl/sharedStrings.xml', packed, size },
  ]
  writeFileSync(join(folder, 'bomb.import'), zipOf(parts))
  const reading = { sheet: null, encoding: null, delimiter: null, hasHeader: null }
  const from = performance.now()
  const refused = await createImportFiles(folder, createListLog())
    .inspect('bomb', { kind: 'contacts', reading })
    .then(
      () => false,
      () => true,
    )
  if (!refused) throw new Error('the bomb was read')
  return performance.now() - from
}

/** csv-parse on the same file, looking at nothing. */
async function bareParser(path: string): Promise<number> {
  const from = performance.now()
  await new Promise<void>((resolve, reject) => {
    const parser = new Parser({})
    parser.on('data', () => undefined)
    parser.on('end', resolve)
    parser.on('error', reject)
    createReadStream(path, { highWaterMark: 256 * 1024 }).pipe(parser)
  })
  return performance.now() - from
}
