import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { copyText } from '../../ui/copy-text.ts'
import { showToast } from '../../ui/index.ts'

/** Copy, and say whether it worked. */
export function useCopy(): (text: string) => void {
  const { t } = useTranslation('operations')
  return useCallback(
    (text) => {
      void copyText(text).then((done) =>
        showToast({ tone: done ? 'done' : 'error', text: done ? t('copied') : t('copyFailed') }),
      )
    },
    [t],
  )
}
