import { type KeyboardEvent, useState } from 'react'
import { Field } from '../../ui/index.ts'
import { SettingRow } from './SettingRow.tsx'
import styles from './settings.module.css'
import type { EntryId } from './settings-entries.ts'
import { useSetting } from './use-setting.ts'

/**
 * A setting that is typed. Saved on Enter or when the field is left; Escape takes the old value back. `read` turns the
 * text into the value, or null when it cannot be one.
 */
export function TextSetting<T extends string | number>(props: {
  id: EntryId
  path: string
  current: T
  title: string
  text?: string
  /** Said when `read` gives null. */
  wrong: string
  read(text: string): T | null
  placeholder?: string
  numeric?: boolean
  /** A sentence rather than a word. */
  wide?: boolean
}) {
  const setting = useSetting(props.path, props.current)
  const [draft, setDraft] = useState<string | null>(null)
  const [wrong, setWrong] = useState(false)
  const text = draft ?? String(setting.value)

  const commit = async () => {
    if (draft === null) return
    const value = props.read(draft.normalize('NFKC').trim())
    setWrong(value === null)
    if (value === null) return
    // What was refused stays in the field, with the error beside it.
    if (value === setting.value || (await setting.set(value))) setDraft(null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') void commit()
    if (event.key === 'Escape') {
      setDraft(null)
      setWrong(false)
    }
  }

  return (
    <SettingRow
      id={props.id}
      title={props.title}
      text={props.text}
      state={setting}
      locked={setting.locked}
      problem={wrong ? props.wrong : null}
    >
      <Field
        className={`${props.wide ? styles.wide : styles.text} ${setting.locked ? styles.lockedField : ''}`}
        label={props.title}
        placeholder={props.placeholder}
        inputMode={props.numeric ? 'numeric' : undefined}
        value={text}
        readOnly={setting.locked}
        invalid={wrong || setting.error !== null}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => void commit()}
        onKeyDown={onKeyDown}
      />
    </SettingRow>
  )
}
