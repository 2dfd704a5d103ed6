import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings, SettingsSnapshot } from '../../../../preload/contract/index.ts'
import { EmptyState } from '../../../ui/index.ts'
import { FieldError, Panel, useIsShown } from '../SettingRow.tsx'
import { SwitchSetting } from '../SwitchSetting.tsx'
import styles from '../settings.module.css'
import { TextSetting } from '../TextSetting.tsx'
import { useListSetting } from '../use-list-setting.ts'
import { ListActions } from './ListActions.tsx'
import { RowButtons } from './RowButtons.tsx'
import { SmsRuleForm } from './SmsRuleForm.tsx'

export type SmsRule = Settings['smsQuery']['rules'][number]

/** Text messages from customers, answered by what occurs in them. The first rule that fits answers. */
export function SmsAnswers({ settings }: { settings: SettingsSnapshot }) {
  const { t } = useTranslation('settings')
  const { enabled, fallback, rules } = settings.values.smsQuery
  const list = useListSetting('smsQuery.rules', rules)
  /** Index of the rule in the form; the length of the list = a new one. */
  const [editing, setEditing] = useState<number | null>(null)
  const shown = useIsShown('smsRules')
  const close = () => setEditing(null)
  const form = (at: number, rule: SmsRule | null) => (
    <SmsRuleForm
      key={at}
      rule={rule}
      save={list}
      onSave={(next) => void list.put(at, next).then((done) => done && close())}
      onClose={close}
    />
  )
  return (
    <Panel
      title={t('answers.sms')}
      rows={['sms', 'smsFallback', 'smsRules']}
      action={
        shown && (
          <ListActions
            list={list}
            label={t('answers.ruleAdd')}
            busy={editing !== null}
            onAdd={() => setEditing(list.value.length)}
            testId="sms-rule-add"
          />
        )
      }
    >
      <SwitchSetting
        id="sms"
        path="smsQuery.enabled"
        current={enabled}
        title={t('answers.smsOn')}
        text={t('answers.smsOnText')}
      />
      <TextSetting
        id="smsFallback"
        path="smsQuery.fallback"
        wide
        current={fallback}
        title={t('answers.fallback')}
        text={t('answers.fallbackText')}
        placeholder={t('answers.fallbackNone')}
        wrong={t('answers.tooLong', { count: 1000 })}
        read={(text) => (text.length <= 1000 ? text : null)}
      />
      {shown && (
        <div data-testid="sms-rules">
          {editing === null && <FieldError state={list} />}
          {list.value.map((rule, at) =>
            editing === at ? (
              form(at, rule)
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: rules have no name of their own, and the same one may stand twice
              <div key={`${at} ${rule.contains}`} className={styles.answerRow}>
                <b className="cut" title={rule.contains}>
                  {rule.contains.trim() === '' ? t('answers.neverFits') : rule.contains}
                </b>
                <span className="cut secondary" title={rule.reply}>
                  {rule.reply.trim() === '' ? t('answers.noReply') : rule.reply}
                </span>
                {!list.locked && (
                  <RowButtons
                    name={rule.contains}
                    onUp={at === 0 ? null : () => void list.moveUp(at)}
                    onEdit={() => setEditing(at)}
                    onRemove={() => void list.remove(at, t('answers.removed', { name: rule.contains }))}
                    busy={editing !== null}
                  />
                )}
              </div>
            ),
          )}
          {editing === list.value.length && form(editing, null)}
          {list.value.length === 0 && editing === null && (
            <EmptyState icon="bell-desk" title={t('answers.smsEmpty')} text={t('answers.smsEmptyText')} />
          )}
        </div>
      )}
    </Panel>
  )
}
