export interface FakeGateway {
  name: string
  ip: string
  port: number
  capacity: number
}

export interface FakeEnterprise {
  id: string
  users: string[]
  /** 400 number. */
  hotline: string
  areaCode: string
  restricts: boolean
  records: boolean
  asr: '0' | '1' | '2' | null
  blackList: string[]
  /** Numbers that calls may show. */
  clids: string[]
  /** By area code. */
  localNumbers: Record<string, string>
  /** Numbers of its own; null = nothing set up. */
  ownNumbers: string[] | null
}

export interface FakeTelSet {
  timeout: number
  strategy: 'order' | 'random'
  members: { tel: string; timeout: number }[]
}

/** What the platform knows and does. Tests may change anything at any time. */
export class PlatformState {
  /** False = modules still load: everything is answered with 404. */
  started = true
  token = 't0ken'
  /** Addresses that this version of the platform does not have. */
  readonly withoutPaths = new Set<string>()
  readonly gateways: FakeGateway[] = [
    { name: 'gateway.1', ip: '10.10.5.157', port: 5060, capacity: 60 },
    { name: 'gateway.2', ip: '10.10.5.158', port: 5062, capacity: 30 },
    // Two registrations of one device.
    { name: 'gateway.3', ip: '10.10.5.158', port: 5064, capacity: 30 },
  ]
  readonly mohClasses = new Map([['3000001default', { mode: 'files', directory: '/var/lib/asterisk/moh/3000001' }]])
  readonly enterprises = new Map<string, FakeEnterprise>([
    [
      '3000001',
      {
        ...{ id: '3000001', users: ['admin'], hotline: '4000000001', areaCode: '010' },
        ...{ restricts: true, records: true, asr: '2' as const, blackList: ['13500000009'] },
        ...{ clids: ['01060000001'], localNumbers: { '010': '01060000002' }, ownNumbers: ['01060000003'] },
      },
    ],
  ])
  /** By `enterprise/group`. */
  readonly telSets = new Map<string, FakeTelSet>([
    [
      '3000001/9001',
      {
        ...{ timeout: 300, strategy: 'order' as const },
        members: [
          { tel: '13515', timeout: 300 },
          { tel: '141325', timeout: 200 },
        ],
      },
    ],
  ])
  /** By `enterprise/callType`. */
  readonly hangupSets = new Map([
    [
      '3000001/1',
      [
        { name: 'level', value: '$[vip]', type: 0 },
        { name: 'note', value: 'hangup', type: 1 },
      ],
    ],
  ])
  readonly remembered = new Map([['13500000002', { callee: '2001', kind: 'inbound' }]])
  readonly calledToday = new Map<string, number>()
  readonly profiles = new Map<string, { enterprise: string; text: string }>()
  readonly alarms: Record<string, string>[] = []
  readonly prompts: Record<string, string>[] = []
  readonly recordingCalls: string[] = []
  readonly relayed: Record<string, string>[] = []
  /** AXB: X number → binding. */
  readonly bindings = new Map<string, { id: string; telB: string }>()
  readonly sentUrls: string[] = []
  /** Records that could not be made; `true` = will work now. */
  failedCdrs: boolean[] = [true, true, false]
  /** By `enterprise/name`. */
  readonly exports = new Map<string, Buffer>()
  #serial = 0

  nextId(): string {
    this.#serial += 1
    return String(this.#serial)
  }

  gatewaysBy(nameOrIp: string): FakeGateway[] {
    return this.gateways.filter((one) => one.name === nameOrIp || one.ip === nameOrIp)
  }
}
