import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Field } from '../../../ui/index.ts'
import { SettingRow } from '../SettingRow.tsx'
import styles from '../settings.module.css'
import { useSetting } from '../use-setting.ts'

/** Addresses and networks that may report calls, besides the PBX itself. Each change is saved at once. */
export function AllowList({ allow }: { allow: string[] }) {
  const { t } = useTranslation('settings')
  const setting = useSetting('listener.allow', allow)
  const [text, setText] = useState('')
  const add = async (event: FormEvent) => {
    event.preventDefault()
    const address = text.normalize('NFKC').trim()
    if (address === '') return
    if (setting.value.includes(address) || (await setting.set([...setting.value, address]))) setText('')
  }
  return (
    <SettingRow
      id="allow"
      title={t('notices.allow')}
      text={t('notices.allowText')}
      state={setting}
      locked={setting.locked}
      below={
        <>
          <ul className={styles.chips}>
            {setting.value.map((address) => (
              <li key={address} className={styles.chip}>
                <span className="num">{address}</span>
                {!setting.locked && (
                  <Button
                    small
                    only
                    variant="quiet"
                    icon="close"
                    aria-label={t('notices.allowRemove', { address })}
                    onClick={() => void setting.set(setting.value.filter((one) => one !== address))}
                  />
                )}
              </li>
            ))}
            {setting.value.length === 0 && <li className="meta muted">{t('notices.allowEmpty')}</li>}
          </ul>
          {!setting.locked && (
            <form className={styles.addRow} onSubmit={(event) => void add(event)}>
              <Field
                label={t('notices.allow')}
                placeholder={t('notices.allowPlaceholder')}
                value={text}
                invalid={setting.error !== null}
                maxLength={100}
                onChange={(event) => setText(event.target.value)}
              />
              <Button type="submit" icon="plus" disabled={text.trim() === ''}>
                {t('notices.allowAdd')}
              </Button>
            </form>
          )}
        </>
      }
    />
  )
}
