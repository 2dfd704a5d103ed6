import { useTranslation } from 'react-i18next'
import { copyText } from '../../ui/copy-text.ts'
import { Button, showToast } from '../../ui/index.ts'

/** Copies a number as it is shown, without the gaps. */
export function NumberActions({ number, display }: { number: string; display: string }) {
  const { t } = useTranslation('directory')
  const copy = async () => {
    const done = await copyText(number)
    showToast({ tone: done ? 'done' : 'error', text: t(done ? 'card.copied' : 'card.copyFailed', { number: display }) })
  }
  return (
    <Button
      small
      only
      variant="quiet"
      icon="copy"
      aria-label={t('card.copy', { number: display })}
      onClick={() => void copy()}
    />
  )
}
