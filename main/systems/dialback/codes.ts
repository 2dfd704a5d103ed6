import { codeTable } from '../kit/codes.ts'

/** Manual 001 §2: only outgoing calls have a code. */
export const direction = codeTable('dialback.direction', '来电方向', 'Direction', {
  0: [null, '去电', 'outgoing'],
})

/** Manual 001 §2. A recording can be there although the flag says no: the address decides. */
export const recordFlag = codeTable('dialback.recordFlag', '录音标识', 'Recording flag', {
  0: [null, '未录音', 'not recorded'],
  1: [null, '录音', 'recorded'],
})

export const dialbackCodes = [direction, recordFlag]
