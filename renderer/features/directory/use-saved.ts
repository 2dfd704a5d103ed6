import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useErrorSentence } from '../../i18n/index.ts'
import { rpc } from '../../rpc/index.ts'
import { showToast } from '../../ui/index.ts'

/** Says what was done, with a way back. `after` runs when it was taken back. */
export function useSaved(): (text: string, change: string, after?: () => void) => void {
  const { t } = useTranslation(['directory', 'common'])
  const explain = useErrorSentence()
  const client = useQueryClient()
  return (text, change, after) => {
    void client.invalidateQueries({ queryKey: ['directory'] })
    const undo = async () => {
      try {
        const { kept } = await rpc.directory.undo({ change })
        void client.invalidateQueries({ queryKey: ['directory'] })
        if (kept > 0) showToast({ tone: 'error', text: t('directory:undoKept') })
        else {
          showToast({ tone: 'done', text: t('directory:undone') })
          after?.()
        }
      } catch (error) {
        const { sentence, details } = explain(error, 'directory')
        showToast({ tone: 'error', text: sentence, details: details ?? undefined })
      }
    }
    showToast({ tone: 'done', text, action: { label: t('common:undo'), run: () => void undo() } })
  }
}
