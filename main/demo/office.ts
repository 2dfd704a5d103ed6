import type { SeenPresence } from '../../preload/contract/index.ts'

/** The receptionist whose desk the demo shows. */
export const receptionist = '802' as const

/** The extension with the right 坐席监控. Nobody else uses it: it is free to listen. */
export const supervisor = '803' as const

/** An extension of the demo office and how its day begins. */
export interface OfficePhone {
  extension: string
  name: string
  group: string
  registered: boolean
  presence: SeenPresence
}

interface OfficeGroup {
  id: string
  name: string
  extensions: string[]
}

const people: Readonly<Record<string, { group: string; staff: string }>> = {
  '3001': { group: '前台与行政', staff: '801 李阳 802 张霞 803 孙丽 804 何伟 805 严明' },
  '3002': {
    group: '售前组',
    staff: '806 赵敏 807 周磊 808 吴凯 809 郑爽 810 冯涛 811 蒋欣 812 沈洁 813 韩雪 814 唐宁',
  },
  '3003': { group: '售后组', staff: '815 杨帆 816 朱琳 817 秦朗 818 许昕 819 尤佳' },
  '3004': { group: '财务与仓库', staff: '820 吕芳 821 施宁 822 张伟 823 孔杰 824 曹颖' },
}

const unregistered = new Set(['804'])
const presences: Readonly<Record<string, SeenPresence>> = {
  '805': 'busy',
  '810': 'reducing',
  '814': 'offline',
  '819': 'reducing',
  '821': 'busy',
  '824': 'offline',
}

export const officePhones: OfficePhone[] = Object.entries(people).flatMap(([group, { staff }]) =>
  [...staff.matchAll(/(\d+) (\S+)/g)].map(([, extension = '', name = '']) => ({
    extension,
    name,
    group,
    registered: !unregistered.has(extension),
    presence: presences[extension] ?? 'online',
  })),
)

export const officeGroups: OfficeGroup[] = Object.entries(people).map(([id, { group }]) => ({
  id,
  name: group,
  extensions: officePhones.filter((phone) => phone.group === id).map(({ extension }) => extension),
}))
