import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cloudCsOperations } from '../../main/systems/cloud-cs/operations/index.ts'
import { ctiRealtimeOperations } from '../../main/systems/cti-realtime/operations/index.ts'
import { dialbackOperations } from '../../main/systems/dialback/operations/index.ts'
import { operationFields, readTyped, spokenName } from '../../main/systems/kit/params.ts'
import { telcrmOperations } from '../../main/systems/telcrm/operations/index.ts'
import { voiceOpenapiOperations } from '../../main/systems/voice-openapi/operations/index.ts'
import { fileOfText } from './operation-suite.ts'

const all = [
  ...telcrmOperations,
  ...ctiRealtimeOperations,
  ...dialbackOperations,
  ...voiceOpenapiOperations,
  ...cloudCsOperations,
]

const isFile = (value: unknown) => typeof value === 'object' && value !== null && '$file' in value

const aFile = fileOfText({ name: 'a.wav', type: 'audio/wav', text: 'RIFF' })

describe('every operation can be asked for in words', () => {
  it('all 134 of them', () => expect(all).toHaveLength(134))
  it.each(all.map((one) => [one.id, one] as const))('%s', (id, described) => {
    const [system, name] = [id.slice(0, id.indexOf('.')), id.slice(id.indexOf('.') + 1)]
    const file = new URL(`../fixtures/${system}/${name}.json`, import.meta.url)
    const { params } = JSON.parse(readFileSync(file, 'utf8')) as { params: Record<string, unknown> }
    const fields = operationFields(described)
    const words = Object.entries(params).flatMap(([key, value]): [string, unknown][] => {
      const field = fields.find((one) => one.key === key)!
      if (isFile(value)) return []
      // A family of names is typed name by name.
      if (field.prefix !== undefined) return Object.entries(value as Record<string, unknown>)
      const typed = typeof value === 'object' ? JSON.stringify(value) : String(value)
      return [[spokenName(fields, field), typed]]
    })
    const files = Object.fromEntries(
      Object.entries(params)
        .filter(([, value]) => isFile(value))
        .map(([key]) => [key, aFile]),
    )
    const typed = readTyped(described, Object.fromEntries(words))
    // What is sent is what the description makes of it: digits may still become a number there.
    expect(described.params.parse({ ...typed, ...files })).toEqual(described.params.parse({ ...params, ...files }))
  })
})
