import { useMutation } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { DialResult, Line } from '../../../preload/contract/control.ts'
import { readSnapshot, rpc } from '../../rpc/index.ts'
import { showToast } from '../../ui/index.ts'

/** What really happens next, in words: my extension rings first, then the number is dialled. */
export function useDialSentence(): (result: DialResult) => string {
  const { t } = useTranslation('dial')
  return useCallback(
    (result) => {
      const internal = readSnapshot('board')?.extensions.some((one) => one.extension === result.dialled) === true
      const sentence = t(internal ? 'resultInternal' : 'result', {
        extension: result.extension,
        display: result.display,
      })
      return result.suffix ? sentence + t('suffix', { suffix: result.suffix }) : sentence
    },
    [t],
  )
}

/** Dial from anywhere but the dial field; result and errors come as toasts. The same function on every render. */
export function useDial(): (number: string, line?: Line) => void {
  const sentence = useDialSentence()
  const { mutate } = useMutation({
    mutationFn: (request: { number: string; line?: Line | undefined }) => rpc.control.dial(request),
    meta: { operation: 'dial' },
    onSuccess: (result) => showToast({ tone: 'done', text: sentence(result) }),
  })
  return useCallback((number: string, line?: Line) => mutate({ number, line }), [mutate])
}
