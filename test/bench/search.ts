import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { createIdentify } from '../../main/core/directory/identify.ts'
import { createPeopleSearch } from '../../main/core/directory/people-search.ts'
import { createSearch } from '../../main/core/directory/search.ts'
import { createSystemClock } from '../../main/runtime/system-clock.ts'
import { openStore } from '../../main/store/open.ts'
import { openForWriting } from '../../main/store/sqlite.ts'
import { createTestLog } from '../store/samples.ts'
import { percentile } from './load.ts'
import { type Row, row } from './report.ts'

const count = 100_000
const family = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈',
]
const given = [...'伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉力梅鑫建国华玉志红金海燕']
const places = ['深圳', '广州', '惠州', '东莞', '上海', '佛山', '珠海', '重庆', '苏州', '北京']
const trades = ['华强电子', '天河贸易', '德赛精密', '立讯科技', '浦东物流', '长江机电', '南方仪器', '新联家具']
const queries =
  'l li lij lijg zhangwei zw 王 华强 hqdz 1350 0002 wang_hq chen_57 li_深圳_13 tianhe g qqqq zhsh yang_meili hq_wang sz 深圳 1 y 曾 zeng'
    .split(' ')
    .map((one) => one.replaceAll('_', ' '))

/** Everybody by SQL, as an import of years would have left them; every seventh was called. */
function fill(file: string): void {
  const db = openForWriting(file)
  const person = db.prepare(
    `INSERT INTO people (id, name, company, person_group, sort_key, created_at, updated_at, revision) VALUES (?, ?, ?, ?, 'x', 0, 0, ?)`,
  )
  const number = db.prepare(
    `INSERT INTO person_numbers (person, place, canonical, number, label) VALUES (?, ?, ?, ?, 'mobile')`,
  )
  const party = db.prepare(
    `INSERT INTO parties (canonical, number, name, spelling, calls, last_call, last_talk) VALUES (?, ?, '', '', ?, ?, 0)`,
  )
  db.transaction(() => {
    for (let at = 0; at < count; at += 1) {
      const name = `${family[at % family.length]}${given[(at * 7) % given.length]}${given[(at * 13) % given.length]}`
      const sign = given[(at >> 5) % given.length] ?? ''
      const company = `${places[at % 10]}${sign}${given[(at >> 9) % given.length]}${trades[(at >> 3) % 8]}有限公司`
      const canonical = `13${String(100_000_000 + at * 7919).slice(-9)}`
      person.run(at + 1, name, company, at % 5 === 0 ? '重点客户' : null, at + 1)
      number.run(at + 1, 0, canonical, canonical)
      if (at % 3 === 0) number.run(at + 1, 1, `0755${28_000_000 + at}`, `0755${28_000_000 + at}`)
      if (at % 7 === 0) party.run(canonical, canonical, 1 + (at % 40), (1_790_000_000_000 + at * 1000) * 1024)
    }
  })()
  db.close()
}

/** Searches of 100,000 people, 1,000 colleagues and the last numbers, as the search field asks: by pinyin, initials, Chinese and number parts; the floor looks for the bare text alone. */
export async function search(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'search-'))
  const { log } = createTestLog()
  const clock = createSystemClock(log)
  const file = join(folder, 'frontbell.sqlite')
  await (await openStore({ file, clock, log })).close()
  fill(file)
  const store = await openStore({ file, clock, log })
  const recent = () => store.calls.recentNumbers(20)
  const finder = createPeopleSearch({ clock, people: store.people, recent })
  const colleagues = Array.from({ length: 1000 }, (_, at) => ({
    extension: String(2000 + at),
    name: `${family[at % family.length]}${given[(at * 11) % given.length]}`,
  }))
  const names = new Map(colleagues.map(({ extension, name }) => [extension, name]))
  const find = createSearch({
    people: finder,
    peopleOf: (ids) => store.people.found(ids),
    extensions: () => colleagues,
    recent,
    identify: createIdentify({ directory: store.directory, extensionName: (one) => names.get(one) ?? null }),
  })
  try {
    const memory = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
    globalThis.gc?.()
    const before = memory()
    const builtFrom = performance.now()
    let longest = 0
    let last = performance.now()
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last - 5)
      last = performance.now()
    }, 5)
    await find('warm', 12)
    clearInterval(beat)
    const buildMs = performance.now() - builtFrom
    globalThis.gc?.()
    const heldMb = (memory() - before) / 1e6
    const texts = store.people
      .indexRows(0, count)
      .map(({ name, company, numbers }) => `${name} ${company} ${numbers.join(' ')}`)
    const took: number[] = []
    const bare: number[] = []
    for (let round = 0; round < 6; round += 1) {
      for (const typed of queries) {
        const from = performance.now()
        await find(typed, 12)
        const between = performance.now()
        texts.filter((one) => one.includes(typed))
        if (round === 0) continue
        took.push(between - from)
        bare.push(performance.now() - between)
      }
    }
    const note = `${took.length} searches; index: ${Math.round(buildMs)} ms, ${Math.round(heldMb)} MB, longest wait of others ${Math.round(longest)} ms`
    return [row('search 100,000 people p95', percentile(took, 0.95), 'ms', { most: 10 }, percentile(bare, 0.95), note)]
  } finally {
    finder.stop()
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
