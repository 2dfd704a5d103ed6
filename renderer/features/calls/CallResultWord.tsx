import type { Call, HistoryCall } from '../../../preload/contract/index.ts'
import { StateWord } from '../../ui/index.ts'
import { useRowWords } from './use-row-words.ts'

/** What became of the call, in a word with its mark. */
export function CallResultWord({ call, live }: { call: HistoryCall; live: Call | null }) {
  const { result, word } = useRowWords().result(call, live)
  return <StateWord tone={result.look} icon={result.icon === 'x' ? 'close' : result.icon} word={word} />
}
