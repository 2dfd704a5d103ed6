import { z } from 'zod'
import { Settings } from '../../preload/contract/index.ts'

/** JSON Schema of settings.json as people write it (defaults may be left out). Source: preload/contract/settings-schema.ts. */
export function settingsJsonSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(Settings, { io: 'input' })
  return { $schema, title: 'Frontbell settings', ...rest }
}

/** The text of resources/settings.schema.json. */
export function settingsSchemaText(): string {
  return `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`
}
