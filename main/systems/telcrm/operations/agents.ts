import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { json, resultCode } from '../../kit/response.ts'
import { wireInteger, wireRecord, wireText } from '../../kit/tolerant.ts'
import { extensionNumber } from '../values.ts'

/** Set an extension's presence. Manual 003 §8. */
export const setExtPresenceState = operation({
  id: 'telcrm.set-ext-presence-state',
  title: 'Set extension presence',
  titleZh: '设置坐席在线状态',
  doc: '003 §8',
  method: 'GET',
  path: '/bridge/callctrl',
  params: z.object({ extension: extensionNumber, presence: z.enum(['online', 'reducing', 'busy']) }),
  wire: { extension: 'extnum', presence: 'state' },
  fixed: { opt: 'SET_EXT_PRESENCE_STATE' },
  response: resultCode([200]),
  errors: { 400: ['bad-request', '参数错误'], 404: ['not-found', '目标分机不存在'] },
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
  retry: 'safe',
})
