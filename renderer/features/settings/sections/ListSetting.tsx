import { useState } from 'react'
import { Field } from '../../../ui/index.ts'
import { SettingRow } from '../SettingRow.tsx'
import styles from '../settings.module.css'
import type { EntryId } from '../settings-entries.ts'
import { useSetting } from '../use-setting.ts'

/** A list of words in one field, saved when it is left. */
export function ListSetting(props: {
  id: EntryId
  path: string
  current: readonly string[]
  title: string
  text: string
  placeholder: string
  /** What stands between two words. */
  between: string
  read(text: string): string[]
}) {
  const setting = useSetting<readonly string[]>(props.path, props.current)
  const [typed, setTyped] = useState<string | null>(null)
  const saved = setting.value.join(props.between)
  const leave = () => {
    if (typed === null) return
    const next = props.read(typed)
    if (next.join(props.between) === saved) return setTyped(null)
    void setting.set(next).then((isDone) => {
      // What was refused stays in the field, to be corrected.
      if (isDone) setTyped(null)
    })
  }
  return (
    <SettingRow
      id={props.id}
      title={props.title}
      text={props.text}
      state={setting}
      locked={setting.locked}
      below={
        <Field
          label={props.title}
          placeholder={props.placeholder}
          disabled={setting.locked}
          className={setting.locked ? styles.lockedField : undefined}
          value={typed ?? saved}
          maxLength={4000}
          data-testid={`list-${props.id}`}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={leave}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) leave()
            if (event.key === 'Escape') setTyped(null)
          }}
        />
      }
    />
  )
}
