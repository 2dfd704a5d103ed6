import { describe, expect, it } from 'vitest'
import { open, tempFile } from '../../store/temp-store.ts'
import { busyDay, desk, minute, never, noon, truth } from './simulated-desk.ts'
import { dayMs, SimulatedLog } from './simulated-log.ts'

describe('the history of a connection', () => {
  it('fills from newest to oldest, over years without calls, and says how far it is', async () => {
    const log = new SimulatedLog(noon - 900 * dayMs, 50)
    busyDay(log, 120, minute)
    log.now = noon - 2 * dayMs
    busyDay(log, 130, minute)
    log.now = noon
    const { sync, kept, poll } = await desk(log)
    const seen: string[] = []
    log.onAsked = () => {
      const { progress, state } = sync().status()
      if (progress) seen.push(`${state} ${progress.done > 0} ${progress.total}`)
    }
    await poll()
    expect(kept()).toEqual(truth(log))
    expect(sync().status()).toMatchObject({ state: 'waiting', progress: null, problem: null })
    expect(sync().status().complete).toHaveLength(1)
    expect(sync().status().complete[0]?.from).toBe(0)
    expect(seen).toContain('filling true 250')
    expect(log.asked).toBeLessThan(40)
  })

  it('a year of a small office takes some dozen requests, not one a day', async () => {
    const log = new SimulatedLog(noon - 365 * dayMs, 100)
    for (let day = 365; day > 30; day -= 1) {
      log.now = noon - day * dayMs
      busyDay(log, 5, minute)
    }
    log.now = noon
    const { poll, kept } = await desk(log)
    await poll()
    expect(kept()).toEqual(truth(log))
    expect(log.asked).toBeLessThan(335 / 5 + 20)
  })

  it('how much there is may stay unknown: the fetching goes on', async () => {
    const log = new SimulatedLog(noon - 10 * dayMs, 50)
    busyDay(log, 120, minute)
    log.now = noon
    const { sync, kept, poll } = await desk(log, { estimateBefore: () => Promise.reject(new Error('no count')) })
    const totals = new Set<number | null | undefined>()
    log.onAsked = () => totals.add(sync().status().progress?.total)
    await poll()
    expect(kept()).toEqual(truth(log))
    expect(totals).toContain(null)
    expect(sync().status()).toMatchObject({ state: 'waiting', problem: null })
  })

  it('a poll with nothing new costs one request', async () => {
    const log = new SimulatedLog(noon, 1000)
    busyDay(log, 300, minute)
    const { poll, pass } = await desk(log)
    await poll()
    pass(15_000)
    const before = log.asked
    await poll()
    expect(log.asked - before).toBe(1)
  })

  it.each([
    [20, 130],
    [20, 20],
    [7, 1],
    [2, 9],
  ])('a system that never gives more than %i rows is read to its end: %i calls', async (cap, calls) => {
    const log = new SimulatedLog(noon - dayMs, 1000, cap)
    busyDay(log, calls, 1000)
    log.now = noon
    busyDay(log, calls, 1000)
    const { poll, kept, sync } = await desk(log)
    await poll()
    expect(kept()).toEqual(truth(log))
    expect(sync().status().problem).toBeNull()
  })

  it('rows that arrive or go away while a capped system is read are neither lost nor in the way', async () => {
    const log = new SimulatedLog(noon, 1000, 20)
    const rows = busyDay(log, 200, 1000)
    const { poll, kept } = await desk(log)
    let left = 5
    log.onAsked = () => {
      if (log.asked % 3 === 0 && left-- > 0) busyDay(log, 7, 1)
      if (log.asked === 7) log.rows.splice(-9, 9)
    }
    await poll()
    await poll()
    const have = new Set(kept().map(({ callId }) => callId))
    expect(rows.filter((row) => log.rows.includes(row) && !have.has(row.callId))).toEqual([])
  })

  it('a system that answers every page with the same rows is given up', async () => {
    const log = new SimulatedLog(noon, 20)
    busyDay(log, 100, 1000)
    const made = await desk(log, { page: (page) => ({ ...page, cursor: null }) })
    await expect(made.sync().poll(never)).rejects.toMatchObject({ code: 'unexpected-response' })
    expect(log.asked).toBeLessThan(60)
  })

  it('rows that arrive while paging push others on: none is lost', async () => {
    const log = new SimulatedLog(noon, 20)
    busyDay(log, 200, 1000)
    const { poll, kept } = await desk(log)
    let arrivals = 60
    log.onAsked = () => {
      for (let n = 0; n < 7 && arrivals > 0; n += 1, arrivals -= 1) busyDay(log, 1, 1)
    }
    await poll()
    await poll()
    expect(kept()).toEqual(truth(log))
  })

  it('rows that go away above would open a hole: the reading steps back over it', async () => {
    const log = new SimulatedLog(noon - dayMs, 20)
    const rows = busyDay(log, 200, 1000)
    log.now = noon
    const { poll, kept } = await desk(log)
    log.onAsked = () => {
      if (log.asked === 4 || log.asked === 6) log.rows.splice(-9, 9)
    }
    await poll()
    const have = new Set(kept().map(({ callId }) => callId))
    expect(rows.slice(0, 180).filter(({ callId }) => !have.has(callId))).toEqual([])
  })

  it('a running call is read until it ended, however many came after it', async () => {
    const log = new SimulatedLog(noon, 20)
    const { poll, kept, pass } = await desk(log)
    const long = log.begin()
    await poll()
    for (let n = 0; n < 5; n += 1) {
      pass(30 * minute)
      busyDay(log, 30, 1)
      await poll()
    }
    log.end(long, true)
    pass(15_000)
    await poll()
    expect(kept()).toEqual(truth(log))
    expect(kept().find(({ callId }) => callId === long.callId)?.outcome).toBe('answered')
  })

  it('after an outage: everything of it is here, and one notice sums up who was missed', async () => {
    const log = new SimulatedLog(noon - 40 * dayMs, 100)
    busyDay(log, 50, minute)
    const made = await desk(log)
    await made.poll()
    expect(made.recovered).toEqual([])
    made.pass(20 * dayMs)
    busyDay(log, 3, minute)
    made.pass(19 * dayMs)
    await made.restart()
    await made.poll()
    await made.poll()
    expect(made.kept()).toEqual(truth(log))
    expect(made.recovered).toEqual([{ count: 3, from: expect.any(Number), to: log.rows.at(-1)?.startedAt }])
  })

  it('a first fill can be stopped and goes on later; new calls come in meanwhile', async () => {
    const log = new SimulatedLog(noon - 30 * dayMs, 50)
    for (let day = 0; day < 30; day += 1) {
      busyDay(log, 40, minute)
      log.now += dayMs - 40 * minute
    }
    const { sync, poll, kept, pass } = await desk(log)
    log.onAsked = () => {
      if (log.asked === 9) sync().cancelFill()
    }
    await poll()
    const partly = kept().length
    expect(partly).toBeGreaterThan(40)
    expect(partly).toBeLessThan(600)
    expect(sync().status().state).toBe('cancelled')
    pass(minute)
    busyDay(log, 1, 1)
    await poll()
    expect(kept()).toHaveLength(partly + 1)
    sync().resumeFill()
    await sync().settled()
    expect(kept()).toEqual(truth(log))
  })

  it('keeps nothing from before the retention', async () => {
    const log = new SimulatedLog(noon - 10 * dayMs, 50)
    busyDay(log, 20, minute)
    log.now = noon
    busyDay(log, 20, minute)
    const { poll, kept } = await desk(log, { floor: noon - dayMs })
    await poll()
    expect(kept()).toHaveLength(20)
    await poll()
    expect(log.asked).toBeLessThan(12)
  })

  it.each([-8, 8])('works against a clock that is %i hours off', async (hours) => {
    const log = new SimulatedLog(noon, 30)
    busyDay(log, 70, minute)
    const { poll, kept, pass } = await desk(log, { skewMs: hours * 60 * minute })
    await poll()
    for (let n = 0; n < 4; n += 1) {
      pass(5 * 60 * minute)
      busyDay(log, 3, 1000)
      await poll()
      expect(kept()).toEqual(truth(log))
    }
  })

  it('what follows from a page goes on beside the next ones, and is over when the reading is', async () => {
    const log = new SimulatedLog(noon, 20)
    busyDay(log, 90, 1000)
    let open = 0
    let most = 0
    let told = 0
    const release: (() => void)[] = []
    const { poll, kept } = await desk(log, {
      onStored() {
        open += 1
        most = Math.max(most, open)
        return new Promise((resolve) =>
          release.push(() => {
            open -= 1
            told += 1
            resolve()
          }),
        )
      },
    })
    let asked = 0
    log.onAsked = () => {
      asked += 1
      // Nothing is told before the third page was asked for.
      if (asked > 3) for (const one of release.splice(0)) one()
    }
    let isOver = false
    const polled = poll().then(() => {
      isOver = true
    })
    while (!isOver) {
      await new Promise((resolve) => setImmediate(resolve))
      if (asked > 3) for (const one of release.splice(0)) one()
    }
    await polled
    expect(most).toBeGreaterThan(1)
    expect(open).toBe(0)
    expect(told).toBeGreaterThan(3)
    expect(kept()).toEqual(truth(log))
  })

  it('a page that was handed over when the one above it failed completes nothing', async () => {
    const log = new SimulatedLog(noon, 20)
    const calls = busyDay(log, 90, 1000)
    const file = tempFile()
    const store = await open(file)
    let saves = 0
    let refuse: (error: Error) => void = () => undefined
    const failing: typeof store.history.save = async (...page) => {
      saves += 1
      if (saves === 2) {
        return new Promise((_, reject) => {
          refuse = reject
        })
      }
      const changed = await store.history.save(...page)
      // The second page fails when the third is stored.
      if (saves === 3) refuse(new Error('disk'))
      return changed
    }
    const history = { ...store.history, save: failing }
    const { poll, kept } = await desk(log, { kept: { file, store: { ...store, history } } })
    await expect(poll()).rejects.toThrow('disk')
    expect(saves).toBe(3)
    expect(kept().map(({ callId }) => callId)).toContain(calls[40]?.callId)
    expect(store.history.spans('pbx')).toEqual([{ from: calls[70]!.startedAt + 1, to: calls[89]!.startedAt }])
    await poll()
    expect(kept()).toEqual(truth(log))
    expect(store.history.spans('pbx')).toHaveLength(1)
    expect(store.history.spans('pbx')[0]?.from).toBe(0)
  })

  it.each(['stored', 'refused'])('older days are asked for while newer ones are written: %s', async (ending) => {
    const log = new SimulatedLog(noon - 40 * dayMs, 50)
    for (const day of [40, 30, 20]) {
      log.now = noon - day * dayMs
      busyDay(log, 5, minute)
    }
    log.now = noon
    const newer = log.rows.find(({ startedAt }) => startedAt > noon - 25 * dayMs)
    const file = tempFile()
    const store = await open(file)
    let askOn: () => void = () => undefined
    const askedOn = new Promise<void>((resolve) => {
      askOn = resolve
    })
    let isHeld = false
    const holding: typeof store.history.save = async (...page) => {
      if (!isHeld && page[1].some(({ callId }) => callId === newer?.callId)) {
        isHeld = true
        await askedOn
        if (ending === 'refused') throw new Error('disk')
      }
      return store.history.save(...page)
    }
    const { poll, kept, sync } = await desk(log, {
      kept: { file, store: { ...store, history: { ...store.history, save: holding } } },
      page(asked) {
        if (isHeld && asked.to < noon - 20 * dayMs) askOn()
        return asked
      },
    })
    await poll()
    expect(isHeld).toBe(true)
    if (ending === 'refused') {
      expect(sync().status().problem).not.toBeNull()
      await poll()
    }
    expect(sync().status()).toMatchObject({ state: 'waiting', problem: null })
    expect(kept()).toEqual(truth(log))
    expect(sync().status().complete).toHaveLength(1)
    expect(sync().status().complete[0]?.from).toBe(0)
  })

  it('names that could not be learned are a failed poll; the calls are kept', async () => {
    const log = new SimulatedLog(noon, 20)
    busyDay(log, 30, 1000)
    const { poll, kept } = await desk(log, { onStored: () => Promise.reject(new Error('disk')) })
    await expect(poll()).rejects.toThrow('disk')
    expect(kept()).toEqual(truth(log))
  })

  it('a log that never holds still is a problem that is told, not a loop', async () => {
    const log = new SimulatedLog(noon, 20)
    busyDay(log, 300, 1000)
    const { sync } = await desk(log)
    log.onAsked = () => {
      log.rows.splice(-30, 30)
      busyDay(log, 30, 1)
      for (const row of log.rows) row.callId = `${row.callId}x`
    }
    await expect(sync().poll(never)).rejects.toMatchObject({ code: 'unexpected-response' })
  })
})
