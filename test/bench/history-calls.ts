import type { HistoryEntry } from '../../main/core/ports/index.ts'

const surnames = '李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕'
const given = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂建国文玲华飞志英俊晓春海燕东红新成立雪梅龙宁阳瑞博宇晨佳'
const matters = ['要报价', '下周一回电', '投诉发货慢', '问发票抬头', '预约安装', '找李工', '催合同', '已转销售部']

/** Numbers that repeat in every run. */
export function createDice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 4294967296) * below)
  }
}

export interface OfficePerson {
  number: string
  name: string | null
}

/** Whom an office telephones with: mostly mobiles, seven in ten with a name. */
export function officePeople(count: number, dice: (below: number) => number): OfficePerson[] {
  const pick = (signs: string) => [...signs][dice([...signs].length)]!
  return Array.from({ length: count }, (_, n) => ({
    number: n % 4 === 0 ? `0755${28000000 + n * 7}` : `1${3 + (n % 7)}${String(100000000 + n * 7919).slice(-9)}`,
    name: n % 10 < 7 ? pick(surnames) + pick(given) + (dice(3) > 0 ? pick(given) : '') : null,
  }))
}

/** One call out of a long history: some people call often, one in ten has a note, three of four recorded calls have a path. */
export function officeCall(n: number, startedAt: number, people: OfficePerson[], dice: (below: number) => number) {
  const often = dice(10) < 4
  const person = people[often ? dice(people.length / 50) : dice(people.length)]!
  const extension = String(801 + dice(60))
  const outgoing = dice(10) < 4
  const answered = dice(10) < 7
  const durationSec = answered ? 5 + dice(dice(20) === 0 ? 3000 : 300) : 0
  const day = new Date(startedAt + 8 * 3_600_000).toISOString().slice(0, 19).replaceAll(/\D/g, '')
  const hex = (value: number) => value.toString(16).padStart(8, '0')
  return {
    person,
    extension,
    outgoing,
    answered,
    durationSec,
    callId: `${hex(dice(2 ** 31))}-8f85-4edb-${hex(n).slice(-4)}-c11e${hex(dice(2 ** 31))}@192.168.1.82`,
    note: dice(10) === 0 ? `${matters[dice(matters.length)]}${dice(9999)}` : null,
    recording:
      answered && dice(4) > 0
        ? `D:/records/${day.slice(0, 8)}/${person.number}_${extension}_${day.slice(8)}.wav`
        : null,
    group: !outgoing && dice(3) === 0 ? String(3000 + dice(8)) : null,
    startedAt,
  }
}

export function toEntryOf(call: ReturnType<typeof officeCall>, spell: (name: string) => string): HistoryEntry {
  const { person, outgoing, answered, extension, startedAt, durationSec, note, recording, group, callId } = call
  return {
    callId,
    toldBy: 'log',
    direction: outgoing ? 'outgoing' : 'incoming',
    result: answered ? 'answered' : outgoing ? 'failed' : 'missed',
    number: person.number,
    canonical: person.number,
    name: person.name,
    spelling: person.name === null ? '' : spell(person.name),
    extension,
    group,
    startedAt,
    durationSec,
    note,
    causeCode: null,
    causeText: null,
    recordingKind: recording === null ? null : 'telcrm-file',
    recording,
  }
}
