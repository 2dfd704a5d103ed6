import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createIdentify } from '../../../main/core/directory/identify.ts'
import { createSearch } from '../../../main/core/directory/search.ts'
import { ownMs } from '../../own-time.ts'
import { createMemoryDirectory, searchOver } from './directory-stand-in.ts'

const colleagues = [
  { extension: '801', name: '李阳' },
  { extension: '802', name: '张霞' },
  { extension: '807', name: '周磊' },
  { extension: '8011', name: '会议室A' },
]
const crew = [
  { name: '李建国', company: '深圳华强电子有限公司', numbers: ['13500000002', '0755-2800 0123'] },
  { name: '王女士', company: '广州天河贸易', numbers: ['13800000417'] },
  { name: '曾重庆', company: '重庆长江物流', numbers: ['13900000001'] },
  { name: '单晓吕', numbers: ['13900000002'] },
  { name: '章三', numbers: ['13900000003'] },
  { name: '小李阳', numbers: ['13900000004'] },
  { name: 'Tom Li', company: "O'Neill Ltd", numbers: ['+1 415 555 2671'] },
  { name: '𠮷田建', numbers: ['13900000005'] },
]

function setUp(recent: { number: string; canonical: string; at: number }[] = []) {
  const directory = createMemoryDirectory(crew)
  const extensionName = (extension: string) => colleagues.find((one) => one.extension === extension)?.name ?? null
  const identify = createIdentify({ directory, extensionName })
  const search = createSearch({
    people: searchOver(directory, recent),
    peopleOf: directory.peopleOf,
    extensions: () => colleagues,
    recent: () => recent,
    identify,
  })
  const names = async (text: string) => (await search(text, 20)).map(({ name, number }) => name ?? number)
  return { directory, search, names }
}

describe('search by name', () => {
  it.each([
    ['李建国', '李建国'],
    ['建国', '李建国'],
    ['lijianguo', '李建国'],
    ['lijiang', '李建国'],
    ['ljg', '李建国'],
    ['LJG', '李建国'],
    ['li建g', '李建国'],
    ['jianguo', '李建国'],
    ['zhs', '章三'],
    ['zhangsan', '章三'],
    ['zsan', '章三'],
    ['zengchongqing', '曾重庆'],
    ['zengzhongqing', '曾重庆'],
    ['cengcq', '曾重庆'],
    ['shanxiaolv', '单晓吕'],
    ['danxiaolu', '单晓吕'],
    ['sxlyu', '单晓吕'],
    ['tom', 'Tom Li'],
    ['li', '李阳'],
    ['tianhe', '王女士'],
    ['huaqiang', '李建国'],
    ['hqdz', '李建国'],
    ['ｌｊｇ', '李建国'],
  ])('%s finds %s', async (typed, name) => expect(await setUp().names(typed)).toContain(name))

  it.each(['lijianx', 'gjl', 'zhangsi', 'qqq', '李阳阳'])('%s finds nobody', async (typed) => {
    expect(await setUp().names(typed)).toEqual([])
  })

  it('several words narrow, in any order, over name, company and digits', async () => {
    const { names } = setUp()
    expect(await names('li 建国')).toEqual(['李建国', '李建国'])
    expect(await names('华强 ljg 0755')).toEqual(['李建国'])
    expect(await names('ljg 0002')).toEqual(['李建国'])
    expect(await names('ljg 9999')).toEqual([])
  })

  it('letters and digits in one word', async () => {
    const { names } = setUp()
    expect(await names('zx802')).toEqual(['张霞'])
    expect(await names('李801')).toEqual(['李阳'])
    expect(await names('ly802')).toEqual([])
  })

  it('marks what matched, in UTF-16 units', async () => {
    const { search } = setUp()
    expect((await search('jg', 5))[0]?.match).toEqual([[1, 3]])
    expect((await search('li guo 华强', 5))[0]?.match).toEqual([
      [0, 1],
      [2, 3],
    ])
    expect((await search('tianj', 5)).find(({ name }) => name === '𠮷田建')?.match).toEqual([[2, 4]])
    expect((await search('华强', 5))[0]?.match).toEqual([])
  })
})

describe('search by number', () => {
  it('an exact extension comes first', async () => {
    const { search } = setUp()
    const hits = await search('801', 20)
    expect(hits.map(({ kind, number }) => [kind, number])).toEqual([
      ['extension', '801'],
      ['extension', '8011'],
    ])
    expect(hits[0]).toEqual({
      kind: 'extension',
      id: 'extension:801',
      name: '李阳',
      company: null,
      number: '801',
      display: '801',
      at: null,
      match: [],
    })
  })

  it('a whole number in any spelling is offered first, with the name behind it, and only once', async () => {
    const { search } = setUp()
    for (const typed of ['13500000002', '+86 135-0000-0002', '135 0000 0002']) {
      const hits = await search(typed, 20)
      expect(hits).toHaveLength(1)
      expect(hits[0]).toMatchObject({ kind: 'number', name: '李建国', number: '13500000002', display: '135 0000 0002' })
    }
    expect((await search('0769 2200 3318', 20))[0]).toMatchObject({
      kind: 'number',
      name: null,
      number: '076922003318',
    })
  })

  it('the beginning of a number does not push people down', async () => {
    const hits = await setUp().search('135', 20)
    expect(hits.map(({ kind }) => kind)).toEqual(['person', 'number'])
    expect(await setUp().names('0417')).toEqual(['王女士', '0417'])
  })

  it('masked numbers cannot be dialled and are not offered', async () => {
    expect(await setUp().search('138****5678', 20)).toEqual([])
  })
})

describe('ranking and recent numbers', () => {
  const recent = [
    { number: '18607553321', canonical: '18607553321', at: 300 },
    { number: '013900000003', canonical: '13900000003', at: 200 },
    { number: '802', canonical: '802', at: 100 },
  ]

  it('empty text gives recent numbers, newest first', async () => {
    const hits = await setUp(recent).search('  ', 2)
    expect(hits.map(({ kind, display, name, at }) => [kind, display, name, at])).toEqual([
      ['recent', '186 0755 3321', null, 300],
      ['recent', '139 0000 0003', '章三', 200],
    ])
  })

  it('a match at the start beats one inside, then who was talked to lately', async () => {
    expect(await setUp().names('liyang')).toEqual(['李阳', '小李阳'])
    expect((await setUp().names('zh')).slice(0, 4)).toEqual(['张霞', '周磊', '章三', '曾重庆'])
    expect((await setUp(recent).names('zh')).slice(0, 3)).toEqual(['章三', '张霞', '周磊'])
  })

  it('finds recent strangers by digits and lists nobody twice', async () => {
    expect(await setUp(recent).names('3321')).toEqual(['18607553321', '3321'])
    expect(await setUp(recent).names('章三')).toEqual(['章三'])
  })

  it('respects the limit', async () => expect(await setUp().search('1', 2)).toHaveLength(2))

  it('only extensions: nobody else, and all of them', async () => {
    const hits = await setUp().search('z', 1000, 'extension')
    expect(hits.map(({ kind }) => kind)).toEqual(hits.map(() => 'extension'))
    expect(hits.map(({ number }) => number).sort()).toEqual(
      (await setUp().search('z', 1000))
        .filter(({ kind }) => kind === 'extension')
        .map(({ number }) => number)
        .sort(),
    )
    expect(hits.length).toBeGreaterThan(1)
  })

  it('sees new and renamed people at once', async () => {
    const { directory, names } = setUp()
    expect(await names('hejp')).toEqual([])
    await directory.save({ number: '13700000001', canonical: '13700000001', name: '何建平', company: null })
    expect(await names('hejp')).toEqual(['何建平'])
    await directory.save({ number: '13700000001', canonical: '13700000001', name: '贺建平', company: '立讯' })
    expect(await names('何')).toEqual([])
  })
})

describe('robustness and speed', () => {
  it('never throws and keeps the limit, whatever is typed', async () => {
    const { search } = setUp()
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 100 }), fc.stringMatching(/^[a-z0-9 +李建-]{0,30}$/)),
        async (text) => {
          const hits = await search(text, 5)
          expect(hits.length).toBeLessThanOrEqual(5)
          for (const { name, match } of hits)
            for (const [start, end] of match) expect(start < end && end <= (name ?? '').length).toBe(true)
        },
      ),
    )
  })

  it('does not blow up on names that can be read in many ways', async () => {
    const directory = createMemoryDirectory([
      { name: '阿'.repeat(60), company: '安'.repeat(100), numbers: ['13900000009'] },
    ])
    const search = createSearch({
      people: searchOver(directory),
      peopleOf: directory.peopleOf,
      extensions: () => [],
      recent: () => [],
      identify: createIdentify({ directory, extensionName: () => null }),
    })
    await search('a', 5)
    const startedAt = ownMs()
    await search(`${'a'.repeat(55)}x`, 5)
    await search(`${'an'.repeat(45)}x`, 5)
    // Trying every reading would take longer than anybody lives.
    expect(ownMs() - startedAt).toBeLessThan(3000)
  })
})
