import { useSnapshot } from '../../rpc/index.ts'
import { useNow } from '../../ui/index.ts'

/** Follow-ups whose time has come. */
export function useDueCount(): number {
  const now = useNow(30_000)
  return useSnapshot('dispositions', (snapshot) => snapshot?.followUps.filter(({ dueAt }) => dueAt <= now).length ?? 0)
}
