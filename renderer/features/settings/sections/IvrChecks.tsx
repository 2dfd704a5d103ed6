import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings, SettingsSnapshot } from '../../../../preload/contract/index.ts'
import { EmptyState } from '../../../ui/index.ts'
import { FieldError, Panel } from '../SettingRow.tsx'
import styles from '../settings.module.css'
import { useListSetting } from '../use-list-setting.ts'
import { IvrCheckForm } from './IvrCheckForm.tsx'
import { ListActions } from './ListActions.tsx'
import { RowButtons } from './RowButtons.tsx'

export type IvrCheck = Settings['ivrChecks'][number]

/** Questions of the PBX's voice menus: what a caller keyed in, and the word that the menu goes on with. */
export function IvrChecks({ settings, listenerUrls }: { settings: SettingsSnapshot; listenerUrls: string[] }) {
  const { t } = useTranslation('settings')
  const list = useListSetting('ivrChecks', settings.values.ivrChecks)
  const [editing, setEditing] = useState<number | null>(null)
  const close = () => setEditing(null)
  const origin = listenerUrls[0] === undefined ? '' : new URL(listenerUrls[0]).origin
  const form = (at: number, check: IvrCheck | null) => (
    <IvrCheckForm
      key={at}
      check={check}
      taken={list.value.filter((_one, index) => index !== at).map(({ flow }) => flow)}
      origin={origin}
      save={list}
      onSave={(next) => void list.put(at, next).then((done) => done && close())}
      onClose={close}
    />
  )
  return (
    <Panel
      title={t('answers.menus')}
      rows={['menus']}
      action={
        <ListActions
          list={list}
          label={t('answers.menuAdd')}
          busy={editing !== null}
          onAdd={() => setEditing(list.value.length)}
          testId="voice-menu-add"
        />
      }
    >
      <p className={styles.prose}>{t('answers.menusText')}</p>
      {editing === null && <FieldError state={list} />}
      {list.value.map((check, at) =>
        editing === at ? (
          form(at, check)
        ) : (
          <div key={check.flow} className={styles.answerRow}>
            <b className="cut">{check.flow}</b>
            <span className="cut secondary">
              <span className="mono" translate="no">
                {`${origin}/ivr/${check.flow}`}
              </span>
              <span className="meta muted"> · {t('answers.rules', { count: check.rules.length })}</span>
            </span>
            {!list.locked && (
              <RowButtons
                name={check.flow}
                onEdit={() => setEditing(at)}
                onRemove={() => void list.remove(at, t('answers.removed', { name: check.flow }))}
                busy={editing !== null}
              />
            )}
          </div>
        ),
      )}
      {editing === list.value.length && form(editing, null)}
      {list.value.length === 0 && editing === null && <EmptyState icon="grid" title={t('answers.menusEmpty')} />}
    </Panel>
  )
}
