import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, EmptyState, showToast } from '../../../ui/index.ts'
import { isLocked } from '../locked.ts'
import { FieldError, LockMark, Panel, SaveWord, useIsShown } from '../SettingRow.tsx'
import type { SectionProps } from '../SettingsPage.tsx'
import styles from '../settings.module.css'
import { useSave } from '../use-setting.ts'
import { DemoBanner } from './ConnectionsSection.tsx'
import { MenuForm, type VoiceMenu } from './MenuForm.tsx'

/** The voice menus that callers may be sent to. The PBX does not list them: number and name are kept here. */
export function MenusSection({ settings, status }: SectionProps) {
  const { t } = useTranslation(['settings', 'common'])
  const [editing, setEditing] = useState<number | null>(null)
  const [adding, setAdding] = useState(false)
  const save = useSave()
  const shown = useIsShown('voiceMenus')
  const menus = settings.values.voiceMenus
  const byPolicy = isLocked('voiceMenus', settings.locked)
  const locked = byPolicy || status.demo.running
  const store = async (next: VoiceMenu[]) => {
    const done = await save.save({ voiceMenus: next })
    if (done) {
      setEditing(null)
      setAdding(false)
    }
    return done
  }
  const remove = async (menu: VoiceMenu) => {
    if (!(await store(menus.filter((one) => one.id !== menu.id)))) return
    showToast({
      tone: 'done',
      text: t('settings:menus.removed', { name: menu.name }),
      action: { label: t('common:undo'), run: () => void store(menus) },
    })
  }
  return (
    <>
      {status.demo.running && shown && <DemoBanner />}
      <Panel
        title={t('settings:menus.title')}
        rows={['voiceMenus']}
        action={
          <>
            <SaveWord state={save} />
            {byPolicy && <LockMark />}
            {!locked && (
              <Button small icon="plus" onClick={() => setAdding(true)} disabled={adding} data-testid="menu-add">
                {t('settings:menus.add')}
              </Button>
            )}
          </>
        }
      >
        <p className={styles.prose}>{t('settings:menus.text')}</p>
        {!adding && editing === null && <FieldError state={save} />}
        {menus.map((menu) =>
          editing === menu.id ? (
            <MenuForm
              key={menu.id}
              menu={menu}
              others={menus.filter((one) => one.id !== menu.id)}
              save={save}
              onSave={(changed) => void store(menus.map((one) => (one.id === menu.id ? changed : one)))}
              onClose={() => setEditing(null)}
            />
          ) : (
            <div key={menu.id} className={styles.menuRow} data-testid={`menu-row-${menu.id}`}>
              <span className="num secondary">{menu.id}</span>
              <b className="cut">{menu.name}</b>
              {!locked && (
                <div className={styles.buttons}>
                  <Button
                    small
                    onClick={() => setEditing(menu.id)}
                    aria-label={t('settings:menus.edit', { name: menu.name })}
                  >
                    {t('settings:connections.edit')}
                  </Button>
                  <Button
                    small
                    variant="quiet"
                    onClick={() => void remove(menu)}
                    aria-label={t('settings:menus.remove', { name: menu.name })}
                  >
                    {t('settings:connections.remove')}
                  </Button>
                </div>
              )}
            </div>
          ),
        )}
        {adding && (
          <MenuForm
            menu={null}
            others={menus}
            save={save}
            onSave={(added) => void store([...menus, added].toSorted((a, b) => a.id - b.id))}
            onClose={() => setAdding(false)}
          />
        )}
        {menus.length === 0 && !adding && (
          <EmptyState icon="list" title={t('settings:menus.empty')} text={t('settings:menus.emptyText')} />
        )}
      </Panel>
    </>
  )
}
