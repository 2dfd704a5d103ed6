import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '../../../ui/index.ts'
import type { SaveState } from '../use-setting.ts'
import { EntryForm, Labelled } from './EntryForm.tsx'
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
  const submit = () => {
    if (contains.trim() === '') return setProblem(t('answers.missingContains'))
    setProblem(null)
    props.onSave({ ...props.rule, contains: contains.trim(), reply: reply.trim() })
  }
  return (
    <EntryForm name="sms-rule" save={props.save} problem={problem} onSubmit={submit} onClose={props.onClose}>
      <Labelled label={t('answers.contains')}>
        <Field
          autoFocus
          label={t('answers.contains')}
          placeholder={t('answers.containsPlaceholder')}
          maxLength={200}
          invalid={problem !== null}
          value={contains}
          onChange={(event) => setContains(event.target.value)}
        />
      </Labelled>
      <Labelled label={t('answers.reply')} hint={t('answers.replyHint')}>
        <Field
          label={t('answers.reply')}
          placeholder={t('answers.replyPlaceholder')}
          maxLength={1000}
          value={reply}
          onChange={(event) => setReply(event.target.value)}
        />
      </Labelled>
    </EntryForm>
  )
}
