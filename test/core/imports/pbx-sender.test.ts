import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CoreError } from '../../../main/core/errors.ts'
import { createSender, type Parcel } from '../../../main/core/imports/pbx-sender.ts'

const parcel = (row: number, losses = 0): Parcel<number> => ({ row, name: `n${row}`, record: row, losses })

/** What the PBX, the line and the PC do at each request. */
const happening = fc.constantFrom('answers', 'answers', 'answers', 'lost after', 'lost before', 'unreachable', 'killed')

describe('rows on their way to the PBX', () => {
  it('loses none, creates none twice, and reports what is true, whatever is cut or killed when', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.nat(59)),
        fc.array(happening, { maxLength: 60 }),
        (count, known, script) => {
          const before = new Set(known)
          const created = new Set<number>()
          /** What is on the disk: the row's state. */
          const disk = new Map<number, string>(Array.from({ length: count }, (_, row) => [row, 'queued']))
          const open = () => {
            const sender = createSender<number>({ bytesOf: () => 200, room: 2000 })
            sender.add([...disk].flatMap(([row, state]) => (state === 'lost' ? [parcel(row, 1)] : [])))
            sender.add([...disk].flatMap(([row, state]) => (state === 'queued' ? [parcel(row)] : [])))
            return sender
          }
          let sender = open()
          for (let step = 0; step < 2000; step += 1) {
            const batch = sender.next()
            if (!batch) break
            const what = script[step] ?? 'answers'
            for (const { row } of batch) disk.set(row, 'sending')
            const rows = batch.map(({ row }) => row)
            const refused = rows.some((row) => before.has(row) || created.has(row))
            const reaches = what !== 'lost before' && what !== 'unreachable'
            if (reaches && !refused) for (const row of rows) created.add(row)
            if (what === 'killed') {
              for (const [row, state] of disk) if (state === 'sending') disk.set(row, 'lost')
              sender = open()
              continue
            }
            const error =
              what === 'unreachable'
                ? new CoreError('unreachable')
                : what !== 'answers'
                  ? new CoreError('timeout', { reason: 'first-byte' })
                  : refused
                    ? new CoreError('conflict')
                    : null
            for (const { parcel: one, state } of sender.answered(error)) disk.set(one.row, state)
          }
          for (const [row, state] of disk) {
            if (state === 'sent') expect(created.has(row)).toBe(true)
            else if (state === 'duplicate') expect(before.has(row)).toBe(true)
            else if (state === 'probable') expect(before.has(row) || created.has(row)).toBe(true)
            else expect(state).toBe('unknown')
          }
          if (!script.some((what) => what !== 'answers' && what !== 'unreachable'))
            expect([...disk.values()].filter((state) => state !== 'sent' && state !== 'duplicate')).toEqual([])
        },
      ),
      { numRuns: 400 },
    )
  })

  it('asks for a row whose answer was lost alone, and gives it up after three times', () => {
    const sender = createSender<number>({ bytesOf: () => 200, room: 2000 })
    sender.add([parcel(1), parcel(2)])
    expect(sender.next()).toHaveLength(2)
    expect(sender.answered(new CoreError('timeout')).map(({ state }) => state)).toEqual(['lost', 'lost'])
    expect(sender.next()?.map(({ row }) => row)).toEqual([1])
    expect(sender.answered(new CoreError('conflict'))[0]?.state).toBe('probable')
    expect(sender.answered(null)).toEqual([])
    sender.next()
    expect(sender.answered(new CoreError('timeout'))[0]?.state).toBe('lost')
    sender.next()
    expect(sender.answered(new CoreError('timeout'))[0]?.state).toBe('unknown')
    expect(sender.next()).toBeNull()
  })
})
