import type { DirectoryRow, Person } from '../../preload/contract/index.ts'

/** Somebody, as the directory gives them. */
export const fakePerson: Person = {
  ...{ id: 7, name: '李建国', company: '华强', group: '重点客户', owner: '806', ownerName: '周磊', qq: '1234567' },
  note: '周五前要报价',
  numbers: [
    {
      ...{ number: '13500000002', canonical: '13500000002', display: '135 0000 0002' },
      ...{ suffix: null, home: null, label: 'mobile' },
    },
  ],
  fields: [{ tid: 14, label: '即时信息', value: '998877' }],
  opportunities: [
    {
      ...{ id: 3, product: '会议终端', comment: '60台', stage: 'offered', amountFen: 18_600_000 },
      ...{ expectedOn: '2026-12-31', createdAt: 5, updatedAt: 6 },
    },
  ],
  pbx: null,
  ...{ createdAt: 5, updatedAt: 6, revision: 9 },
}

export const fakeRow: DirectoryRow = {
  ...{ key: 'person:7', kind: 'person', id: 7, name: '李建国', company: '华强', group: '重点客户' },
  ...{ number: '13500000002', display: '135 0000 0002', numbers: 1, openOpportunities: 1, match: [[0, 1]] },
}

type Answer = <Output>(name: string, output: Output) => (input?: unknown) => Promise<Output>

/** Every procedure of the directory but search and save, answered with the one person. */
export const fakePeopleArea = (answer: Answer) => {
  const saved = { id: 7, change: 'c-1' }
  return {
    list: answer('directory.list', {
      ...{ rows: [fakeRow], total: 1, reach: 1 },
      counts: { colleague: 0, person: 1, learned: 0 },
    }),
    get: answer('directory.get', fakePerson),
    withNumber: answer('directory.withNumber', [7]),
    put: answer('directory.put', saved),
    putOpportunity: answer('directory.putOpportunity', saved),
    remove: answer('directory.remove', saved),
    undo: answer('directory.undo', { undone: 1, kept: 0 }),
    groups: answer('directory.groups', ['重点客户']),
    duplicates: answer('directory.duplicates', [
      { reason: 'number' as const, value: '135 0000 0002', people: [fakeRow, { ...fakeRow, key: 'person:8', id: 8 }] },
    ]),
    previewMerge: answer('directory.previewMerge', { merged: fakePerson, gone: { ...fakePerson, id: 8 } }),
    merge: answer('directory.merge', saved),
    addToPbx: answer('directory.addToPbx', { ...fakePerson, pbx: { connection: 'pbx', at: 7 } }),
  }
}
