import { useEffect, useRef } from 'react'
import { useSnapshot } from '../../rpc/index.ts'

/** Runs `afterMs` after calls or logs changed, once for all that changed meanwhile. What was there at the start is no news. */
export function useNews(run: () => void, afterMs: number): void {
  const calls = useSnapshot('calls')
  const history = useSnapshot('history')
  const latest = useRef(run)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const isFirst = useRef(true)
  useEffect(() => {
    latest.current = run
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: every news counts
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false
      return
    }
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      latest.current()
    }, afterMs)
  }, [calls, history])
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [],
  )
}
