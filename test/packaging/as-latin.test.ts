import { describe, expect, it } from 'vitest'
import { latin } from '../../resources/packaging/as-latin.ts'

const padding = `// ${'-'.repeat(400)}\n`
const meaning = (code: string): unknown => new Function(code)()

describe('a script in one byte a character', () => {
  it.each([
    ['text', 'return "前铃 €"'],
    ['text beyond the first plane', 'return "😀a"'],
    ['template', ['const a = 1; return `号码 $', '{a} 😀`'].join('')],
    ['pattern', 'return "分机８０１".replace(/[０-９]/g, (sign) => "<" + sign + ">")'],
    ['pattern of whole characters', 'return "a😀b".replace(/[😀]/u, "-")'],
    ['name', 'const 号码 = 801; return { 号码 }'],
    ['needless backslash', String.raw`return ["\前", "，".replace(/\，/, "-"), "\\前"]`],
    ['escape that is one already', String.raw`return "\u524d\\u524d"`],
  ])('%s means the same', (_what, code) => {
    const made = latin(padding + code)
    expect(made).toMatch(/^[\0-\xff]*$/)
    expect(meaning(made)).toEqual(meaning(code))
  })

  it('stays as it is where escapes would be longer, or would be read as they stand', () => {
    const dictionary = `return ${JSON.stringify('前'.repeat(200))}`
    expect(latin(dictionary)).toBe(dictionary)
    const raw = `${padding}return String.raw\`前\``
    expect(latin(raw)).toBe(raw)
    expect(latin('return 1')).toBe('return 1')
  })
})
