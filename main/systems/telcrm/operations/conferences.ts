import { z } from 'zod'
import { operation } from '../../kit/operation.ts'
import { says } from '../../kit/params.ts'
import { resultCode } from '../../kit/response.ts'
import { resultCodes } from '../result-codes.ts'
import { dialledNumber, shownNumber } from '../values.ts'

const invited = says(
  dialledNumber,
  'Number to invite: extension, mobile or landline',
  '被邀请加入会议的号码，可以是分机、手机或固话',
)

/** Make a running call a conference with a third party. Its id is `caller`. Manual 003 §9. */
export const conferenceCreate = operation({
  id: 'telcrm.conference-create',
  title: 'Create a conference from a call',
  titleZh: '创建多方会议(快速)',
  doc: '003 §9',
  method: 'GET',
  path: '/bridge/callctrl',
  params: z.object({
    caller: says(shownNumber, 'Calling number of the running call', '通话中的主叫号码'),
    callee: says(shownNumber, 'Called number of the running call', '通话中的被叫号码'),
    target: invited,
  }),
  fixed: { opt: 'CONFERENCE_CREATE' },
  response: resultCode([200]),
  ...resultCodes('CONFERENCE_CREATE'),
  retry: 'never',
})

/** Call one more party into a conference. Manual 003 §10. */
export const conferenceJoin = operation({
  id: 'telcrm.conference-join',
  title: 'Invite into a conference',
  titleZh: '邀请终端加入会议',
  doc: '003 §10',
  method: 'GET',
  path: '/bridge/callctrl',
  params: z.object({
    conference: says(
      shownNumber,
      'Number of the conference: usually the caller it was created with',
      '会议编号，一般使用创建会议的 caller',
    ),
    target: invited,
  }),
  wire: { conference: 'conferenceid' },
  fixed: { opt: 'CONFERENCE_JOIN' },
  response: resultCode([200]),
  ...resultCodes('CONFERENCE_JOIN'),
  retry: 'never',
})
