import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Call, HistoryCall, Party } from '../../../preload/contract/index.ts'
import { useTimeText } from '../../i18n/index.ts'
import { usePartyWords } from '../calls-live/index.ts'
import type { CallResult } from './call-result.ts'
import { historyResult } from './history-result.ts'
import { useLengthWords } from './length-words.ts'

/** Everything that a row says, made once for all rows: hundreds of them are drawn while somebody scrolls. */
export interface RowWords {
  direction(call: HistoryCall, isMissed: boolean): string
  result(call: HistoryCall, live: Call | null): { word: string; result: CallResult }
  number(party: Party): string
  clock(at: number): string
  newCustomer: string
  recorded: string
  promised: string
}

/** The same object until the language changes. */
export function useRowWords(): RowWords {
  const { t } = useTranslation('calls')
  const { clock } = useTimeText()
  const { number } = usePartyWords()
  const length = useLengthWords()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `length` is made of `t`
  return useMemo(
    () => ({
      clock,
      number,
      newCustomer: t('newCustomer'),
      recorded: t('recorded'),
      promised: t('promised'),
      direction: (call, isMissed) => t(isMissed ? 'direction.missed' : `direction.${call.direction}`),
      result(call, live) {
        const result = historyResult(call, live)
        const time = length((result.rangSec ?? 0) * 1000)
        return { result, word: t(`result.${result.key}`, { time, name: result.name ?? '' }) }
      },
    }),
    [t, clock, number],
  )
}
