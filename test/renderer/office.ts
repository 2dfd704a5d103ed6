import type {
  Board,
  Call,
  CallKey,
  CallNote,
  CallsSnapshot,
  DispositionsSnapshot,
  Extension,
  FollowUp,
  Me,
  Party,
  SettingsSnapshot,
  Snapshots,
  Status,
} from '../../preload/contract/index.ts'
import { Settings } from '../../preload/contract/index.ts'
import { freshCall, nobody } from '../call-samples.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

export const party = (
  display: string,
  name: string | null = null,
  company: string | null = null,
  home: string | null = null,
): Party => ({
  ...nobody(),
  number: display.replace(/\D/g, ''),
  canonical: display.replace(/\D/g, ''),
  display,
  name,
  company,
  home,
  source: name ? 'directory' : null,
})

export function call(callId: string, at: number, over: Partial<Call>): Call {
  return {
    ...freshCall,
    callId,
    state: 'ringing',
    caller: nobody(),
    callee: party('802', '张霞'),
    legs: [{ extension: '802', name: '张霞', businessId: 'b', group: null, state: over.state ?? 'ringing' }],
    startedAt: at,
    ringingAt: at,
    ...over,
  }
}

export const people: [string, string, string, Partial<Extension>?][] = [
  ['801', '李阳', 'front'],
  [
    '802',
    '张霞',
    'front',
    {
      phone: 'talking',
      direction: 'incoming',
      since: 134 * second,
      remote: { number: '13800000417', display: '138 0000 0417', name: '王女士' },
    },
  ],
  ['803', '孙丽', 'front'],
  ['804', '何伟', 'front', { phone: 'unregistered', registered: false }],
  ['805', '严明', 'front', { presence: 'busy', since: 70 * minute }],
  [
    '806',
    '赵敏',
    'pre',
    {
      phone: 'talking',
      direction: 'incoming',
      since: 12 * second,
      remote: { number: '802', display: '802', name: '张霞' },
    },
  ],
  ['807', '周磊', 'pre'],
  [
    '808',
    '吴凯',
    'pre',
    {
      phone: 'talking',
      direction: 'outgoing',
      since: 277 * second,
      remote: { number: '18600005521', display: '186 0000 5521', name: null },
    },
  ],
  [
    '809',
    '郑爽',
    'pre',
    { phone: 'ringing', since: 3 * second, remote: { number: '075528000123', display: '0755-2800 0123', name: null } },
  ],
  ['810', '冯涛', 'pre', { presence: 'reducing' }],
  ['811', '蒋欣', 'pre', { missedCount: 2 }],
  ['812', '沈洁', 'pre'],
  [
    '813',
    '韩雪',
    'pre',
    {
      phone: 'talking',
      direction: 'incoming',
      since: 680 * second,
      remote: { number: '075528889999', display: '0755-2888 9999', name: '深圳云启科技' },
    },
  ],
  ['814', '唐宁', 'pre', { phone: 'offline', presence: 'offline' }],
  [
    '815',
    '杨帆',
    'post',
    {
      phone: 'talking',
      direction: 'incoming',
      since: 72 * second,
      remote: { number: '13300009087', display: '133 0000 9087', name: null },
    },
  ],
  ['816', '朱琳', 'post'],
  ['817', '秦朗', 'post', { phone: 'unknown' }],
  ['818', '许昕', 'post'],
  ['819', '尤佳', 'post', { presence: 'reducing' }],
  ['820', '吕芳', 'store'],
  ['821', '施宁', 'store', { presence: 'busy', since: 25 * minute }],
  ['822', '张伟', 'store'],
  ['823', '孔杰', 'store'],
  ['824', '曹颖', 'store', { phone: 'offline', presence: 'offline' }],
]

export function extension(
  number: string,
  name: string,
  group: string | null,
  over: Partial<Extension>,
  at: number,
): Extension {
  const { since = 40 * minute, ...rest } = over
  return {
    extension: number,
    name,
    phone: 'idle',
    direction: null,
    presence: 'online',
    registered: true,
    remote: null,
    missedCount: 0,
    group,
    since: at - since,
    ...rest,
  }
}

function board(at: number): Board {
  return {
    connection: 'pbx',
    polledAt: at - second,
    stale: false,
    problem: null,
    groups: [
      { id: 'front', name: '前台与行政' },
      { id: 'pre', name: '售前组' },
      { id: 'post', name: '售后组' },
      { id: 'store', name: '财务与仓库' },
    ],
    extensions: people.map(([number, name, group, over]) => extension(number, name, group, over ?? {}, at)),
  }
}

function calls(at: number): CallsSnapshot {
  const missed = (callId: string, ago: number, who: Party) =>
    call(callId, at - ago, { state: 'missed', caller: who, endedAt: at - ago + 24 * second, mine: false })
  return {
    cards: [
      call('c635814c', at - 8 * second, {
        caller: party('135 0000 0002', '李建国', '深圳华强电子有限公司', '广东深圳'),
        groupName: '售前组',
        lastContact: {
          at: at - 3 * 24 * hour,
          extension: '801',
          name: '李阳',
          direction: 'incoming',
          note: '问发票抬头',
        },
        recentMissed: 2,
      }),
      call('talk-1', at - 140 * second, {
        state: 'talking',
        answeredAt: at - 134 * second,
        answeredBy: '802',
        caller: party('138 0000 0417', '王女士', '广州天河贸易'),
        groupName: '总机',
      }),
      call('new-1', at - 3 * second, { caller: party('186 0755 3321', null, null, '广东深圳'), groupName: '总机' }),
      call('done-1', at - 9 * minute, {
        state: 'hungup',
        answeredAt: at - 8 * minute,
        endedAt: at - 5 * minute,
        caller: party('159 0000 7731'),
      }),
    ],
    missedCount: 3,
    missed: [
      missed('m1', 18 * minute, party('139 0000 6608')),
      missed('m2', 52 * minute, party('137 5555 0198', '陈志强', '惠州德赛精密')),
      missed('m3', 90 * minute, party('0769-2200 3318')),
    ],
    focus: null,
  }
}

function me(): Me {
  const can = {
    dial: true,
    dialIp: true,
    hangup: true,
    transfer: true,
    consult: true,
    conference: true,
    toMenu: true,
    setPresence: true,
    setOthersPresence: true,
    supervise: true,
  }
  return {
    connection: 'pbx',
    extension: '802',
    name: '张霞',
    presence: 'online',
    pendingPresence: null,
    supervisor: null,
    can,
  }
}

function settings(): SettingsSnapshot {
  const values = Settings.parse({
    connections: [{ id: 'pbx', system: 'telcrm', baseUrl: 'http://192.168.1.82:12121', extension: '802' }],
    setupDone: true,
    board: { favourites: ['807', '815'] },
  })
  return { values, secretsSet: [], locked: [], problems: [], needsSetup: false }
}

function status(at: number): Status {
  const connection = { polled: true, problem: null, retryAt: null, latencyMs: 12 }
  return {
    connections: [
      {
        ...connection,
        id: 'pbx',
        system: 'telcrm',
        address: '192.168.1.82:12121',
        state: 'ok',
        since: at - hour,
        lastOkAt: at - second,
      },
      {
        ...connection,
        polled: false,
        id: 'cloud',
        system: 'cloud-cs',
        address: 'cloud:80',
        state: 'down',
        since: at - 40 * second,
        lastOkAt: at - 41 * second,
        problem: { code: 'timeout', details: { operation: 'cloud-cs.status' } },
      },
    ],
    listener: {
      state: 'listening',
      host: '0.0.0.0',
      port: 12180,
      urls: ['http://192.168.1.23:12180/srvlt'],
      lastEventAt: at - 8 * second,
      problem: null,
    },
    unknownSources: [],
    notices: [],
    popLatency: { lastMs: 182, p95Ms: 210, count: 40 },
    demo: { running: false, callers: [] },
  }
}

/** A promise of the call with this key. */
export function followUpOf({ connection, callId }: CallKey, at: number): FollowUp {
  return {
    connection,
    callId,
    party: party('137 0000 2290', '何建平', '深圳云启科技'),
    callStartedAt: at - 90 * minute,
    promise: '报会议终端交期',
    dueAt: at - 9 * minute,
    createdAt: at - 80 * minute,
    doneAt: null,
  }
}

/** An empty note of the call with this key. */
export function noteOf({ connection, callId }: CallKey, at: number): CallNote {
  const who = { party: party('138 0000 0417', '王女士', '广州天河贸易'), callStartedAt: at - 2 * minute }
  return { connection, callId, ...who, text: '', tags: [], author: '802', authorName: '张霞', updatedAt: at }
}

function dispositions(at: number): DispositionsSnapshot {
  return {
    revision: 1,
    followUps: [followUpOf({ connection: 'pbx', callId: 'f1' }, at)],
    openCount: 1,
    tags: ['报价', '投诉', '售后'],
    freeTags: true,
    focus: null,
  }
}

/** One office, as it is at this moment. */
export function officeSnapshots(at: number): Snapshots {
  return {
    calls: calls(at),
    conversation: { consult: null, conferences: [] },
    board: board(at),
    status: status(at),
    me: me(),
    settings: settings(),
    dispositions: dispositions(at),
    history: { revision: 0, connections: [] },
    directory: { version: 1, canAddToPbx: true },
    imports: { imports: [] },
    prompts: { libraries: [{ id: 'pbx', system: 'telcrm' }], recorders: [], uploads: [], listVersion: 1, keepDays: 30 },
  }
}

/** Calls that were talked on earlier today. */
export function recentCalls(at: number): Call[] {
  return [
    call('r1', at - 20 * minute, {
      state: 'hungup',
      direction: 'outgoing',
      callee: party('0755-2800 0123', '刘工'),
      mine: false,
    }),
    call('r2', at - 70 * minute, { state: 'hungup', caller: party('136 1111 2222', '黄丽', '珠海格昌'), mine: false }),
  ]
}
