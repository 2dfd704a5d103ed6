import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { says } from '../../kit/params.ts'
import { json, resultCode } from '../../kit/response.ts'
import { wireInteger, wireRecord, wireText } from '../../kit/tolerant.ts'
import { extState, presence, telRegState } from '../codes.ts'
import { resultCodes } from '../result-codes.ts'
import { extensionNumber } from '../values.ts'

/** Set an extension's presence. Manual 003 §8. */
export const setExtPresenceState = operation({
  id: 'telcrm.set-ext-presence-state',
  title: 'Set extension presence',
  titleZh: '设置坐席在线状态',
  doc: '003 §8',
  method: 'GET',
  path: '/bridge/callctrl',
  params: z.object({
    extension: says(extensionNumber, 'Extension', '被设置状态的分机号'),
    presence: says(z.enum(['online', 'reducing', 'busy']), 'New presence', '分机在线状态', {
      values: {
        online: ['takes calls', '在线正常接听来电'],
        reducing: ['gets fewer calls', '减少来电'],
        busy: ['gets no calls', '置忙'],
      },
    }),
  }),
  wire: { extension: 'extnum', presence: 'state' },
  fixed: { opt: 'SET_EXT_PRESENCE_STATE' },
  response: resultCode([200]),
  ...resultCodes('SET_EXT_PRESENCE_STATE'),
  retry: 'never',
})

/** One row of EXTNUM_STATE, vendor names. */
export const ExtnumState = wireRecord({
  telNum: wireText,
  userName: wireText,
  telRegState: wireInteger,
  state: wireText,
  presence: wireText,
  missingCallCount: wireInteger,
  remoteNum: wireText.optional(),
})
export type ExtnumState = z.output<typeof ExtnumState>

/** Every extension with phone state and presence; meant to be asked every 2 s. Manual 003 §14. */
export const extnumState = operation({
  id: 'telcrm.extnum-state',
  title: 'Extension states',
  titleZh: '坐席状态监控',
  doc: '003 §14',
  method: 'GET',
  path: '/bridge/jsoncfg',
  params: z.object({}),
  fixed: { opt: 'EXTNUM_STATE' },
  response: json(z.array(ExtnumState)),
  codes: { state: extState, presence, telRegState },
  retry: 'safe',
})
