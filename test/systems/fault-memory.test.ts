import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, it } from 'vitest'
import { call } from '../../main/systems/kit/call.ts'
import { createRunner } from '../../main/systems/kit/runner.ts'
import { answer, type CannedOptions, type Script, startCannedServer } from './canned-server.ts'
import { fileOf, type Subject, subjects } from './fault-clients.ts'
import { laughs } from './fault-scripts.ts'
import { recordedLog } from './recorded-log.ts'

const mega = 1024 * 1024
const most = 64 * mega
/** With the limits that everybody has. */
const limits = { transferMs: 30_000 }

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
const toEnd: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of toEnd.splice(0).reverse()) await end()
})

const subjectOf = (name: string): Subject => subjects.find((one) => one.name === name)!
const board = subjectOf('telcrm.extnum-state')
const download = subjectOf('telcrm.file-down-by-callid to a disk')
const inMemory = subjectOf('telcrm.file-down-by-callid')
const upload = subjectOf('telcrm.tone-file-save')
const soap = subjectOf('telcrm.soap-list-calllog')
const pairs = subjectOf('cti-realtime.identify-single')
const rows = subjectOf('voice-openapi.get-cdr-list')
const cloud = subjectOf('cloud-cs.call-history-page')

/** How far the process grew while one call ran, bytes, and how the call ended. */
async function growth(subject: Subject, script: Script, run: { options?: CannedOptions; file?: unknown } = {}) {
  const server = await startCannedServer(script, { helper: subject.client.helper, ...run.options })
  toEnd.push(() => server.stop())
  const session = subject.client.open(server.baseUrl, recordedLog(), limits)
  toEnd.push(() => session.close())
  let bytes = 0
  const sink = {
    async write(chunk: Uint8Array) {
      bytes += chunk.length
      // A disk that is slower than the network.
      if (bytes % 16 === 0) await new Promise((resolve) => setImmediate(resolve))
    },
  }
  const params = run.file ? { ...subject.params, file: run.file } : subject.params
  collectGarbage()
  const before = process.memoryUsage().rss
  let peak = before
  const sample = () => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }
  const sampler = setInterval(sample, 5)
  const end = await call(session, subject.described, params, subject.sinks ? { sink } : {}).then(
    () => 'ok',
    (error: { details: { reason?: string } }) => error.details.reason,
  )
  sample()
  clearInterval(sampler)
  return { grown: peak - before, end, bytes }
}

/** A body of so many bytes, as fast as it is taken. */
function body(head: string, piece: Buffer, times: number): Script {
  return (socket) => {
    let left = times
    const more = (): void => {
      while (left > 0 && !socket.destroyed) {
        left -= 1
        if (!socket.write(piece)) return
      }
    }
    socket.on('drain', more)
    socket.write(`HTTP/1.1 200 OK\r\nConnection: close\r\n${head}\r\n\r\n`)
    more()
  }
}
const noise = Buffer.alloc(mega / 4, 'RIFF\0')
const announced = `Content-Length: ${300 * mega}`
const chunk = Buffer.concat([Buffer.from('40000\r\n'), Buffer.alloc(mega / 4, ' '), Buffer.from('\r\n')])

it('warm-up', async () => {
  for (const subject of [board, soap, cloud, upload]) await growth(subject, answer(subject.good.body))
  await growth(download, body(`Content-Length: ${20 * mega}`, noise, 80))
})

it('a file of 150 MB to a slow disk', async () => {
  const { grown, end, bytes } = await growth(download, body(`Content-Length: ${150 * mega}`, noise, 600))
  expect([end, bytes]).toEqual(['ok', 150 * mega])
  expect(grown).toBeLessThan(most)
})

it('a file of 100 MB to a server that reads slowly', async () => {
  const slowly: CannedOptions = {
    begun(socket) {
      socket.removeAllListeners('data')
      let quiet: NodeJS.Timeout | undefined
      socket.on('data', () => {
        clearTimeout(quiet)
        quiet = setTimeout(() => socket.write(answer('14')), 300)
        socket.pause()
        setImmediate(() => socket.resume())
      })
    },
  }
  const { grown, end } = await growth(upload, '', { options: slowly, file: fileOf(100 * mega) })
  expect(end).toBe('ok')
  expect(grown).toBeLessThan(most)
})

it.each([
  ['an announced answer', board, body(announced, noise, 1_200)],
  ['an answer in chunks', board, body('Transfer-Encoding: chunked', chunk, 1_200)],
  ['an answer without a length', cloud, body('X: y', noise, 1_200)],
  ['a file that nobody takes piece by piece', inMemory, body('Content-Type: audio/wav', noise, 1_200)],
  ['a page in the place of a file', download, body('Content-Type: text/html', noise, 1_200)],
  ['a web service’s answer', soap, body('Content-Type: text/xml', Buffer.alloc(mega / 4, '<a>'), 1_200)],
] as const)('%s of 300 MB is not read to its end', async (_name, subject, script) => {
  const { grown, end } = await growth(subject, script)
  expect(end).toBe('too-large')
  expect(grown).toBeLessThan(most)
})

it.each([
  ['board', board],
  ['page', cloud],
  ['web service', soap],
] as const)('a %s that unpacks to a gigabyte', async (_name, subject) => {
  const part = gzipSync(Buffer.alloc(16 * mega))
  const bomb = answer(Buffer.concat(Array.from({ length: 64 }, () => part)), { headers: ['Content-Encoding: gzip'] })
  const { grown, end } = await growth(subject, bomb)
  expect(end).toBe('too-large')
  expect(grown).toBeLessThan(most)
})

it.each([
  ['web service', soap, 'doctype'],
  ['cloud platform', cloud, 'not-xml'],
] as const)('entities of a %s that stand for gigabytes', async (_name, subject, reason) => {
  const { grown, end } = await growth(
    subject,
    answer(`${laughs('e')}<e>&j;</e>`, { headers: ['Content-Type: text/xml'] }),
  )
  expect(end).toBe(reason)
  expect(grown).toBeLessThan(most)
})

/** Megabytes that are wrong all over, and pieces that make careless patterns try every way. */
const tiresome: [string, Subject, string][] = [
  ['rows that are none', board, `[${'{"a":[1,2,3]},'.repeat(300_000)}{}]`],
  [
    'rows that are none',
    soap,
    `<e:Envelope xmlns:e="e"><e:Body><r>${'<x><y>1</y></x>'.repeat(60_000)}</r></e:Body></e:Envelope>`,
  ],
  ['rows that are none', cloud, `{"success":true,"data":{"pageData":[${'{},'.repeat(500_000)}{}],"total":1}}`],
  ...[board, soap, cloud, pairs, rows].flatMap((subject) =>
    ['<emailPwd ', '"emailPwd":"', '<a/>', '<a ', '<!--', '&#', '{"a":', '[', '\\"', ': ', 'a=1;', '=%zz&\n'].map(
      (piece): [string, Subject, string] => [
        piece,
        subject,
        (piece.startsWith('<') ? '<Result>' : '') + piece.repeat(mega / piece.length),
      ],
    ),
  ),
]
it.each(tiresome.map(([piece, subject, text]) => [subject.name, piece, subject, text] as const))(
  '%s: %s again and again',
  async (_id, _piece, subject, text) => {
    const server = await startCannedServer(answer(text), { helper: subject.client.helper })
    toEnd.push(() => server.stop())
    const session = subject.client.open(server.baseUrl, recordedLog(), { totalMs: 60_000, firstByteMs: 60_000 })
    toEnd.push(() => session.close())
    const { wire, id } = subject.described
    const values = Object.fromEntries(Object.entries(subject.params).map(([key, value]) => [wire[key] ?? key, value]))
    const runner = createRunner(session, subject.client.operations)
    const before = process.cpuUsage()
    expect((await runner.run(id, values)).problem?.code).toMatch(/^(unexpected-response|not-found)$/)
    // Not by the clock: the machine may be busy.
    const { user, system } = process.cpuUsage(before)
    expect(user + system).toBeLessThan(5_000_000)
  },
)
