import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError } from './usage.ts'

/** parseArgs of Node with its complaints as usage errors; no positional words. */
export function readOptions<T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values
  } catch (error) {
    throw wrongArguments(error)
  }
}

/** The same with words between the options. */
export function readWords<T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T) {
  try {
    const { values, positionals } = parseArgs({ args, options, strict: true, allowPositionals: true })
    return { options: values, words: positionals }
  } catch (error) {
    throw wrongArguments(error)
  }
}

export function readPort(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65535)
    throw new UsageError(
      `--${name} takes a port number from 0 to 65535, not "${text}"`,
      `--${name} 要写 0 到 65535 的端口号，不能是“${text}”`,
    )
  return port
}

/** What Node says of wrong words, which it says in English only: by its code, about the words that it quotes. */
function wrongArguments(error: unknown): UsageError {
  const said = error instanceof Error ? error.message : 'wrong arguments'
  const code = error instanceof Error && 'code' in error ? error.code : ''
  const quoted = /'([^']*)'/.exec(said)?.[1] ?? ''
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return new UsageError(said, `没有 ${quoted} 这个选项`)
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return new UsageError(said, `多了“${quoted}”，这里不能写`)
  if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return new UsageError(said, `参数不对（${said}）`)
  const isMissing = quoted.includes('<value>')
  const option = quoted.replace(' <value>', '')
  return new UsageError(said, isMissing ? `选项 ${option} 后面要写一个值` : `选项 ${option} 后面不能写值`)
}
