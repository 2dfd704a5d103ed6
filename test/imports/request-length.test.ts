import { expect, it, onTestFinished } from 'vitest'
import { startFakeTelcrm } from '../fakes/telcrm/index.ts'
import { openedImports } from './opened-imports.ts'

async function fakePbx() {
  const fake = await startFakeTelcrm()
  onTestFinished(() => fake.stop())
  return fake
}

/** Signs that one encoding of addresses spells out and another leaves alone, and signs of one to four bytes. */
const names = ["O'Neil (VIP)!*", '深圳华强电子有限公司', "!'()*~-_.", '李 😀 & = + # % ?', 'A"\\/\u00e9']
const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
function table(count: number, isWide: boolean): string {
  const rows = Array.from({ length: count }, (_, at) => {
    const narrow = `${cell(`${names[at % names.length]}${'a'.repeat((at * 7) % 23)}${at}`)},${13_900_000_000 + at}`
    return isWide ? `${narrow},${100_000 + at},${cell(`!'()*深圳市${"'(*)!".repeat(at % 7)}`)}\n` : `${narrow}\n`
  })
  return `姓名,手机${isWide ? ',6:即时信息:14:QQ,7:备注:31:地址' : ''}\n${rows.join('')}`
}

it.each([
  ['the default', { count: 250, isWide: true }, undefined, 7000],
  ['1000', { count: 200, isWide: false }, 1000, 1000],
])('no address of an import is longer than %s, and each is full', async (_name, rows, requestBytes, most) => {
  const fake = await fakePbx()
  const { run } = await openedImports({ baseUrl: fake.baseUrl, ...(requestBytes !== undefined && { requestBytes }) })
  const { count, isWide } = rows
  expect(await run(table(count, isWide), { target: 'pbx' })).toMatchObject({
    state: 'done',
    counts: { sent: count, refused: 0 },
  })
  const lengths = fake.requests.map(({ target }) => Buffer.byteLength(target))
  expect(Math.max(...lengths)).toBeLessThanOrEqual(most)
  // The first row of the next request has no room any more, a comma between them.
  const firsts = fake.requests.map(({ target }) => {
    const { contacts } = JSON.parse(new URL(target, fake.baseUrl).searchParams.get('data')!) as { contacts: object[] }
    return encodeURIComponent(JSON.stringify(contacts[0])).length + '%2C'.length
  })
  expect(lengths.slice(0, -1).filter((length, at) => length + firsts[at + 1]! <= most)).toEqual([])
  const full = lengths.slice(0, -1)
  expect(full.length).toBeGreaterThan(10)
  expect(full.reduce((sum, length) => sum + length, 0) / full.length).toBeGreaterThan(0.8 * most)
})

it('opportunities keep to it as well', async () => {
  const fake = await fakePbx()
  const { run } = await openedImports({ baseUrl: fake.baseUrl, requestBytes: 1000 })
  const rows = Array.from({ length: 30 }, (_, at) => `客户${at},${13_900_000_000 + at},会议终端!*,"要报价 ('急')"\n`)
  const plan = { kind: 'opportunities', target: 'pbx' } as const
  expect(await run(`姓名,手机,产品,商机描述\n${rows.join('')}`, plan)).toMatchObject({ counts: { sent: 30 } })
  const lengths = fake.requests.map(({ target }) => Buffer.byteLength(target))
  expect(Math.max(...lengths)).toBeLessThanOrEqual(1000)
})

it('a column of the template of the PBX goes out as the detail that its heading names', async () => {
  const fake = await fakePbx()
  const { run } = await openedImports({ baseUrl: fake.baseUrl })
  await run('姓名,手机,6:即时信息:14:QQ\n李建国,13500000002,998877\n', { target: 'pbx' })
  const { target } = fake.requests[0]!
  expect(JSON.parse(new URL(target, fake.baseUrl).searchParams.get('data')!)).toEqual({
    contacts: [
      {
        ...{ cname: '李建国', localuser: -1, gid: 1 },
        details: [
          { tid: 1, cvalue: '13500000002' },
          { tid: 14, cvalue: '998877' },
        ],
      },
    ],
  })
})
