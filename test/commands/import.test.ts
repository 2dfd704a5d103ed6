import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importCommand } from '../../main/commands/import.ts'
import { UsageError } from '../../main/commands/usage.ts'
import { type FakeTelcrm, startFakeTelcrm } from '../fakes/telcrm/index.ts'
import { folderWith, frontbell } from './program.ts'

let fake: FakeTelcrm
let folder: ReturnType<typeof folderWith>
const inFolder = (name: string) => join(folder.dir, name)
const run = (...words: string[]) => frontbell(['import', ...words, '--data-dir', folder.dir])

beforeEach(async () => {
  fake = await startFakeTelcrm()
  const connection = { id: 'pbx', system: 'telcrm', baseUrl: fake.baseUrl, extension: '802' }
  folder = folderWith({ connections: [connection], locale: 'en' })
})
afterEach(async () => {
  folder.end()
  await fake.stop()
})

function fileOf(name: string, content: string | Uint8Array): string {
  writeFileSync(inFolder(name), content)
  return inFolder(name)
}
const customers = () =>
  fileOf(
    'customers.csv',
    [
      '姓名,手机,公司',
      '李建国,13500000002,深圳华强电子',
      '王芳,13800000417,',
      '林国栋,1380013800,,,only this row is so wide',
      '重复,135 0000 0002,',
      '已有,13900000099,',
      '',
    ].join('\r\n'),
  )
const knownToPbx = () =>
  fake.state.addContacts([{ cname: '老王', localuser: -1, gid: 1, details: [{ tid: 1, cvalue: '13900000099' }] }])

/** What stands on stdout, which is one line of JSON. */
function documentOf({ stdout }: { stdout: string }) {
  expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  return JSON.parse(stdout) as Record<string, unknown>
}
const numbersOfPbx = () =>
  fake.state.customerBase.contacts.flatMap(({ details }) => details.map(({ cvalue }) => cvalue)).sort()
/** What waits for the import; nothing may stay behind. */
const filesLeft = () => (existsSync(inFolder('imports')) ? readdirSync(inFolder('imports')) : [])
const searchFor = async (text: string) =>
  JSON.parse((await frontbell(['contacts', 'search', text, '--json', '--data-dir', folder.dir])).stdout) as object[]

describe('frontbell import', () => {
  it('contacts: into the directory and the PBX; who is known there and what is wrong goes to the report', async () => {
    knownToPbx()
    const ended = await run('contacts', customers(), '--report', inFolder('report.csv'))
    expect(ended).toMatchObject({ code: 0 })
    expect(documentOf(ended)).toMatchObject({
      ...{ state: 'done', rows: 5, total: 3, done: 3, problem: null },
      counts: { created: 3, sent: 2, duplicate: 1, refused: 0, leftOut: 2 },
    })
    expect(numbersOfPbx()).toEqual(['13500000002', '13800000417', '13900000099'])
    expect(readFileSync(inFolder('report.csv'), 'utf8').split('\r\n')).toEqual([
      '\ufeff姓名,手机,公司,D,E,Import problem',
      '林国栋,1380013800,,,only this row is so wide,the number has too few digits (10)',
      '重复,135 0000 0002,,,,same number as row 2 of the file',
      '已有,13900000099,,,,the PBX has this number already',
      '',
    ])
    expect(await searchFor('李建国')).toEqual([
      expect.objectContaining({
        company: '深圳华强电子',
        numbers: [expect.objectContaining({ number: '13500000002' })],
      }),
    ])
    expect(filesLeft()).toEqual([])
  })
  it('the report, put right, is a file for the next import; its reasons are not data', async () => {
    await run('contacts', customers(), '--report', inFolder('report.csv'))
    const report = readFileSync(inFolder('report.csv'), 'utf8')
    const again = fileOf('again.csv', report.replace('1380013800,', '13800138000,'))
    const document = documentOf(await run('contacts', again, '--known', 'skip', '--report', inFolder('rest.csv')))
    expect(document).toMatchObject({ state: 'done', total: 1, counts: { created: 1, sent: 1 } })
    expect(numbersOfPbx()).toContain('13800138000')
    expect(readFileSync(inFolder('rest.csv'), 'utf8').split('\r\n')[0]).toBe('\ufeff姓名,手机,公司,D,E,Import problem')
  })
  it('a dry run: what would be done, nothing sent, nobody entered; its report says what would be left out', async () => {
    const ended = await run('contacts', customers(), '--dry-run', '--report', inFolder('dry.csv'))
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(documentOf(ended)).toMatchObject({
      columns: [
        { name: '姓名', field: 'name' },
        { name: '手机', field: 'mobile' },
        { name: '公司', field: 'company' },
        { name: 'D', field: 'skip' },
        { name: 'E', field: 'skip' },
      ],
      ...{ encoding: 'utf-8', rows: 5, ready: 3, empty: 0 },
      groups: [
        { group: 'bad-number', count: 1 },
        { group: 'twice', count: 1 },
      ],
    })
    expect(fake.requests).toEqual([])
    expect(await searchFor('李建国')).toEqual([])
    expect(readFileSync(inFolder('dry.csv'), 'utf8')).toBe(
      '\ufeff姓名,手机,公司,D,E,Import problem\r\n林国栋,1380013800,,,only this row is so wide,the number has too few digits (10)\r\n重复,135 0000 0002,,,,same number as row 2 of the file\r\n',
    )
    expect(filesLeft()).toEqual([])
  })
  it('a dry run of what the PBX was given before says so of every row, and of no row of another PBX', async () => {
    const people = [
      ['李建国', '13500000002'],
      ['王芳', '13800000417'],
      ['林国栋', '13800138000'],
    ]
    const file = fileOf('three.csv', ['姓名,手机', ...people.map((one) => one.join(','))].join('\n'))
    expect(documentOf(await run('contacts', file))).toMatchObject({ counts: { created: 3, sent: 3 } })
    const again = documentOf(await run('contacts', file, '--dry-run'))
    expect(again).toMatchObject({ groups: [{ group: 'known' }, { group: 'pbx-known', count: 3 }] })
    const branch = { id: 'branch', system: 'telcrm', baseUrl: fake.baseUrl, extension: '802' }
    writeFileSync(inFolder('settings.json'), JSON.stringify({ connections: [branch], locale: 'en' }))
    const elsewhere = documentOf(await run('contacts', file, '--dry-run'))
    expect(elsewhere).toMatchObject({ groups: [{ group: 'known' }] })
  })
  it('columns that only a row far down has stay in the report', async () => {
    const many = Array.from({ length: 40 }, (_, at) => `客户${at},${13_900_000_000 + at}`)
    const file = fileOf('wide.csv', ['姓名,手机', ...many, '林国栋,138001380,,far right'].join('\n'))
    await run('contacts', file, '--local-only', '--report', inFolder('report.csv'))
    expect(readFileSync(inFolder('report.csv'), 'utf8')).toBe(
      '\ufeff姓名,手机,C,D,Import problem\r\n林国栋,138001380,,far right,the number has too few digits (9)\r\n',
    )
  })
  it('opportunities, here only', async () => {
    const file = fileOf('sales.txt', '姓名\t电话\t产品\t商机描述\t金额\n王芳\t13800000417\t呼叫中心\t要报价\t1.2万\n')
    const document = documentOf(await run('opportunities', file, '--local-only'))
    expect(document).toMatchObject({ state: 'done', total: 1, requests: 0, counts: { created: 1, sent: 0 } })
    expect(fake.requests).toEqual([])
    expect(documentOf(await run('opportunities', file, '--pbx-only'))).toMatchObject({
      requests: 1,
      counts: { sent: 1 },
    })
    expect(fake.state.customerBase.preorders).toHaveLength(1)
  })
  it('without a PBX: into the directory, and it says so', async () => {
    writeFileSync(inFolder('settings.json'), '{"locale":"en"}')
    const ended = await run('contacts', customers())
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining('into the directory only') })
    expect(documentOf(ended)).toMatchObject({ counts: { created: 3, sent: 0 } })
  })
  it.each([
    ['old.xls', 'x', 'Save as'],
    ['empty.csv', '', 'There is nothing in the file.'],
    ['picture.csv', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, ...Array<number>(400).fill(1)]), 'This is no table.'],
    ['cut.xlsx', 'PK\u0003\u0004 nothing', 'damaged'],
    ['names.csv', '姓名,备注\n李,a\n', 'No row can be imported.'],
  ])('%s: exit 1, a sentence, no report, nothing left behind', async (name, content, sentence) => {
    const ended = await run('contacts', fileOf(name, content), '--report', inFolder('report.csv'))
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(sentence) })
    expect(readdirSync(folder.dir)).not.toContain('report.csv')
    expect(filesLeft()).toEqual([])
    expect(fake.requests).toEqual([])
  })
  it('Ctrl+C while the PBX is away: exit 1, and the import is not lost', async () => {
    fake.fault('reset')
    const ended = await frontbell(['import', 'contacts', customers(), '--data-dir', folder.dir], (child) => {
      const timer = setInterval(() => {
        if (fake.requests.length === 0) return
        clearInterval(timer)
        child.kill('SIGINT')
      }, 20)
    })
    expect(ended.code).toBe(1)
    expect(documentOf(ended)).toMatchObject({ state: 'paused', total: 3, counts: { created: 3, sent: 0 } })
  })
  it('wrong words: exit 2, nothing is done', async () => {
    const ended = await run('people', customers())
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('contacts or opportunities') })
    const file = customers()
    const place = ['--data-dir', folder.dir]
    for (const [words, says] of [
      [['contacts'], 'a FILE'],
      [['contacts', inFolder('none.csv')], 'there is no file'],
      [['contacts', folder.dir], 'there is no file'],
      [['contacts', file, file], 'a FILE'],
      [['contacts', file, '--known', 'x'], '--known takes'],
      [['contacts', file, '--local-only', '--pbx-only'], 'exclude each other'],
      [['contacts', file, '--connection', 'other'], 'no connection "other"'],
      [['contacts', file, '--report', inFolder('no/report.csv')], '--report'],
      [['contacts', file, '--report', folder.dir], 'is a folder'],
      [['contacts', file, '--sheet', 'S'], '--sheet is for .xlsx'],
      [['contacts', file, '--colour'], '--colour'],
    ] as const) {
      const failure = await importCommand([...words, ...place]).then(
        () => null,
        (error: unknown) => error,
      )
      expect(failure, words.join(' ')).toBeInstanceOf(UsageError)
      expect(String(failure)).toContain(says)
    }
    expect(fake.requests).toEqual([])
    expect(filesLeft()).toEqual([])
  })
})
