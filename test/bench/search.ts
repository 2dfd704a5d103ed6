import { performance } from 'node:perf_hooks'
import { createIdentify } from '../../main/core/directory/identify.ts'
import { createSearch } from '../../main/core/directory/search.ts'
import { createMemoryDirectory } from '../core/directory/directory-stand-in.ts'
import { percentile } from './load.ts'
import { type Row, row } from './report.ts'

const family = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈',
]
const given = [...'伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉力梅鑫建国华玉志红金海燕']
const firms = ['深圳华强电子有限公司', '广州天河贸易', '惠州德赛精密', '东莞立讯科技', '上海浦东国际物流']
const queries =
  'l li lij lijg zhangwei zw 王 华强 hqdz 1350 0002 wang_hq chen_57 tianhe g qqqq zhsh yang_meili sz 深圳 1 y'
    .split(' ')
    .map((one) => one.replace('_', ' '))

/** A person search over 10,000 people, by pinyin, initials, Chinese and number parts; the floor looks for the text alone. */
export async function search(): Promise<Row[]> {
  const people = Array.from({ length: 10_000 }, (_, index) => ({
    name: `${family[index % family.length]}${given[(index * 7) % given.length]}${given[(index * 13) % given.length]}`,
    company: `${firms[index % firms.length]}${index % 97}部`,
    numbers: [`13${String(100_000_000 + index * 7919).slice(-9)}`],
  }))
  const directory = createMemoryDirectory(people)
  const find = createSearch({
    directory,
    extensions: () => [],
    recent: () => [],
    identify: createIdentify({ directory, extensionName: () => null }),
  })
  const builtFrom = performance.now()
  await find('warm', 12)
  const buildMs = performance.now() - builtFrom
  const took: number[] = []
  const bare: number[] = []
  for (let round = 0; round < 5; round += 1) {
    for (const typed of queries) {
      const from = performance.now()
      await find(typed, 12)
      const between = performance.now()
      people.filter((one) => one.name.includes(typed) || one.company.includes(typed) || one.numbers[0]!.includes(typed))
      took.push(between - from)
      bare.push(performance.now() - between)
    }
  }
  const note = `${took.length} searches, index built in ${Math.round(buildMs)} ms`
  return [row('search 10,000 people p95', percentile(took, 0.95), 'ms', { most: 10 }, percentile(bare, 0.95), note)]
}
