import type { FakeOperation } from '../fake-operation.ts'
import { agents } from './agents.ts'
import { announcements } from './announcements.ts'
import { callControl } from './call-control.ts'
import { callLog } from './call-log.ts'
import { conversations } from './conversations.ts'
import { customers } from './customers.ts'
import { sounds } from './sounds.ts'

/** By the catalogue's name, without the system. */
export const fakeOperations: Record<string, FakeOperation> = {
  ...callControl,
  ...announcements,
  ...conversations,
  ...agents,
  ...customers,
  ...callLog,
  ...sounds,
}
