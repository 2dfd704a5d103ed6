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
  return useMemo(() => {
    const resultWord = kept(({ key, rangSec, name }: CallResult) =>
      t(`result.${key}`, { time: length((rangSec ?? 0) * 1000), name: name ?? '' }),
    )
    const direction = kept((name: Call['direction'] | 'missed') => t(`direction.${name}`))
    return {
      clock,
      number,
      newCustomer: t('newCustomer'),
      recorded: t('recorded'),
      promised: t('promised'),
      direction: (call, isMissed) => direction(isMissed ? 'missed' : call.direction),
      result(call, live) {
        const result = historyResult(call, live)
        return { result, word: resultWord(result) }
      },
    }
  }, [t, clock, number])
}

/** So many different words are kept: they repeat from row to row. */
const mostKept = 500

/** The word for what was asked before. */
function kept<What extends string | object>(word: (what: What) => string): (what: What) => string {
  const words = new Map<string, string>()
  return (what) => {
    const key = typeof what === 'string' ? what : JSON.stringify(what)
    const known = words.get(key)
    if (known !== undefined) return known
    if (words.size >= mostKept) words.clear()
    const fresh = word(what)
    words.set(key, fresh)
    return fresh
  }
}
