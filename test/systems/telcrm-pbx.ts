import { afterEach, beforeEach, expect } from 'vitest'
import type { RunOperationOptions, TelephonySystem } from '../../main/core/ports/index.ts'
import { openSystem } from '../../main/systems/index.ts'
import { Connection, type OperationResult } from '../../preload/contract/index.ts'
import { type FakeTelcrm, startFakeTelcrm } from '../fakes/telcrm/index.ts'
import { recordedLog } from './recorded-log.ts'

/** For each test a fresh fake PBX, and the real client in front of it. */
export interface TelcrmPbx {
  fake: FakeTelcrm
  client: TelephonySystem
  /** After each test it must hold no number and no secret. */
  log: ReturnType<typeof recordedLog>
  /** One operation by its short id, with the vendor's names. */
  run(name: string, values?: Record<string, unknown>, options?: RunOperationOptions): Promise<OperationResult>
  /** What it answers; it must succeed. */
  data(name: string, values?: Record<string, unknown>): Promise<unknown>
  /** Our code and the PBX's; it must fail. */
  refusal(name: string, values?: Record<string, unknown>): Promise<[code: string, vendorCode: string | undefined]>
  /** A call from outside that is answered. */
  talk(from: string, to: string): Promise<string>
}

export function pbxForEachTest(options: { captchaSecret?: string; now?: () => number } = {}): TelcrmPbx {
  const { captchaSecret = null, now } = options
  const pbx = {
    run: (name, values = {}, how = {}) => pbx.client.operations.run(`telcrm.${name}`, values, how),
    async data(name, values) {
      const { data, problem } = await pbx.run(name, values)
      expect(problem).toBeNull()
      return data
    },
    async refusal(name, values) {
      const { problem } = await pbx.run(name, values)
      if (!problem) throw new Error(`${name} was not refused`)
      return [problem.code, problem.details.vendorCode]
    },
    async talk(from, to) {
      const { id } = await pbx.fake.ring({ from, to })
      await pbx.fake.answer(id)
      return id
    },
  } as TelcrmPbx
  beforeEach(async () => {
    pbx.log = recordedLog()
    pbx.fake = await startFakeTelcrm()
    const connection = Connection.parse({ id: 'pbx', system: 'telcrm', baseUrl: pbx.fake.baseUrl, captchaSecret })
    pbx.client = await openSystem(connection, { log: pbx.log, now })
  })
  afterEach(async () => {
    await pbx.client.close()
    await pbx.fake.stop()
    const lines = JSON.stringify(pbx.log.lines)
    expect(lines).not.toMatch(/\d{9}/)
    if (captchaSecret) expect(lines).not.toContain(captchaSecret)
  })
  return pbx
}
