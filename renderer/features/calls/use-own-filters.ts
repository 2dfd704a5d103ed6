import { useMutation } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistoryFilter } from '../../../preload/contract/index.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { showToast } from '../../ui/index.ts'
import { filterOf, type Look } from './look.ts'
import type { Period } from './periods.ts'

/** A look that was given a name. Kept in the settings, so it is there on every page of this program. */
export interface OwnFilterEntry extends Look {
  name: string
}

export interface OwnFilters {
  list: OwnFilterEntry[]
  names: ReadonlySet<string>
  /** An administrator prescribes them. */
  isLocked: boolean
  isBusy: boolean
  /** The same name again replaces it. */
  save(name: string, look: Look, typed: string): Promise<boolean>
  rename(name: string, to: string): Promise<boolean>
  /** At once; the message offers to undo it. */
  remove(entry: OwnFilterEntry): void
}

interface Saving {
  name: string
  filter: HistoryFilter
  period: Period | null
  insteadOf?: string
}

export function useOwnFilters(): OwnFilters {
  const { t } = useTranslation(['calls', 'common'])
  const kept = useSnapshot('settings', (settings) => settings?.values.history.filters)
  const locked = useSnapshot('settings', (settings) => settings?.locked)
  const list = useMemo<OwnFilterEntry[]>(
    () => (kept ?? []).map(({ name, filter, period }) => ({ name, filter, period })),
    [kept],
  )
  const names = useMemo(() => new Set(list.map(({ name }) => name)), [list])
  const saving = useMutation({
    mutationFn: (entry: Saving) => rpc.history.saveFilter(entry),
    meta: { operation: 'settings' },
  })
  const removing = useMutation({
    mutationFn: ({ name }: OwnFilterEntry) => rpc.history.removeFilter({ name }),
    meta: { operation: 'settings' },
  })
  const put = (entry: Saving) =>
    saving.mutateAsync(entry).then(
      () => true,
      () => false,
    )
  return {
    list,
    names,
    isLocked: (locked ?? []).some((path) => path === 'history' || path === 'history.filters'),
    isBusy: saving.isPending,
    save: (name, look, typed) => {
      // A span that moves is kept as such: its dates would be those of the day it was saved on.
      const filter = filterOf({ ...look, period: null }, typed, 0)
      return put({ name, filter, period: look.period })
    },
    async rename(name, to) {
      const entry = list.find((one) => one.name === name)
      return entry !== undefined && put({ name: to, filter: entry.filter, period: entry.period, insteadOf: name })
    },
    remove: (entry) =>
      removing.mutate(entry, {
        onSuccess: () =>
          showToast({
            tone: 'done',
            text: t('calls:own.removed', { name: entry.name }),
            action: { label: t('common:undo'), run: () => void put(entry) },
          }),
      }),
  }
}
