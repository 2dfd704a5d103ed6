import { codeTable } from '../../../kit/codes.ts'

/** Manual 003 §25.3.4. */
export const state4clickCodes = codeTable('telcrm.state4click', '点击呼叫状态', 'Click call state (SOAP state4click)', {
  0: [null, '空闲状态', 'Idle: there is no such call, or it is over'],
  1: [null, '主叫振铃状态', "Caller ringing: the agent's own phone rings"],
  2: [null, '被叫振铃状态', "Callee ringing: the other party's phone rings"],
  3: [null, '通话状态', 'Talking'],
})

/** Manual 003 §26, table 6-1. */
export const texttocalStateCodes = codeTable(
  'telcrm.texttocalState',
  '定时文本转语音任务状态',
  'Scheduled text-to-speech task state',
  {
    WAITING: [null, '定时等待中', 'Waiting for its time; can still be changed or deleted'],
    TRYING: [null, '开始呼叫', 'Calling'],
    CONFIRM: [null, '播放成功', 'Played to the customer'],
    RING_TIME_OUT: [null, '振铃超时', 'Nobody answered before ringing timed out'],
    CALL_FAILED: [null, '尝试 3 次失败', 'Failed after 3 attempts; check the number and create the task again'],
  },
)
