import type { Desk } from '../core/desk.ts'
import { procedures } from './procedures.ts'

export function createSupervisionArea(desk: Desk) {
  const { supervision } = procedures
  return {
    listen: supervision.listen.handler(({ input }) => desk.supervision.listen(input)),
    takeOver: supervision.takeOver.handler(({ input }) => desk.supervision.takeOver(input)),
    hangUp: supervision.hangUp.handler(({ input }) => desk.supervision.hangUp(input)),
    presence: supervision.presence.handler(({ input }) => desk.supervision.presence(input)),
    statistics: supervision.statistics.handler(({ input }) => desk.supervision.statistics(input)),
  }
}
