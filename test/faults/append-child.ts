import { openStore } from '../../main/store/open.ts'
import { createTestLog, event, realClock, record } from '../store/samples.ts'

// Appends events from 50 callers for ever and folds them behind, printing each acknowledged call id. Waits to be killed.
const [file = '', round = '0'] = process.argv.slice(2)
const store = await openStore({ file, clock: realClock, log: createTestLog().log })
const acknowledged = new Map<number, string>()
let foldedThrough = 0
let next = 0

async function caller(): Promise<void> {
  for (;;) {
    next += 1
    const callId = `r${round}-${next}`
    const id = await store.inbox.append(event({ callId }))
    process.stdout.write(`${callId}\n`)
    acknowledged.set(id, callId)
  }
}

/** Ids of this run grow by one from the first. */
async function fold(): Promise<void> {
  for (;;) {
    const callIds: string[] = []
    if (foldedThrough === 0 && acknowledged.size > 0) foldedThrough = Math.min(...acknowledged.keys()) - 1
    for (
      let callId = acknowledged.get(foldedThrough + 1);
      callId !== undefined;
      callId = acknowledged.get(foldedThrough + 1)
    ) {
      foldedThrough += 1
      callIds.push(callId)
      acknowledged.delete(foldedThrough)
    }
    await store.calls.save(
      callIds.map((callId) => record({ callId })),
      foldedThrough,
    )
  }
}

await Promise.all([fold(), ...Array.from({ length: 50 }, caller)])
