import { Switch } from '@mantine/core'
import type { ReactNode } from 'react'
import { SettingRow } from './SettingRow.tsx'
import styles from './settings.module.css'
import type { EntryId } from './settings-entries.ts'
import { useSetting } from './use-setting.ts'

/** A setting that is on or off. */
export function SwitchSetting(props: {
  id: EntryId
  path: string
  current: boolean
  title: string
  text?: string
  disabled?: boolean
  extra?: ReactNode
}) {
  const setting = useSetting(props.path, props.current)
  const disabled = setting.locked || props.disabled === true
  return (
    <SettingRow id={props.id} title={props.title} text={props.text} state={setting} locked={setting.locked}>
      {props.extra}
      <Switch
        aria-label={props.title}
        checked={setting.value}
        disabled={disabled}
        className={disabled ? styles.disabledSwitch : undefined}
        onChange={(event) => void setting.set(event.currentTarget.checked)}
      />
    </SettingRow>
  )
}
