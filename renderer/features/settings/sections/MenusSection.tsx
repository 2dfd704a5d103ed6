import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../ui/index.ts'
import { FieldError, Panel, useIsShown } from '../SettingRow.tsx'
import type { SectionProps } from '../SettingsPage.tsx'
import styles from '../settings.module.css'
import { useListSetting } from '../use-list-setting.ts'
import { DemoBanner } from './ConnectionsSection.tsx'
import { ListActions } from './ListActions.tsx'
import { MenuForm, type VoiceMenu } from './MenuForm.tsx'
import { RowButtons } from './RowButtons.tsx'

/** The voice menus that callers may be sent to. The PBX does not list them: number and name are kept here. */
export function MenusSection({ settings, status }: SectionProps) {
  const { t } = useTranslation('settings')
  const [editing, setEditing] = useState<number | null>(null)
  const [adding, setAdding] = useState(false)
  const list = useListSetting('voiceMenus', settings.values.voiceMenus)
  const shown = useIsShown('voiceMenus')
  const menus = list.value
  const locked = list.locked || status.demo.running
  const close = () => {
    setEditing(null)
    setAdding(false)
  }
  const store = async (next: VoiceMenu[]) => {
    if (await list.set(next)) close()
  }
  return (
    <>
      {status.demo.running && shown && <DemoBanner />}
      <Panel
        title={t('menus.title')}
        rows={['voiceMenus']}
        action={
          <ListActions
            list={list}
            label={t('menus.add')}
            busy={adding}
            onAdd={locked ? null : () => setAdding(true)}
            testId="menu-add"
          />
        }
      >
        <p className={styles.prose}>{t('menus.text')}</p>
        {!adding && editing === null && <FieldError state={list} />}
        {menus.map((menu, at) =>
          editing === menu.id ? (
            <MenuForm
              key={menu.id}
              menu={menu}
              others={menus.filter((one) => one.id !== menu.id)}
              save={list}
              onSave={(changed) => void store(menus.map((one) => (one.id === menu.id ? changed : one)))}
              onClose={() => setEditing(null)}
            />
          ) : (
            <div key={menu.id} className={styles.menuRow} data-testid={`menu-row-${menu.id}`}>
              <span className="num secondary">{menu.id}</span>
              <b className="cut">{menu.name}</b>
              {!locked && (
                <RowButtons
                  name={menu.name}
                  onEdit={() => setEditing(menu.id)}
                  onRemove={() => void list.remove(at, t('menus.removed', { name: menu.name })).then(close)}
                  busy={false}
                />
              )}
            </div>
          ),
        )}
        {adding && (
          <MenuForm
            menu={null}
            others={menus}
            save={list}
            onSave={(added) => void store([...menus, added].toSorted((a, b) => a.id - b.id))}
            onClose={() => setAdding(false)}
          />
        )}
        {menus.length === 0 && !adding && (
          <EmptyState icon="list" title={t('menus.empty')} text={t('menus.emptyText')} />
        )}
      </Panel>
    </>
  )
}
