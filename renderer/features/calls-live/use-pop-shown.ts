import { useLayoutEffect } from 'react'
import type { Call } from '../../../preload/contract/calls.ts'
import { arrivals, LinkLostError, rpc } from '../../rpc/index.ts'
import { isLive } from './card-order.ts'

/** Tell the core, once per call that came while this page was open, that its card is on screen: the measured pop latency. */
export function usePopShown(call: Pick<Call, 'callId' | 'state'>): void {
  const { callId } = call
  const live = isLive(call)
  useLayoutEffect(() => {
    if (!live || !arrivals.take(callId, performance.now())) return
    // The frame that paints the card has been handed over when a task after its animation frame runs.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        port1.close()
        rpc.calls.popShown({ callId }).catch((error: unknown) => {
          // Only a measurement: without a core there is nobody to tell.
          if (!(error instanceof LinkLostError)) throw error
        })
      }
      port2.postMessage(null)
    })
  }, [callId, live])
}
