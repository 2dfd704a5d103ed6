import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { says } from '../../kit/params.ts'
import { resultCode } from '../../kit/response.ts'
import { resultCodes } from '../result-codes.ts'
import { extensionNumber } from '../values.ts'

// The manual prints the path twice in these addresses (`callctrl?/bridge/callctrl?leaderExtnum=…`): it is sent once.

const supervision = z.object({
  supervisor: says(
    extensionNumber,
    'Extension of the supervisor, who needs the right 坐席监控',
    '主管的分机号码，需有坐席监控权限',
  ),
  agent: says(extensionNumber, 'Extension whose call this is about', '被监听、强插或强拆的分机号码'),
})
/** The vendor's spelling. */
const supervisionNames = { supervisor: 'leaderExtnum', agent: 'wokerExtnum' } as const

/** The supervisor's telephone rings and hears the agent's call. Manual 003 §15. */
export const callMonitor = operation({
  id: 'telcrm.call-monitor',
  title: 'Listen to a call',
  titleZh: '通话监听',
  doc: '003 §15',
  method: 'GET',
  path: '/bridge/callctrl',
  params: supervision,
  wire: supervisionNames,
  fixed: { opt: 'CALL_MONITOR' },
  response: resultCode([200]),
  ...resultCodes('CALL_MONITOR'),
  retry: 'never',
})

/** The supervisor takes the agent's place in the call. Manual 003 §16. */
export const forcePickup = operation({
  id: 'telcrm.force-pickup',
  title: 'Take over a call',
  titleZh: '通话强插',
  doc: '003 §16',
  method: 'GET',
  path: '/bridge/callctrl',
  params: supervision,
  wire: supervisionNames,
  fixed: { opt: 'FORCE_PICKUP' },
  response: resultCode([200]),
  ...resultCodes('FORCE_PICKUP'),
  retry: 'never',
})

/** The supervisor ends the agent's call. Manual 003 §17 (spelling is the vendor's). */
export const forceHungup = operation({
  id: 'telcrm.force-hungup',
  title: 'End the call of an agent',
  titleZh: '通话强拆',
  doc: '003 §17',
  method: 'GET',
  path: '/bridge/callctrl',
  params: supervision,
  wire: supervisionNames,
  fixed: { opt: 'FORCE_HUNGUP' },
  response: resultCode([200]),
  ...resultCodes('FORCE_HUNGUP'),
  retry: 'never',
})
