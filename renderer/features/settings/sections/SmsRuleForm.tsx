import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Field } from '../../../ui/index.ts'
import { FieldError } from '../SettingRow.tsx'
import styles from '../settings.module.css'
import type { SaveState } from '../use-setting.ts'
import type { SmsRule } from './SmsAnswers.tsx'

/** What occurs in a message, and what is texted back. */
export function SmsRuleForm(props: {
  rule: SmsRule | null
  save: SaveState
  onSave(rule: SmsRule): void
  onClose(): void
}) {
  const { t } = useTranslation('settings')
  const [contains, setContains] = useState(props.rule?.contains ?? '')
  const [reply, setReply] = useState(props.rule?.reply ?? '')
  const [problem, setProblem] = useState<string | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (contains.trim() === '') return setProblem(t('answers.missingContains'))
    setProblem(null)
    props.onSave({ ...props.rule, contains: contains.trim(), reply: reply.trim() })
  }
  return (
    <form
      className={styles.form}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onClose()
      }}
      data-testid="sms-rule-form"
    >
      <div>
        <span className={styles.label}>{t('answers.contains')}</span>
        <Field
          autoFocus
          label={t('answers.contains')}
          placeholder={t('answers.containsPlaceholder')}
          maxLength={200}
          invalid={problem !== null}
          value={contains}
          onChange={(event) => setContains(event.target.value)}
        />
      </div>
      <div>
        <span className={styles.label}>{t('answers.reply')}</span>
        <Field
          label={t('answers.reply')}
          placeholder={t('answers.replyPlaceholder')}
          maxLength={1000}
          value={reply}
          onChange={(event) => setReply(event.target.value)}
        />
        <span className={styles.labelHint}>{t('answers.replyHint')}</span>
      </div>
      {problem && (
        <p className={styles.error} role="alert">
          {problem}
        </p>
      )}
      {!problem && <FieldError state={props.save} />}
      <div className={styles.formActions}>
        <Button type="submit" variant="primary" busy={props.save.saving}>
          {t('save')}
        </Button>
        <Button onClick={props.onClose}>{t('cancel')}</Button>
      </div>
    </form>
  )
}
