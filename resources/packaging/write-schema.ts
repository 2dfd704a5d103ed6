import { writeFileSync } from 'node:fs'
import { settingsSchemaText } from '../../main/settings-files/settings-json-schema.ts'

// Run after a change of preload/contract/settings-schema.ts: node resources/packaging/write-schema.ts
writeFileSync(new URL('../settings.schema.json', import.meta.url), settingsSchemaText())
