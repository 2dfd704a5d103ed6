import { Select } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { SettingsSnapshot } from '../../../../preload/contract/index.ts'
import { useSnapshot } from '../../../rpc/index.ts'
import { extensionOptions, mainTelcrm, withTelcrm } from '../connection-edit.ts'
import { isLocked } from '../locked.ts'
import { SettingRow } from '../SettingRow.tsx'
import styles from '../settings.module.css'
import { useSave } from '../use-setting.ts'

/** My extension, from the board: the list that the PBX gives every two seconds. */
export function MyExtension({ settings, demo }: { settings: SettingsSnapshot; demo: boolean }) {
  const { t } = useTranslation('settings')
  const board = useSnapshot('board')
  const save = useSave()
  const connection = mainTelcrm(settings.values.connections)
  const mine = connection?.extension ?? ''
  const options = useMemo(
    () => [
      { value: '', label: t('connections.extensionNone') },
      ...extensionOptions(board?.extensions ?? [], mine, (one) =>
        t('connections.extensionUnlisted', { extension: one }),
      ),
    ],
    [board?.extensions, mine, t],
  )
  if (!connection) return null
  const locked = isLocked(`connections.${connection.id}.extension`, settings.locked)
  const choose = (extension: string | null) =>
    save.save({
      connections: withTelcrm(settings.values.connections, connection.id, {
        baseUrl: connection.baseUrl,
        extension: extension || null,
      }),
    })
  return (
    <SettingRow
      id="extension"
      title={t('connections.extension')}
      text={t('connections.extensionHint')}
      state={save}
      locked={locked}
    >
      <Select
        searchable
        className={styles.select}
        aria-label={t('connections.extension')}
        data={options}
        value={mine}
        disabled={locked || demo}
        onChange={(value) => void choose(value)}
      />
    </SettingRow>
  )
}
