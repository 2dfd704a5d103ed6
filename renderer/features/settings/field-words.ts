import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionTest } from '../../../preload/contract/index.ts'
import type { SystemName } from './connection-fields.ts'

/**
 * Names and hints of the fields of connections: `settings:connections.fields.<name>.label` and `.hint`, addresses by
 * system. A field that came into the schema without words is called by its own name; a test asks for the words.
 */
export function useFieldWords() {
  const { t, i18n } = useTranslation('settings')
  return useMemo(() => {
    // Keys are made at run time here; a test checks that every field of the schema has its words.
    const known = (key: string) => (i18n.exists(`settings:connections.${key}`) ? key : null)
    const say = (key: string) => (t as unknown as (key: string) => string)(`connections.${key}`)
    return {
      label: (name: string): string => (known(`fields.${name}.label`) ? say(`fields.${name}.label`) : name),
      hint(system: SystemName, name: string, pbx: ConnectionTest | null): string | null {
        if (name === 'baseUrl') return say(`addressHint.${system}`)
        if (name === 'extension' && pbx !== null)
          return pbx.ok ? t('connections.extensionFromPbx') : t('connections.listFailed')
        return known(`fields.${name}.hint`) && say(`fields.${name}.hint`)
      },
      choice: (name: string, value: string): string =>
        known(`choices.${name}.${value}`) ? say(`choices.${name}.${value}`) : value,
    }
  }, [t, i18n])
}
