import { control, type FakeAnswer, type FakeOperation, type PbxActions, type Values } from '../fake-operation.ts'

const day = /^\d{4}-\d{2}-\d{2}$/
const dayMs = 86_400_000
/** The PBX's days begin at 16:00 UTC. */
const beginOf = (date: string) => Date.parse(`${date}T00:00:00+08:00`)

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
  const [from, to] = [beginOf(beginDate!), beginOf(endDate!) + dayMs]
  if (Number.isNaN(from) || Number.isNaN(to)) return { code: 400 }
  const rows = pbx.state.log(from, to).filter((row) => {
    if (telnum !== undefined && row.caller !== telnum && row.callee !== telnum) return false
    return dirction === '0' || (dirction === '2') === own.has(row.caller)
  })
  return { json: rows.slice(Number(first), Number(first) + Math.min(Number(maxResults), pbx.state.mostLogRows)) }
}
