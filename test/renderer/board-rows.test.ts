import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Board } from '../../preload/contract/board.ts'
import { freeRank, tileState } from '../../preload/contract/tile-state.ts'
import { boardRows, neighbour, tallyOf } from '../../renderer/features/board/board-rows.ts'
import { transferTargets } from '../../renderer/features/calls-live/transfer-targets.ts'
import { ownMs } from '../own-time.ts'
import { extension, officeSnapshots } from './office.ts'

const board = officeSnapshots(Date.now()).board
const query = {
  view: 'groups' as const,
  favourites: [],
  text: '',
  alsoNumbers: new Set<string>(),
  columns: 5,
  stale: false,
}
const shown = (rows: ReturnType<typeof boardRows>) =>
  rows.flatMap((row) => (row.kind === 'tiles' ? row.extensions.map((one) => one.extension) : []))
const many = (count: number): Board => ({
  ...board,
  groups: [],
  extensions: Array.from({ length: count }, (_, at) => extension(String(8000 + at), `同事${at}`, null, {}, 1)),
})

describe('board rows', () => {
  it('makes a heading per group with how many are free, and rows of at most five', () => {
    const rows = boardRows(board, query)
    expect(rows.filter((row) => row.kind === 'group')).toMatchObject([
      { name: '前台与行政', count: 5, free: 2 },
      { name: '售前组', count: 9, free: 3 },
      { name: '售后组', count: 5, free: 2 },
      { name: '财务与仓库', count: 5, free: 3 },
    ])
    expect(rows.filter((row) => row.kind === 'tiles').map((row) => row.extensions.length)).toEqual([5, 5, 4, 5, 5])
  })

  it('keeps everybody once, whatever the view and the width, in the order of the numbers', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom('groups' as const, 'all' as const),
        (columns, view) => {
          const numbers = shown(boardRows(board, { ...query, view, columns }))
          expect(numbers.toSorted()).toEqual(board.extensions.map((one) => one.extension))
        },
      ),
    )
  })

  it('filters by number, name and what the core found as pinyin', () => {
    expect(shown(boardRows(board, { ...query, text: '82' }))).toEqual(['820', '821', '822', '823', '824'])
    expect(shown(boardRows(board, { ...query, text: '周' }))).toEqual(['807'])
    expect(shown(boardRows(board, { ...query, text: 'zl', alsoNumbers: new Set(['807', '816']) }))).toEqual([
      '807',
      '816',
    ])
  })

  it('shows only favourites on request, and no heading where there are no groups', () => {
    expect(shown(boardRows(board, { ...query, view: 'favourites', favourites: ['815', '807', '999'] }))).toEqual([
      '807',
      '815',
    ])
    expect(boardRows(many(7), query).map((row) => row.kind)).toEqual(['tiles', 'tiles'])
  })

  it('lays 10,000 extensions out in a moment', () => {
    const big = many(10_000)
    const startedAt = ownMs()
    expect(boardRows(big, query)).toHaveLength(2000)
    expect(ownMs() - startedAt).toBeLessThan(500)
  })

  it('counts states', () => {
    expect(tallyOf(board.extensions, false)).toEqual({
      idle: 10,
      talking: 5,
      ringing: 1,
      busy: 2,
      reducing: 2,
      offline: 2,
      unregistered: 1,
      stale: 1,
    })
    expect(tallyOf(board.extensions, true).stale).toBe(24)
  })
})

describe('arrow keys', () => {
  const rows = boardRows(board, query)
  it.each([
    ['801', 'ArrowRight', '802'],
    ['805', 'ArrowRight', '806'],
    ['806', 'ArrowLeft', '805'],
    ['801', 'ArrowDown', '806'],
    ['810', 'ArrowDown', '814'],
    ['816', 'ArrowUp', '812'],
    ['801', 'ArrowUp', null],
    ['824', 'ArrowRight', null],
    ['812', 'Home', '801'],
    ['812', 'End', '824'],
    ['812', 'x', null],
    ['999', 'ArrowDown', null],
  ])('%s %s leads to %s', (from, key, to) => expect(neighbour(rows, from, key)).toBe(to))
})

describe('transfer targets', () => {
  const options = { text: '', alsoNumbers: new Set<string>(), myExtension: '802', stale: false }
  it('are sorted free first and never hold me', () => {
    const targets = transferTargets(board, options)
    const ranks = targets.map((target) => freeRank(target.state))
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
    expect(targets).toHaveLength(23)
    expect(targets.some((target) => target.extension.extension === '802')).toBe(false)
    expect(targets[0]?.extension.extension).toBe('801')
  })
  it('put the extension that was typed in full first, whatever its state', () => {
    expect(transferTargets(board, { ...options, text: '805' })[0]?.extension.extension).toBe('805')
  })
  it('say that nothing is known while the board is stale', () => {
    expect(transferTargets(board, { ...options, stale: true }).every((target) => target.state === 'stale')).toBe(true)
    expect(tileState(board.extensions[0]!, true)).toBe('stale')
  })
})
