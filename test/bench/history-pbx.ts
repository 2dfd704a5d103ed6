import { logRow, startFakeTelcrm } from '../fakes/telcrm/index.ts'
import { createDice, officeCall, officePeople } from './history-calls.ts'

/** A PBX with a long log, in a process of its own. */
const count = Number(process.argv[2])
const dice = createDice(11)
const people = officePeople(Math.max(1000, count / 10), dice)
const pbx = await startFakeTelcrm()
const now = Date.now()
for (let id = count; id > 0; id -= 1) {
  const call = officeCall(id, now - (count - id) * 5000, people, dice)
  const { person, outgoing, extension } = call
  pbx.state.oldLog.push(
    logRow({
      id,
      caller: outgoing ? extension : person.number,
      callee: outgoing ? person.number : extension,
      beginTime: call.startedAt,
      duration: call.durationSec,
      state: call.answered ? 'STATE_RECEIVED' : 'STATE_FAILED',
      callid: call.callId.replace('@', '%40'),
      record: call.note ?? '',
      recordVoice: call.recording ?? '',
      cname: person.name ?? '',
      _callTime: '',
    }),
  )
}
process.stdout.write(`${JSON.stringify({ port: pbx.port })}\n`)
process.once('SIGTERM', () => void pbx.stop())
