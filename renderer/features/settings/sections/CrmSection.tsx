import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CrmRule } from '../../../../preload/contract/index.ts'
import { EmptyState, Icon } from '../../../ui/index.ts'
import { isLocked } from '../locked.ts'
import { Panel } from '../SettingRow.tsx'
import type { SectionProps } from '../SettingsPage.tsx'
import { SwitchSetting } from '../SwitchSetting.tsx'
import styles from '../settings.module.css'
import { readHosts, readTags } from '../text-values.ts'
import { useSave } from '../use-setting.ts'
import { ConfirmRemove } from './ConfirmRemove.tsx'
import { CrmRuleForm } from './CrmRuleForm.tsx'
import { ListActions } from './ListActions.tsx'
import { ListSetting } from './ListSetting.tsx'
import { RowButtons } from './RowButtons.tsx'

/** Where the customer system opens for which calls; and the tags of calls. */
export function CrmSection({ settings }: SectionProps) {
  const { t } = useTranslation('settings')
  const [editing, setEditing] = useState<string | null>(null)
  const [removing, setRemoving] = useState<CrmRule | null>(null)
  const save = useSave()
  const { crm, groups, dispositions } = settings.values
  const locked = isLocked('crm.rules', settings.locked)
  const store = async (rules: CrmRule[]) => {
    const isDone = await save.save({ crm: { rules } })
    if (isDone) setEditing(null)
    return isDone
  }
  const groupName = (id: string) => groups.find((group) => group.id === id)?.name ?? id
  const form = (rule: CrmRule | null) => (
    <CrmRuleForm
      key={rule?.id ?? 'new'}
      rule={rule}
      groups={groups}
      taken={crm.rules.map(({ id }) => id)}
      save={save}
      onSave={(changed) =>
        void store(rule ? crm.rules.map((one) => (one.id === rule.id ? changed : one)) : [...crm.rules, changed])
      }
      onClose={() => {
        save.reset()
        setEditing(null)
      }}
    />
  )
  return (
    <>
      <Panel
        title={t('crm.title')}
        rows={['crm']}
        action={
          <ListActions
            list={{ ...save, locked }}
            label={t('crm.add')}
            busy={editing === 'new'}
            onAdd={() => setEditing('new')}
            testId="crm-add"
          />
        }
      >
        <p className={styles.prose}>{t('crm.text')}</p>
        {crm.rules.map((rule) =>
          editing === rule.id ? (
            form(rule)
          ) : (
            <div key={rule.id} className={styles.crmRow} data-testid="crm-rule">
              <div className="grow">
                <p className="row">
                  <b className="cut">{rule.name}</b>
                  <span className="meta secondary">{t(`crm.on.${rule.on}`)}</span>
                  <span className="meta secondary cut">
                    {rule.groups.length === 0
                      ? t('crm.everyGroup')
                      : rule.groups.map(groupName).join(t('crm.separator'))}
                  </span>
                </p>
                <p className="mono cut muted" title={rule.template}>
                  {rule.template}
                </p>
              </div>
              {!locked && (
                <RowButtons
                  name={rule.name}
                  onEdit={() => setEditing(rule.id)}
                  onRemove={() => setRemoving(rule)}
                  busy={false}
                />
              )}
            </div>
          ),
        )}
        {editing === 'new' && form(null)}
        {crm.rules.length === 0 && editing === null && <EmptyState icon="open" title={t('crm.empty')} />}
        <ListSetting
          id="crmHosts"
          path="crm.hosts"
          current={crm.hosts}
          title={t('crm.hosts')}
          text={t('crm.hostsText')}
          placeholder="crm.example.com"
          between=" "
          read={readHosts}
        />
      </Panel>
      <Panel title={t('crm.notes')} rows={['tags', 'freeTags']}>
        <ListSetting
          id="tags"
          path="dispositions.tags"
          current={dispositions.tags}
          title={t('crm.tags')}
          text={t('crm.tagsText')}
          placeholder={t('crm.tagsPlaceholder')}
          between={t('crm.separator')}
          read={readTags}
        />
        <SwitchSetting
          id="freeTags"
          path="dispositions.freeTags"
          current={dispositions.freeTags}
          title={t('crm.freeTags')}
          text={t('crm.freeTagsText')}
        />
      </Panel>
      {removing && (
        <ConfirmRemove
          title={t('crm.removeConfirm', { name: removing.name })}
          text={t('crm.removeText')}
          yes={
            <>
              <Icon name="close" />
              {t('answers.remove', { name: removing.name })}
            </>
          }
          save={save}
          onRemove={() => store(crm.rules.filter((one) => one.id !== removing.id))}
          onClose={() => setRemoving(null)}
        />
      )}
    </>
  )
}
