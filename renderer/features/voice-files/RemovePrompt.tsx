import { Modal } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { PromptFile } from '../../../preload/contract/index.ts'
import { useErrorSentence } from '../../i18n/index.ts'
import { rpc } from '../../rpc/index.ts'
import { Button, Details, showToast } from '../../ui/index.ts'
import styles from './voice-files.module.css'

/** Asks by name, and says whether the sound can come back. */
export function RemovePrompt(props: {
  connection: string
  prompt: PromptFile
  keepDays: number
  onRemoved(): void
  onClose(): void
}) {
  const { t } = useTranslation(['voice', 'common'])
  const explain = useErrorSentence()
  const { connection, prompt, keepDays } = props
  const { id, title, copy } = prompt
  const isKept = copy !== null && !copy.isOutdated
  const remove = useMutation({
    mutationFn: () => rpc.prompts.remove({ connection, prompt: id, title }),
    onSuccess({ backup }) {
      props.onClose()
      props.onRemoved()
      showToast({ tone: 'done', text: t(backup ? 'voice:remove.doneKept' : 'voice:remove.done', { id, title }) })
    },
    meta: { inline: true },
  })
  const failed = remove.error ? explain(remove.error, 'voice') : null
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t('voice:remove.title', { id, title })}
      closeButtonProps={{ 'aria-label': t('common:cancel') }}
    >
      <div className={styles.confirm} data-testid="voice-remove-dialog">
        <p className="secondary">{t('voice:remove.text', { id })}</p>
        <p className={isKept ? 'secondary' : styles.lost}>
          {isKept ? t('voice:remove.kept', { count: keepDays }) : t('voice:remove.lost')}
        </p>
        {failed && (
          <div className={styles.failure} role="alert">
            {failed.sentence}
            <Details explained={failed} />
          </div>
        )}
        <div className={styles.buttons}>
          <Button data-autofocus onClick={props.onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            variant="danger"
            busy={remove.isPending}
            onClick={() => remove.mutate()}
            data-testid="voice-remove-confirm"
          >
            {t('voice:remove.do', { title })}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
