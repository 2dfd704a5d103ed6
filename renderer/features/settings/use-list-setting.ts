import { useTranslation } from 'react-i18next'
import { showToast } from '../../ui/index.ts'
import { type Setting, useSetting } from './use-setting.ts'

export interface ListSetting<Entry> extends Setting<Entry[]> {
  /** Put in place of the entry at `at`; `at` = length adds one. */
  put(at: number, entry: Entry): Promise<boolean>
  /** Taken out at once; the message offers to put it back. */
  remove(at: number, said: string): Promise<void>
  moveUp(at: number): Promise<boolean>
}

/** A setting that is an ordered list. Each change is saved at once. */
export function useListSetting<Entry>(path: string, current: Entry[]): ListSetting<Entry> {
  const { t } = useTranslation('common')
  const setting = useSetting(path, current)
  const list = setting.value
  return {
    ...setting,
    put: (at, entry) => setting.set([...list.slice(0, at), entry, ...list.slice(at + 1)]),
    async remove(at, said) {
      const done = await setting.set(list.filter((_one, index) => index !== at))
      if (done) showToast({ tone: 'done', text: said, action: { label: t('undo'), run: () => void setting.set(list) } })
    },
    moveUp: (at) => setting.set([...list.slice(0, at - 1), list[at]!, list[at - 1]!, ...list.slice(at + 1)]),
  }
}
