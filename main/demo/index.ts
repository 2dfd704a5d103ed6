import { CoreError } from '../core/errors.ts'
import { displayNumber } from '../core/numbers/index.ts'
import type { Clock, Log } from '../core/ports/index.ts'
import { createDemoCallLog } from './call-log.ts'
import { callers, earlierCalls } from './callers.ts'
import { createDemoConversations, demoMenus } from './conversations.ts'
import { createDay } from './day.ts'
import { canRing } from './demo-call.ts'
import { startHttpFace } from './http-face.ts'
import { officeGroups, receptionist, supervisor } from './office.ts'
import { type DemoPerson, demoPeople } from './people.ts'
import { type DemoPreset, presetsOf } from './presets.ts'
import { type DemoPrompt, samplePrompts } from './prompts.ts'
import { createDice } from './random.ts'
import { createSchedule } from './schedule.ts'
import { createScreenPopSender } from './screen-pops.ts'
import { createSwitchboard } from './switchboard.ts'
import { createDemoToneFiles } from './tone-files.ts'

/** A small office behind a PBX that exists only in this process. */
export interface DemoPbx {
  /** `http://127.0.0.1:N`: speaks the telcrm protocol. */
  baseUrl: string
  extension: '802'
  /** May listen to the others' calls, take them over and end them. */
  supervisor: '803'
  groups: { id: string; name: string; extensions: string[] }[]
  voiceMenus: { id: number; name: string }[]
  /** Whom it has in its directory. */
  people: DemoPerson[]
  /** What was written about calls of the last hour. */
  presets: DemoPreset[]
  /** What it plays to callers, as it is at the start. */
  prompts: DemoPrompt[]
  /** Who can be asked to call, for the training menu. A stranger's name is his number. */
  callers(): { id: string; name: string; number: string }[]
  /**
   * This caller rings the receptionist now; resolves when the first notification was delivered.
   * A caller who is on the phone already has a second line. Errors: not-found (no such caller), busy (the receptionist
   * is set busy), unavailable (nobody listens).
   */
  ring(callerId: string): Promise<void>
  /** Every notification of before was answered, or failed. */
  delivered(): Promise<void>
  /** Nothing happens any more; resolves when what had happened was told. */
  rest(): Promise<void>
  /** Ends every call without a word, closes the port, leaves no timers. */
  stop(): Promise<void>
}

/**
 * Starts the office: colleagues telephone, callers ring, `popUrl` (asked anew each time, null = nobody listens) gets the
 * notifications. The same `seed` gives the same day; without one every start is different.
 */
export async function startDemoPbx(deps: {
  clock: Clock
  log: Log
  popUrl(): string | null
  seed?: number
}): Promise<DemoPbx> {
  const { clock, log } = deps
  const dice = createDice(deps.seed ?? clock.now())
  const schedule = createSchedule(clock)
  const screenPops = createScreenPopSender({ log, popUrl: deps.popUrl })
  const callLog = createDemoCallLog()
  const startedAt = clock.now()
  const earlierIds: string[] = []
  callLog.addEarlier(earlierCalls, startedAt, () => {
    const id = `${dice.hex(32)}@127.0.0.1`
    earlierIds.push(id)
    return id
  })
  const board = createSwitchboard({
    clock,
    dice,
    schedule,
    send: (pop) => screenPops.send(pop),
    onRing: (call, leg) => day.onRing(call, leg),
    onDialled: (call, leg) => day.onDialled(call, leg),
    onEnd(call) {
      conversations.ended(call)
      callLog.add(call)
    },
  })
  const day = createDay({ board, dice, schedule })
  const conversations = createDemoConversations({ board, dice, schedule, onPassedOn: (call) => day.onPassedOn(call) })
  const prompts = samplePrompts()
  const toneFiles = createDemoToneFiles(prompts, () => clock.now())
  const face = await startHttpFace({ board, conversations, callLog, toneFiles, now: () => clock.now(), log })
  day.begin()

  return {
    baseUrl: face.baseUrl,
    extension: receptionist,
    supervisor,
    groups: officeGroups.map((group) => ({ ...group, extensions: [...group.extensions] })),
    voiceMenus: [...demoMenus].map(([id, name]) => ({ id, name })),
    people: demoPeople,
    prompts,
    presets: presetsOf(earlierCalls, earlierIds, startedAt),
    callers: () => callers.map(({ id, name, number }) => ({ id, name: name || displayNumber(number), number })),
    async ring(callerId) {
      const caller = callers.find(({ id }) => id === callerId)
      if (!caller) throw new CoreError('not-found', { field: 'caller', reason: 'the demo has no such caller' })
      if (deps.popUrl() === null)
        throw new CoreError('unavailable', { reason: 'the listener for call notifications is not running' })
      const desk = board.phones.get(receptionist)
      if (!canRing(desk)) throw new CoreError('busy', { reason: `extension ${receptionist} is set busy` })
      board.ringIn({ caller: caller.number, callee: receptionist, targets: [receptionist], group: desk.group })
      await screenPops.idle()
    },
    delivered: () => screenPops.idle(),
    rest() {
      schedule.stop()
      return screenPops.idle()
    },
    async stop() {
      schedule.stop()
      await Promise.all([screenPops.stop(), face.close()])
    },
  }
}
