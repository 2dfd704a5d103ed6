import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mergeNote } from '../../../main/core/dispositions/merge-note.ts'

it.each([
  ['nobody else wrote', 'a', 'a', 'ab', 'ab'],
  ['erased', 'a', 'a', '', ''],
  ['the other one wrote, this one did not', 'a b', 'a', 'a', 'a b'],
  ['both added', '对账单，周三', '对账单', '对账单，要快', '对账单，周三\n，要快'],
  ['both began', '第一', '', '第二', '第一\n第二'],
  ['both rewrote', '新甲', '旧', '新乙', '新甲\n新乙'],
  ['the other one erased', '', '旧', '旧的和新的', '旧的和新的'],
  ['saved twice', '同', '', '同', '同'],
])('%s', (_what, stored, base, text, kept) => expect(mergeNote(stored, base, text)).toBe(kept))

it('keeps every line that either of two people added, and is the same when it is sent again', () => {
  const line = fc.string({ minLength: 1, maxLength: 12 }).map((text) => text.replace(/\s/g, '') || 'x')
  fc.assert(
    fc.property(line, line, line, (base, mine, theirs) => {
      const stored = `${base}${theirs}`
      const kept = mergeNote(stored, base, `${base}${mine}`)
      expect(kept).toContain(mine)
      expect(kept).toContain(theirs)
      // The answer got lost and the page sends the same again: it may stand twice, but nothing goes.
      const again = mergeNote(kept, base, `${base}${mine}`)
      expect(again).toContain(mine)
      expect(again).toContain(theirs)
    }),
  )
})
