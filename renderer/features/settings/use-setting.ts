import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Explained, useErrorSentence } from '../../i18n/index.ts'
import { rpc, useSnapshot } from '../../rpc/index.ts'
import { isLocked, patchOf } from './locked.ts'

const savedMs = 2500

export interface SaveState {
  saving: boolean
  /** True for a moment after it was written. */
  saved: boolean
  error: Explained | null
}

/** Write a patch at once; says for a moment that it is saved, or what was wrong, where it was changed. */
export function useSave(): SaveState & { save(patch: Record<string, unknown>): Promise<boolean>; reset(): void } {
  const explain = useErrorSentence()
  const [saved, setSaved] = useState(false)
  const mutation = useMutation({
    mutationFn: (patch: Record<string, unknown>) => rpc.settings.update({ patch }),
    onMutate: () => setSaved(false),
    onSuccess: () => setSaved(true),
    meta: { inline: true },
  })
  useEffect(() => {
    if (!saved) return
    const timer = setTimeout(() => setSaved(false), savedMs)
    return () => clearTimeout(timer)
  }, [saved])
  return {
    saving: mutation.isPending,
    saved,
    error: mutation.error ? explain(mutation.error, 'settings') : null,
    save: (patch) =>
      mutation.mutateAsync(patch).then(
        () => true,
        () => false,
      ),
    reset: mutation.reset,
  }
}

export interface Setting<T> extends SaveState {
  value: T
  locked: boolean
  set(value: T): Promise<boolean>
}

/**
 * One setting by its path, e.g. `pop.scope`. What was chosen shows at once and until the core says otherwise; a refused
 * choice goes back to what is in force.
 */
export function useSetting<T>(path: string, current: T): Setting<T> {
  const locked = isLocked(path, useSnapshot('settings')?.locked ?? [])
  const { save, saving, saved, error } = useSave()
  const [chosen, setChosen] = useState<{ value: T; over: T } | null>(null)
  return {
    value: chosen && chosen.over === current ? chosen.value : current,
    locked,
    saving,
    saved,
    error,
    async set(value) {
      setChosen({ value, over: current })
      const done = await save(patchOf(path, value))
      if (!done) setChosen(null)
      return done
    },
  }
}
