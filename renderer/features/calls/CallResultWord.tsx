import { useTranslation } from 'react-i18next'
import type { Call, HistoryCall } from '../../../preload/contract/index.ts'
import { StateWord } from '../../ui/index.ts'
import { historyResult } from './history-result.ts'
import { useLengthWords } from './length-words.ts'

/** What became of the call, in a word with its mark. */
export function CallResultWord({ call, live }: { call: HistoryCall; live: Call | null }) {
  const { t } = useTranslation('calls')
  const length = useLengthWords()
  const result = historyResult(call, live)
  const icon = result.icon === 'x' ? 'close' : result.icon
  const word = t(`result.${result.key}`, { time: length((result.rangSec ?? 0) * 1000), name: result.name ?? '' })
  return <StateWord tone={result.look} icon={icon} word={word} />
}
