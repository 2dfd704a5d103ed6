import { describe, expect, test } from 'vitest'
import type { HistoryCall } from '../../preload/contract/index.ts'
import { historyResult } from '../../renderer/features/calls/history-result.ts'
import { historySteps } from '../../renderer/features/calls/history-steps.ts'
import { liveRow } from '../../renderer/features/calls/live-row.ts'
import { everything, filterKey, filterOf, fits, lookOf, sameLook, termsOf } from '../../renderer/features/calls/look.ts'
import { numberMarks, rowMarks, textMarks } from '../../renderer/features/calls/marks.ts'
import { lastDay, spanOfDates, spanOfPeriod, toDateField } from '../../renderer/features/calls/periods.ts'
import { call, party } from './office.ts'

const at = new Date(2026, 10, 20, 10, 42).getTime()
const day = (year: number, month: number, date: number) => new Date(year, month - 1, date).getTime()
const rowOf = (over: Partial<HistoryCall> = {}): HistoryCall => ({
  ...liveRow(
    call('c', at, {
      state: 'hungup',
      caller: party('136 0000 4452', '周敏'),
      answeredAt: at,
      endedAt: at + 65_000,
      answeredBy: '806',
      group: '3002',
    }),
    'telcrm',
  ),
  row: 1,
  ...over,
})

describe('spans of time', () => {
  test('move with the calendar, over the ends of months', () => {
    const now = new Date(2026, 2, 3, 9).getTime()
    expect(spanOfPeriod('today', now)).toEqual({ from: day(2026, 3, 3), to: null })
    expect(spanOfPeriod('yesterday', now)).toEqual({ from: day(2026, 3, 2), to: day(2026, 3, 3) })
    expect(spanOfPeriod('week', now)).toEqual({ from: day(2026, 2, 25), to: null })
    expect(spanOfPeriod('month', now)).toEqual({ from: day(2026, 2, 2), to: null })
  })

  test('two dates hold both days, also the wrong way round, and read back the same', () => {
    const span = spanOfDates('2026-02-28', '2026-03-01')
    expect(span).toEqual({ from: day(2026, 2, 28), to: day(2026, 3, 2) })
    expect(spanOfDates('2026-03-01', '2026-02-28')).toEqual(span)
    expect([toDateField(span.from), toDateField(lastDay(span.to))]).toEqual(['2026-02-28', '2026-03-01'])
    expect(spanOfDates('', 'x')).toEqual({ from: null, to: null })
  })
})

describe('what the list is asked for', () => {
  test('a period takes the place of dates, and what is typed comes along', () => {
    const look = { filter: { ...everything, from: 5, to: 6, extension: '802' }, period: 'today' as const }
    expect(filterOf(look, '  周 ', at)).toEqual({
      ...everything,
      extension: '802',
      from: day(2026, 11, 20),
      to: null,
      text: '周',
    })
  })

  test('the key is the same whatever the order of the parts', () => {
    const turned = Object.fromEntries(Object.entries(everything).reverse()) as typeof everything
    expect(filterKey(turned)).toBe(filterKey(everything))
    expect(sameLook({ filter: turned, period: null }, lookOf('all', null))).toBe(true)
    expect(sameLook(lookOf('today', null), lookOf('all', null))).toBe(false)
  })

  test('a call that is not in the history yet is let through by what it is', () => {
    const row = rowOf()
    for (const filter of [
      {},
      { extension: '806' },
      { group: '3002', direction: 'incoming' },
      { result: 'answered', minDurationSec: 60, maxDurationSec: 65 },
      { text: '0000-4452' },
      { text: '周 ' },
      { from: at, to: at + 1 },
    ] as const)
      expect(fits({ ...everything, ...filter }, row), JSON.stringify(filter)).toBe(true)
    for (const filter of [
      { extension: '80' },
      { group: '1' },
      { direction: 'outgoing' as const },
      { result: 'missed' as const },
      { unhandled: true },
      { toCallBack: true },
      { tags: ['报价'] as string[] },
      { followUp: true },
      { recorded: true },
      { connection: 'other' },
      { canonical: '1' },
      { person: 2 },
      { text: '周 李' },
      { from: at + 1 },
      { to: at },
      { minDurationSec: 66 },
      { maxDurationSec: 64 },
    ])
      expect(fits({ ...everything, ...filter }, row), JSON.stringify(filter)).toBe(false)
  })

  test('words are read as the core reads them', () => {
    expect(termsOf('(0755) 2800-0123')).toEqual(['075528000123'])
    expect(termsOf(' Li 样品 ')).toEqual(['li', '样品'])
    expect(termsOf('xi’an')).toEqual(['xian'])
    expect(termsOf('-')).toEqual([])
  })
})

describe('marks', () => {
  test('in numbers as they are grouped for reading', () => {
    expect(numberMarks('136 0000 4452', ['00004'])).toEqual([[4, 10]])
    expect(numberMarks('136 0000 4452', ['66'])).toEqual([])
    expect(numberMarks('00 00', ['00'])).toEqual([[0, 5]])
  })

  test('in texts, joined where they touch', () => {
    expect(textMarks('新线材要200条样品', ['样品', '线材', '新线'])).toEqual([
      [0, 3],
      [8, 10],
    ])
  })

  test('a name that was found by its pinyin is marked as a whole, and only then', () => {
    const texts = { name: '周敏', number: '136 0000 4452', note: 'call ab', ownNote: '' }
    expect(rowMarks(texts, ['zm']).name).toEqual([[0, 2]])
    expect(rowMarks(texts, ['ab']).name).toEqual([])
    expect(rowMarks(texts, ['136']).name).toEqual([])
  })
})

describe('a row in words', () => {
  const missed = rowOf({ result: 'missed', durationSec: 0 })
  test('missed, then dealt with, then called back', () => {
    expect(historyResult(missed, null).key).toBe('missed')
    expect(historyResult({ ...missed, handledAt: 1 }, null).key).toBe('missedHandled')
    expect(historyResult({ ...missed, handledAt: 1, calledBack: { at: 2, extension: '802' } }, null)).toMatchObject({
      key: 'missedCalledBack',
      look: 'plain',
    })
    expect(historyResult(rowOf({ result: 'failed', direction: 'outgoing' }), null).key).toBe('noAnswer')
  })

  test('while it goes on, what the telephones say goes first', () => {
    const ringing = call('c', at, { state: 'ringing' })
    expect(historyResult(rowOf({ result: 'running' }), ringing).key).toBe('ringing')
    expect(historyResult(rowOf({ result: 'running' }), null).key).toBe('talking')
    const over = call('c', at, { state: 'missed', ringingAt: at, endedAt: at + 9000 })
    expect(historyResult(missed, over)).toMatchObject({ key: 'missedAfter', rangSec: 9 })
  })

  test('its course: what the log alone knows, and more where this PC was told', () => {
    expect(historySteps(rowOf(), []).map(({ key, at: when }) => [key, when])).toEqual([
      ['cameInGroup', at],
      ['answered', null],
      ['ended', null],
    ])
    const told = [
      { at: at + 1, extension: '802', name: '张霞', state: 'ringing' },
      { at: at + 2, extension: '802', name: '张霞', state: 'talking' },
      { at: at + 3, extension: '806', name: null, state: 'talking' },
      { at: at + 4, extension: '806', name: null, state: 'hungup' },
    ] as const
    expect(historySteps(rowOf({ group: null }), told).map(({ key, at: when, who }) => [key, when, who])).toEqual([
      ['cameIn', at, undefined],
      ['rang', at + 1, '802 张霞'],
      ['answered', at + 2, '802 张霞'],
      ['transferred', at + 3, '806'],
      ['ended', at + 4, undefined],
    ])
    const back = historySteps({ ...missed, handledAt: at + 5, calledBack: { at: at + 6, extension: '802' } }, [])
    expect(back.map(({ key }) => key)).toEqual(['cameInGroup', 'endedMissed', 'handled', 'calledBack'])
  })
})
