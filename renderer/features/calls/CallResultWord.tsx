import { useTranslation } from 'react-i18next'
import type { Call } from '../../../preload/contract/index.ts'
import { StateWord } from '../../ui/index.ts'
import { callResult } from './call-result.ts'
import { useLengthWords } from './length-words.ts'

/** What became of the call, in a word with its mark. */
export function CallResultWord({ call }: { call: Call }) {
  const { t } = useTranslation('calls')
  const length = useLengthWords()
  const result = callResult(call)
  const icon = result.icon === 'x' ? 'close' : result.icon
  const word = t(`result.${result.key}`, { time: length((result.rangSec ?? 0) * 1000), name: result.name ?? '' })
  return <StateWord tone={result.look} icon={icon} word={word} />
}
