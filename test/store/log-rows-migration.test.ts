import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { migrate } from '../../main/store/migrate.ts'
import { migrations } from '../../main/store/migrations/index.ts'

it('migration 0140: rows of the telcrm log without a call id are known as such, and a call may take their place', () => {
  const db = new Database(':memory:')
  const upTo = (last: number) =>
    migrate(
      db,
      migrations.filter(({ version }) => version <= last),
    )
  upTo(132)
  const add = (id: number, source: number, callId: string) =>
    db.exec(`INSERT INTO history (id, source, call_id, party, extension, direction, result, duration_sec, seen_at)
      VALUES (${id}, ${source}, '${callId}', 1, '802', 0, 1, 30, 5)`)
  db.exec(`INSERT INTO history_sources VALUES (1, 'pbx', 'telcrm'), (2, 'cloud', 'cloud-cs');
    INSERT INTO parties (id, canonical, number, name, spelling, calls, last_call) VALUES (1, '135', '135', '', '', 1, 5120)`)
  const callIds = ['log-37', 'log-37@192.168.1.82', 'log-', 'c1', 'login', 'log-12345678901234567890']
  for (const [n, callId] of callIds.entries()) add(n + 1, 1, callId)
  add(9, 2, 'log-37')
  db.exec(`INSERT INTO history_ranges VALUES ('pbx', 1, 20), ('cloud', 1, 20)`)
  upTo(140)
  // The log is read once more: what stands there twice is joined.
  expect(db.prepare('SELECT connection FROM history_ranges').pluck().all()).toEqual(['cloud'])
  const marked = db.prepare('SELECT id, log_id FROM history WHERE log_id IS NOT NULL ORDER BY id').raw().all()
  expect(marked).toEqual([
    [1, 'log-37'],
    [6, 'log-12345678901234567890'],
  ])
  db.close()
})
