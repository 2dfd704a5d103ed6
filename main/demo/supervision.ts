import type { ResultCode } from './demo-call.ts'
import { supervisor } from './office.ts'
import type { Switchboard } from './switchboard.ts'

/** Manual 003 §15-17. Who listens hears nothing here, but the codes are those of the manual. */
export function supervise(
  board: Switchboard,
  opt: 'CALL_MONITOR' | 'FORCE_PICKUP' | 'FORCE_HUNGUP',
  leader: string,
  worker: string,
): ResultCode {
  const from = board.phones.get(leader)
  if (!from || leader !== supervisor) return 403
  const agent = board.phones.get(worker)
  const call = agent?.talksIn
  if (!agent || !call || agent === from) return 404
  if (opt === 'FORCE_HUNGUP') {
    board.end(call)
    return 200
  }
  // Her telephone has one line here: no room for a second call.
  if (from.talksIn) return 503
  if (opt === 'FORCE_PICKUP') board.takeOver(agent, from)
  return 200
}
