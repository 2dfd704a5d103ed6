import { control, type FakeAnswer, type FakeOperation, type PbxActions, type Values } from '../fake-operation.ts'

const day = /^\d{4}-\d{2}-\d{2}$/

/** Manual 003 §21. */
export const callLog: Record<string, FakeOperation> = {
  'call-log-query': control('CALL_LOG_QUERY', ['first', 'maxResults', 'beginDate', 'endDate', 'dirction'], queryLog, {
    optional: ['telnum'],
  }),
  'call-log-get-with-callid': control('CALL_LOG_GET_WITH_CALLID', ['callid'], ({ callid }, { state }) => ({
    json: state.log().filter((row) => row.callid === callid!.replaceAll('@', '%40')),
  })),
}

function queryLog(query: Values, pbx: PbxActions): FakeAnswer {
  const { first, maxResults, beginDate, endDate, dirction, telnum } = query
  const numeric = /^\d+$/.test(first!) && /^[1-9]\d*$/.test(maxResults!) && /^[012]$/.test(dirction!)
  if (!numeric || !day.test(beginDate!) || !day.test(endDate!)) return { code: 400 }
  const own = pbx.state.extensions
  const rows = pbx.state.log().filter((row) => {
    const rowDay = new Date(row.beginTime + 8 * 3_600_000).toISOString().slice(0, 10)
    if (rowDay < beginDate! || rowDay > endDate!) return false
    if (telnum !== undefined && row.caller !== telnum && row.callee !== telnum) return false
    return dirction === '0' || (dirction === '2') === own.has(row.caller)
  })
  return { json: rows.slice(Number(first), Number(first) + Number(maxResults)) }
}
