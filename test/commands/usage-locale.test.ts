import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { readOptions, readWords } from '../../main/commands/arguments.ts'
import { UsageError } from '../../main/commands/usage.ts'
import { folderWith, frontbell } from './program.ts'

const chinese = folderWith({ locale: 'zh-CN' })
const english = folderWith({ locale: 'en' })
const nothing = folderWith({})
rmSync(nothing.settingsFile)
afterAll(() => {
  for (const folder of [chinese, english, nothing]) folder.end()
})

describe('wrong words are answered in the language of', () => {
  const zhSystem = { LC_ALL: 'zh_CN.UTF-8' }
  const enSystem = { LC_ALL: 'en_US.UTF-8' }
  it.each([
    ['the settings of the folder', ['--data-dir', chinese.dir], enSystem, true],
    ['the settings that are named', ['--settings', chinese.settingsFile], enSystem, true],
    ['English settings, whatever the system speaks', ['--data-dir', english.dir], zhSystem, false],
    ['a Chinese system where there are no settings', ['--data-dir', nothing.dir], zhSystem, true],
    ['another system', ['--data-dir', nothing.dir], enSystem, false],
  ])('%s', async (_name, place, env, isChinese) => {
    const ended = await frontbell(['voice-files', 'remove', 'abc', ...place], undefined, env)
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toContain(isChinese ? '“abc”不是编号' : '"abc" is no ID')
    expect(ended.stderr).toContain(isChinese ? 'frontbell <命令>' : 'frontbell <command>')
  })

  it('the help too; options that miss their value are no reason to fail', async () => {
    const ended = await frontbell(['help', '--data-dir'], undefined, { ...zhSystem, HOME: nothing.dir })
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(ended.stdout).toContain('frontbell <命令>')
    const unknown = await frontbell(['dial', '--data-dir', chinese.dir])
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('没有“dial”这个命令') })
  })
})

describe('what Node says of wrong options', () => {
  const complaint = (read: () => unknown): string => {
    try {
      read()
    } catch (error) {
      if (error instanceof UsageError) return error.zh
    }
    return ''
  }
  const options = { port: { type: 'string' }, json: { type: 'boolean' } } as const
  it.each([
    [['--verbose'], '没有 --verbose 这个选项'],
    [['--port'], '选项 --port 后面要写一个值'],
    [['--json=1'], '选项 --json 后面不能写值'],
    [['today'], '多了“today”，这里不能写'],
  ])('%j', (args, sentence) => {
    expect(complaint(() => readOptions(args, options))).toBe(sentence)
    if (args[0]?.startsWith('-')) expect(complaint(() => readWords(args, options))).toBe(sentence)
  })
})
