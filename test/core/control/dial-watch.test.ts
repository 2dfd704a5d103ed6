import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ClickCall, ClickNews } from '../../../main/core/calls/click-call.ts'
import { createDialWatch, longestSetUpMs } from '../../../main/core/control/dial-watch.ts'
import { CoreError } from '../../../main/core/errors.ts'
import type { CallControl, DialProgress, ExtensionState } from '../../../main/core/ports/index.ts'
import { createPoller } from '../../../main/polling/poller.ts'
import { createListLog, createManualClock, type ManualClock, settle } from '../calls/manual-clock.ts'

const click: ClickCall = { clickCallId: 'k1', connection: 'pbx', extension: '802', number: '13500000002' }
type Answer = DialProgress | null | 'broken'

let clock: ManualClock
let told: ClickNews[]
let asked: number
let underWay: number
let mostUnderWay: number
beforeEach(() => {
  clock = createManualClock()
  told = []
  asked = underWay = mostUnderWay = 0
})

/** A watch over a real poller; the PBX answers what the test says, the last answer for ever. */
function watchOf(answers: Answer[], options: { boardTells?: boolean; control?: boolean } = {}) {
  const board = { tells: options.boardTells ?? true }
  const system = { there: options.control ?? true }
  const log = createListLog()
  const control: CallControl = {
    lines: ['fixed'],
    dial: async () => ({ clickCallId: 'k1' }),
    hangup: async () => undefined,
    transfer: async () => undefined,
    async progress() {
      const answer = answers[Math.min(asked, answers.length - 1)]!
      asked += 1
      underWay += 1
      mostUnderWay = Math.max(mostUnderWay, underWay)
      await Promise.resolve()
      underWay -= 1
      if (answer === 'broken') throw new CoreError('timeout')
      return answer
    },
  }
  const watch = createDialWatch({
    clock,
    log,
    control: () => (system.there ? control : null),
    boardTells: () => board.tells,
    onNews: (_click, news) => told.push(news),
    open: () => (told.length === 0 || told.includes('ended') ? [] : [{ click, talking: told.includes('talking') }]),
    ask(run, isTalking) {
      const poller = createPoller({
        ...{ clock, log, name: 'dial-progress', random: () => 0.5, run, onOutcome: () => undefined },
        intervalMs: () => (isTalking() ? 5000 : 1000),
      })
      return { start: () => poller.start(), stop: () => void poller.stop(), now: () => poller.now() }
    },
  })
  return { watch, board, system, log }
}

async function pass(seconds: number): Promise<void> {
  for (let step = 0; step < seconds * 4; step += 1) {
    clock.advance(250)
    await settle()
  }
}
const phone = (state: ExtensionState['phone'], extension = '802'): ExtensionState => ({
  ...{ extension, name: '', registered: true, phone: state, direction: null, presence: 'online' },
  ...{ remoteNumber: null, missedCount: 0 },
})

describe('a call that is being set up', () => {
  it('is asked for once a second until it talks, and then no more while the board tells', async () => {
    const { watch } = watchOf(['idle', 'extension-ringing', 'number-ringing', 'talking'])
    watch.dialling()(click)
    await pass(3.5)
    expect(told).toEqual(['idle', 'idle', 'extension-ringing', 'number-ringing', 'talking'])
    const before = asked
    await pass(60)
    expect([before, asked, mostUnderWay]).toEqual([4, 4, 1])
  })

  it('survives missed polls and answers that nobody documented, and says so once', async () => {
    const { watch, log } = watchOf(['extension-ringing', 'broken', null, 'broken', null, 'number-ringing', 'talking'])
    watch.dialling()(click)
    await pass(12)
    expect(told).toEqual(['idle', 'extension-ringing', 'number-ringing', 'talking'])
    expect(log.lines.filter((line) => line.includes('dial-progress-unknown'))).toHaveLength(1)
  })

  it('a PBX that fails is asked less and less often, and not for ever', async () => {
    const { watch, log } = watchOf(['broken'])
    watch.dialling()(click)
    await pass(30)
    expect(asked).toBeLessThanOrEqual(6)
    await pass(longestSetUpMs / 1000 + 30)
    const before = asked
    await pass(120)
    expect([asked, told]).toEqual([before, ['idle']])
    expect(log.lines.some((line) => line.includes('dial-progress-given-up'))).toBe(true)
  })

  it('one "idle" while it rings is no end, two are', async () => {
    const { watch } = watchOf(['extension-ringing', 'idle', 'number-ringing', 'idle', 'idle'])
    watch.dialling()(click)
    await pass(3.2)
    expect(told).toEqual(['idle', 'extension-ringing', 'number-ringing'])
    await pass(1)
    expect(told.at(-1)).toBe('ended')
    const before = asked
    await pass(20)
    expect(asked).toBe(before)
  })

  it('that never rings at all is over after 20 s', async () => {
    const { watch } = watchOf(['idle'])
    watch.dialling()(click)
    await pass(19)
    expect(told).not.toContain('ended')
    await pass(3)
    expect(told.filter((news) => news === 'ended')).toHaveLength(1)
  })

  it('is asked for no more once it was hung up here, or ended elsewhere, or its connection is gone', async () => {
    const { watch } = watchOf(['extension-ringing'])
    watch.dialling()(click)
    await pass(2)
    watch.ended('k1')
    const before = asked
    await pass(20)
    expect([asked, told.at(-1)]).toEqual([before, 'ended'])

    told = []
    const second = watchOf(['extension-ringing'])
    second.watch.dialling()(click)
    await pass(2)
    told.push('ended')
    await pass(2)
    const ended = asked
    await pass(20)
    expect(asked).toBe(ended)

    told = []
    const third = watchOf(['extension-ringing'])
    third.watch.dialling()(click)
    await pass(1)
    third.system.there = false
    const gone = asked
    await pass(20)
    expect(asked - gone).toBeLessThanOrEqual(0)
  })

  it('a refused hang-up asks at once how far it is; the program’s end stops the asking', async () => {
    const { watch } = watchOf(['extension-ringing', 'idle'])
    watch.dialling()(click)
    await pass(0.25)
    watch.look('k1')
    await settle()
    expect(asked).toBe(2)
    watch.stop()
    await pass(20)
    expect(asked).toBe(2)
  })
})

describe('a call that talks', () => {
  const talk = async (options: { boardTells?: boolean; answers?: Answer[] } = {}) => {
    const desk = watchOf(options.answers ?? ['talking'], options)
    desk.watch.dialling()(click)
    await pass(1)
    return desk
  }

  it('ends when two polls in a row show the telephone free; a word that nobody knows counts for nothing', async () => {
    const { watch } = await talk()
    watch.polled('pbx', [phone('idle')])
    watch.polled('pbx', [phone('talking')])
    watch.polled('pbx', [phone('idle')])
    watch.polled('pbx', [phone('unknown')])
    watch.polled('other', [phone('idle')])
    watch.polled('pbx', [phone('idle')])
    expect(told).not.toContain('ended')
    watch.polled('pbx', [phone('idle')])
    expect(told.at(-1)).toBe('ended')
    watch.polled('pbx', [phone('idle')])
    expect(told.filter((news) => news === 'ended')).toHaveLength(1)
  })

  it('is asked for every five seconds while the board is old', async () => {
    const { board } = await talk({ answers: ['talking', 'talking', 'talking', 'idle', 'idle'] })
    await pass(20)
    expect(asked).toBe(1)
    board.tells = false
    await pass(11)
    expect(asked).toBeGreaterThanOrEqual(3)
    await pass(20)
    expect(told.at(-1)).toBe('ended')
  })

  it('that began before this program did is followed by the board too', () => {
    const { watch } = watchOf(['talking'])
    told.push('talking')
    watch.polled('pbx', [phone('idle')])
    watch.polled('pbx', [phone('idle')])
    expect(told.at(-1)).toBe('ended')
  })
})

it('whatever the PBX answers: one question at a time, one end at most, nothing after it', async () => {
  const answer = fc.constantFrom<Answer>('idle', 'extension-ringing', 'number-ringing', 'talking', null, 'broken')
  await fc.assert(
    fc.asyncProperty(
      fc.array(answer, { minLength: 1, maxLength: 12 }),
      fc.array(fc.boolean()),
      async (answers, free) => {
        clock = createManualClock()
        told = []
        asked = underWay = mostUnderWay = 0
        const { watch } = watchOf(answers)
        watch.dialling()(click)
        for (const isFree of free) {
          await pass(2)
          watch.polled('pbx', [phone(isFree ? 'idle' : 'talking')])
        }
        await pass(30)
        expect(mostUnderWay).toBeLessThanOrEqual(1)
        const end = told.indexOf('ended')
        if (end >= 0) expect(told.slice(end)).toEqual(['ended'])
        watch.stop()
        const before = asked
        await pass(40)
        expect(asked).toBe(before)
      },
    ),
    { numRuns: 40 },
  )
})
