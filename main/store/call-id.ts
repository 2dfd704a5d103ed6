/** A call by its id, through `history_by_call`; `h` = '' or the table's alias with its dot. Takes `callIdParams`. */
export const hasCallId = (h = '') =>
  `substr(${h}call_id, 1, 9) || substr(${h}call_id, -7) = substr(?, 1, 9) || substr(?, -7) AND ${h}call_id = ?`
export const callIdParams = (callId: string) => [callId, callId, callId] as const
