import type { OperationInfo } from '../../preload/contract/index.ts'
import { catalogue } from '../systems/catalogue.ts'
import { spokenName } from '../systems/kit/params.ts'
import { readOptions } from './arguments.ts'
import { UsageError } from './usage.ts'

/** Every operation of every system: a table for people, or JSON. */
export async function operationsCommand(args: string[]): Promise<void> {
  const options = readOptions(args, { json: { type: 'boolean' }, system: { type: 'string' } })
  const all = catalogue()
  const systems = [...new Set(all.map((one) => one.system))]
  if (options.system !== undefined && !systems.includes(options.system))
    throw new UsageError(
      `no system "${options.system}"; there are: ${systems.join(', ')}`,
      `没有“${options.system}”这个系统；可用的有：${systems.join('、')}`,
    )
  const wanted = all.filter((one) => options.system === undefined || one.system === options.system)
  if (options.json) {
    process.stdout.write(`${JSON.stringify(wanted.map(jsonOf))}\n`)
    return
  }
  const tables = systems.flatMap((system) => {
    const own = wanted.filter((one) => one.system === system)
    return own.length === 0 ? [] : [tableOf(system, own)]
  })
  process.stdout.write(
    `${tables.join('\n')}\n* required   ← sent to us, cannot be called   ! rings, changes or ends something\n`,
  )
}

function jsonOf({ fields, ...facts }: OperationInfo): object {
  const params = fields.map((field) => {
    const { prefix, required, kind, place, preset, choices, secret, en, zh } = field
    return {
      name: spokenName(fields, field),
      required,
      kind,
      in: place,
      preset,
      choices,
      secret,
      en,
      zh,
      at: field.name,
      prefix,
    }
  })
  return { ...facts, params }
}

function tableOf(system: string, operations: OperationInfo[]): string {
  const width = Math.max(...operations.map(({ id }) => id.length))
  const lines = operations.map((one) => {
    const mark = one.direction === 'inbound' ? '←' : one.changes ? '!' : ' '
    const params = one.fields.map((field) => spokenName(one.fields, field) + (field.required ? '*' : ''))
    const head = `${mark} ${one.id.padEnd(width)}  ${one.method.padEnd(6)}  ${one.title} · ${one.titleZh}`
    return params.length === 0 ? head : `${head}\n${' '.repeat(width + 12)}${params.join(' ')}`
  })
  return `${system} (${operations.length})\n${lines.join('\n')}\n`
}
