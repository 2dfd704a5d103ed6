import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { usePartyWords } from '../features/calls-live/index.ts'
import { useSnapshot } from '../rpc/index.ts'
import type { Page } from './route.ts'

/** Window title: who rings, else how many were missed, then the page. */
export function useTitle(page: Page): void {
  const { t } = useTranslation(['app', 'common'])
  const words = usePartyWords()
  const who = useSnapshot('calls', (calls) => {
    const ringing = calls?.cards.find((call) => call.state === 'ringing' && call.direction !== 'outgoing')
    return ringing && words.who(ringing.caller)
  })
  const missedCount = useSnapshot('calls', (calls) => calls?.missedCount ?? 0)
  useEffect(() => {
    const pageTitle = page === 'setup' || page === 'pop' ? t(`app:title.${page}`) : t(`app:nav.${page}`)
    const counted = missedCount > 0 ? t('app:title.missed', { count: missedCount, page: pageTitle }) : pageTitle
    document.title = `${who ? t('app:title.ringing', { who }) : counted} · ${t('common:appName')}`
  }, [t, page, who, missedCount])
}
