import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ImportPlan, Settings } from '../../preload/contract/index.ts'
import { type FakeTelcrm, startFakeTelcrm } from '../fakes/telcrm/index.ts'
import { handOver, importsOver, tryOut } from '../imports/imports-over.ts'
import { type Row, row } from './report.ts'

const count = 10_000
const known = 300
const reading = { sheet: null, encoding: null, delimiter: null, hasHeader: true }
const plan: ImportPlan = {
  ...{ kind: 'contacts', mapping: ['name', 'mobile', 'field:31'], target: 'both', connection: 'pbx' },
  ...{ suggestions: [], known: 'fill', pbxGroup: 1, pbxAssistant: -1 },
}
const number = (at: number) => `139${String(10_000_000 + at).padStart(8, '0')}`

/** 10,000 customers, some of whom the PBX knows already, from the file into the directory and over HTTP into a PBX: requests. */
export async function importsToPbx(): Promise<Row[]> {
  const fake = await startFakeTelcrm()
  const dir = mkdtempSync(join(tmpdir(), 'frontbell-bench-imports-pbx-'))
  const places = new Set<number>()
  for (let seed = 7; places.size < known; ) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    places.add(seed % count)
  }
  fake.state.addContacts(
    [...places].map((at) => ({ cname: '已有', localuser: -1, gid: 1, details: [{ tid: 1, cvalue: number(at) }] })),
  )
  try {
    const from = performance.now()
    const counts = await run(fake, dir)
    const seconds = (performance.now() - from) / 1000
    if (counts.sent !== count - known || counts.duplicate !== known)
      throw new Error(`${counts.sent} were sent and ${counts.duplicate} known, not ${count - known} and ${known}`)
    const requests = fake.requests.map(({ target }) => target).filter((one) => one.startsWith('/bridge/ContactsSrvlt'))
    const longest = Math.max(...requests.map((one) => Buffer.byteLength(one)))
    const most = Math.max(...requests.map(rowsIn))
    const least = leastRequests(most)
    const what = `requests, ${count} rows, ${known} known`
    return [
      row(what, requests.length, '', { mostOfFloor: 1.3 }, least, `floor: bits of information; ≤ ${most} rows each`),
      row('longest address', longest, 'bytes', { most: Settings.parse({}).imports.requestBytes }, null),
      row('rows/s into directory and PBX', count / seconds, 'rows/s', null, null),
    ]
  } finally {
    await fake.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

const rowsIn = (target: string) =>
  (JSON.parse(new URL(target, 'http://pbx').searchParams.get('data') ?? '{}') as { contacts: unknown[] }).contacts
    .length

/**
 * Fewer no strategy needs: an answer is one bit, so at least log2(rows choose known) of them; and every row that gets in
 * stands in a request, which holds only so many.
 */
function leastRequests(most: number): number {
  let bits = 0
  for (let at = 1; at <= known; at += 1) bits += Math.log2((count - known + at) / at)
  return Math.max(bits, Math.ceil((count - known) / most))
}

async function run(fake: FakeTelcrm, dir: string): Promise<{ sent: number; duplicate: number }> {
  const settings = Settings.parse({
    connections: [{ id: 'pbx', system: 'telcrm', baseUrl: fake.baseUrl, extension: '802' }],
  })
  const { imports, close } = await importsOver(dir, settings)
  try {
    const rows = Array.from({ length: count }, (_, at) => `客户${at},${number(at)},老客户 ${at}\n`)
    const bytes = new TextEncoder().encode(`姓名,手机,7:备注:31:来源\n${rows.join('')}`)
    const id = await handOver(imports, bytes)
    await imports.desk.inspect({ id, kind: 'contacts', reading })
    await tryOut(imports, { id, reading, plan, fixes: [] })
    await imports.desk.start({ id })
    return (await imports.settled(id)).counts
  } finally {
    await close()
  }
}
