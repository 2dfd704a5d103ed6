import { copyFileSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { backupFolder, listBackups } from '../../main/store/backup.ts'
import { DatabaseFromFutureError, type Migration, migrate, versionOf } from '../../main/store/migrate.ts'
import { callLog } from '../../main/store/migrations/0040-call-log.ts'
import { migrations } from '../../main/store/migrations/index.ts'
import { prepareFile } from '../../main/store/prepare-file.ts'
import { applicationId, type Sqlite } from '../../main/store/sqlite.ts'
import { createTestLog, open, realClock, tempFile } from './temp-store.ts'

function databaseAt(version: number, file = ':memory:'): Sqlite {
  const db = new Database(file)
  migrate(
    db,
    migrations.filter((one) => one.version <= version),
  )
  return db
}

/** The version that this program knows. */
const newest = migrations.at(-1)!.version

const up = (db: Sqlite, version: number) =>
  migrate(
    db,
    migrations.filter((one) => one.version <= version),
  )
const tables = (db: Sqlite) =>
  db
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
    .pluck()
    .all()
const addEvent = (db: Sqlite) =>
  db.exec(`INSERT INTO inbox VALUES (7, 'pbx', 1, 's', 'c', 'a', 'b', 'ringing', 'in', '', '', 'raw', 'utf-8')`)
const addCall = (db: Sqlite) =>
  db.exec(`INSERT INTO calls VALUES (1, 'c', 'pbx', 'a', 'a', 'incoming', 'ringing', 5, NULL, NULL, NULL, 0, NULL, '[]');
           INSERT INTO call_legs VALUES (1, '802', 5, 0)`)

describe('migrations, each from the version before with rows in it', () => {
  it('0010 inbox: an event can be stored, nothing is folded yet', () => {
    const db = databaseAt(0)
    expect(tables(db)).toEqual([])
    up(db, 10)
    addEvent(db)
    expect(db.prepare(`SELECT value FROM counters WHERE name = 'folded-through'`).pluck().get()).toBe(0)
    expect(() => db.exec(`INSERT INTO inbox (connection) VALUES ('x')`)).toThrow(/NOT NULL/)
    db.exec('DELETE FROM inbox')
    addEvent(db)
    expect(tables(db)).toEqual(['counters', 'inbox'])
  })

  it('0020 calls: events stay; a call is unique per connection, its legs go with it', () => {
    const db = databaseAt(10)
    addEvent(db)
    up(db, 20)
    expect(db.prepare('SELECT id, call_id FROM inbox').all()).toEqual([{ id: 7, call_id: 'c' }])
    addCall(db)
    expect(() => addCall(db)).toThrow(/UNIQUE/)
    db.exec('DELETE FROM calls')
    expect(db.prepare('SELECT count(*) FROM call_legs').pluck().get()).toBe(0)
  })

  it('0030 directory: calls stay; one person per number', () => {
    const db = databaseAt(20)
    addCall(db)
    up(db, 30)
    expect(db.prepare('SELECT call_id FROM calls').pluck().all()).toEqual(['c'])
    db.exec(`INSERT INTO people VALUES (1, '李', NULL); INSERT INTO person_numbers VALUES ('135', '0135', 1)`)
    expect(() => db.exec(`INSERT INTO person_numbers VALUES ('135', '135', 1)`)).toThrow(/UNIQUE/)
    expect(() => db.exec(`INSERT INTO person_numbers VALUES ('136', '136', 99)`)).toThrow(/FOREIGN KEY/)
    db.exec('DELETE FROM people')
    expect(db.prepare('SELECT count(*) FROM person_numbers').pluck().get()).toBe(0)
  })

  it('0040 call log: people stay; a row is unique per connection', () => {
    const db = databaseAt(30)
    db.exec(`INSERT INTO people VALUES (1, '李', NULL)`)
    up(db, 40)
    expect(db.prepare('SELECT name FROM people').pluck().all()).toEqual(['李'])
    const add = () => db.exec(`INSERT INTO call_log VALUES ('pbx', 'c', '135', NULL, 1, 2, 1, 1, 0, NULL)`)
    add()
    expect(add).toThrow(/UNIQUE/)
  })

  it('0050 pushes: the call log stays; the same push is there once', () => {
    const db = databaseAt(40)
    db.exec(`INSERT INTO call_log VALUES ('pbx', 'c', '135', NULL, 1, 2, 1, 1, 0, NULL)`)
    up(db, 50)
    expect(db.prepare('SELECT call_id FROM call_log').pluck().all()).toEqual(['c'])
    const add = (hash: string) =>
      db
        .prepare(
          `INSERT INTO pushes (kind, connection, received_at, subject, body, body_hash) VALUES ('tts-audit', 'v', 1, '62', '{}', ?)`,
        )
        .run(hash)
    add('a')
    add('b')
    expect(() => add('a')).toThrow(/UNIQUE/)
    db.exec('DELETE FROM pushes')
    expect(add('a').lastInsertRowid).toBeGreaterThan(2)
  })

  it('0060 call history: the call log becomes history, newest first by id, with its notes and what was dealt with', () => {
    const db = databaseAt(50)
    addCall(db)
    db.exec(`UPDATE calls SET handled_at = 77;
      INSERT INTO call_log VALUES ('pbx', 'c', '135', '802', 5, 0, 0, 1, 0, NULL), ('pbx', 'd', '135', '802', 5, 9, 1, 0, 0, '要报价'),
        ('old', 'c', '', NULL, 3, 1, 1, 1, 1, '')`)
    up(db, 60)
    expect(
      db
        .prepare(`SELECT h.id, s.connection, s.system, call_id, canonical, extension, direction, result, duration_sec, handled_at
      FROM history h JOIN history_sources s ON s.id = source JOIN parties p ON p.id = party ORDER BY h.id`)
        .raw()
        .all(),
    ).toEqual([
      [3072, 'old', 'telcrm', 'c', '', '', 2, 1, 1, null],
      [5120, 'pbx', 'telcrm', 'c', '135', '802', 0, 2, 0, 77],
      [5121, 'pbx', 'telcrm', 'd', '135', '802', 1, 1, 9, null],
    ])
    expect(db.prepare('SELECT id, note FROM history_notes').raw().all()).toEqual([[5121, '要报价']])
    expect(db.prepare('SELECT canonical, calls, last_call FROM parties ORDER BY canonical').raw().all()).toEqual([
      ['', 1, 3072],
      ['135', 2, 5121],
    ])
    expect(tables(db)).not.toContain('call_log')
  })

  it('0061 words: notes and numbers that are there already can be found by any part', () => {
    const db = databaseAt(50)
    db.exec(`INSERT INTO call_log VALUES ('pbx', 'd', '13500000002', '802', 5, 9, 1, 0, 0, '问ABC报价')`)
    up(db, 61)
    const found = (sql: string) => db.prepare(sql).pluck().all()
    expect(found(`SELECT rowid FROM note_words WHERE words MATCH '"报 价"'`)).toEqual([5120])
    expect(found(`SELECT rowid FROM note_words WHERE words MATCH '"abc" *'`)).toEqual([5120])
    expect(found(`SELECT rowid FROM party_digits WHERE party_digits MATCH '"350" AND "002"'`)).toHaveLength(1)
  })

  it('0062 ranges: history stays; a span begins once per connection', () => {
    const db = databaseAt(50)
    db.exec(`INSERT INTO call_log VALUES ('pbx', 'd', '135', '802', 5, 9, 1, 0, 0, NULL)`)
    up(db, 62)
    expect(db.prepare('SELECT count(*) FROM history').pluck().get()).toBe(1)
    const add = () => db.exec(`INSERT INTO history_ranges VALUES ('pbx', 1, 2)`)
    add()
    expect(add).toThrow(/UNIQUE/)
  })

  it('0063 talks: of every party, the newest answered call', () => {
    const db = databaseAt(50)
    db.exec(`INSERT INTO call_log VALUES ('pbx', 'c', '135', '802', 5, 9, 1, 1, 0, NULL), ('pbx', 'd', '135', '802', 6, 0, 0, 1, 0, NULL),
      ('pbx', 'e', '136', '802', 7, 0, 0, 1, 0, NULL)`)
    up(db, 63)
    expect(db.prepare('SELECT canonical, last_talk FROM parties ORDER BY canonical').raw().all()).toEqual([
      ['135', 5 * 1024],
      ['136', 0],
    ])
  })

  it('0070 dispositions: calls and history stay; one note, one follow-up per call', () => {
    const db = databaseAt(62)
    addCall(db)
    up(db, 70)
    expect(db.prepare('SELECT count(*) FROM calls').pluck().get()).toBe(1)
    const add = (table: string, columns: string) => () =>
      db.exec(`INSERT INTO ${table} VALUES ('pbx', 'c', ${columns})`)
    for (const [table, columns] of [
      ['call_notes', `'135', '135', 1, '记录', NULL, 2`],
      ['call_tags', `'报价', 2`],
      ['follow_ups', `'135', '135', 1, '', 9, 2, NULL, NULL`],
    ] as const) {
      add(table, columns)()
      expect(add(table, columns), table).toThrow(/UNIQUE/)
    }
  })

  it('0071 openings: once per call and occasion', () => {
    const db = databaseAt(70)
    db.exec(`INSERT INTO call_tags VALUES ('pbx', 'c', '报价', 2)`)
    up(db, 71)
    expect(db.prepare('SELECT tag FROM call_tags').pluck().all()).toEqual(['报价'])
    const add = () => db.exec(`INSERT INTO crm_opens VALUES ('pbx', 'c', 'ring', 1)`)
    add()
    expect(add).toThrow(/UNIQUE/)
  })

  it('0072 returns: missed calls stay open; the logs count from the day before', () => {
    const db = databaseAt(71)
    addCall(db)
    db.exec('UPDATE calls SET missed = 1')
    up(db, 72)
    const open =
      'SELECT call_id FROM calls INDEXED BY calls_unhandled WHERE missed = 1 AND handled_at IS NULL AND returned_at IS NULL'
    expect(db.prepare(open).pluck().all()).toHaveLength(1)
    const from = Number(db.prepare(`SELECT value FROM counters WHERE name = 'missed-from'`).pluck().get())
    expect(Math.abs(Date.now() - 86_400_000 - from)).toBeLessThan(60_000)
  })

  it('0130 notes in the history: notes, tags and promises of before find their rows, and are found by their words', () => {
    const db = databaseAt(72)
    db.exec(`INSERT INTO history_sources VALUES (1, 'pbx', 'telcrm');
      INSERT INTO parties (id, canonical, number, name, spelling, calls, last_call) VALUES (1, '135', '135', '', '', 1, 5120);
      INSERT INTO history (id, source, call_id, party, extension, direction, result, duration_sec, seen_at)
        VALUES (5120, 1, 'c1@192.168.1.82', 1, '802', 0, 1, 30, 5);
      INSERT INTO call_notes VALUES ('pbx', 'c1@192.168.1.82', '135', '135', 5, '要对账单', '802', 6), ('cloud', 'c1@192.168.1.82', '135', '135', 5, '别处', NULL, 6);
      INSERT INTO call_tags VALUES ('pbx', 'c1@192.168.1.82', '大客户', 6);
      INSERT INTO follow_ups VALUES ('pbx', 'c1@192.168.1.82', '135', '135', 5, '回电', 9, 6, NULL, NULL)`)
    up(db, 130)
    const rows = (sql: string) => db.prepare(sql).pluck().all()
    expect(rows('SELECT history_id FROM call_notes ORDER BY connection')).toEqual([null, 5120])
    expect(rows('SELECT history_id FROM call_tags')).toEqual([5120])
    expect(rows('SELECT history_id FROM follow_ups')).toEqual([5120])
    const found = (words: string) => rows(`SELECT rowid FROM own_note_words WHERE words MATCH '"${words}"'`)
    expect([found('对 账'), found('大 客 户'), found('单 大'), found('别 处')]).toEqual([[5120], [5120], [], []])
    db.close()
  })

  it('0132 links by page: what was linked stays so; a row that is added links nothing by itself, one that goes still unlinks', () => {
    const db = databaseAt(131)
    const add = (id: number, callId: string) =>
      db.exec(`INSERT INTO history (id, source, call_id, party, extension, direction, result, duration_sec, seen_at)
        VALUES (${id}, 1, '${callId}', 1, '802', 0, 1, 30, 5)`)
    db.exec(`INSERT INTO history_sources VALUES (1, 'pbx', 'telcrm');
      INSERT INTO parties (id, canonical, number, name, spelling, calls, last_call) VALUES (1, '135', '135', '', '', 1, 5120);
      INSERT INTO call_notes (connection, call_id, number, canonical, call_started_at, note, updated_at)
        VALUES ('pbx', 'c1', '135', '135', 5, 'a', 6), ('pbx', 'c2', '135', '135', 5, 'b', 6)`)
    const linked = () => db.prepare('SELECT history_id FROM call_notes ORDER BY call_id').pluck().all()
    add(5120, 'c1')
    up(db, 132)
    add(6144, 'c2')
    expect(linked()).toEqual([5120, null])
    db.exec('DELETE FROM history WHERE id = 5120')
    expect(linked()).toEqual([null, null])
    db.close()
  })

  it('0090 presence history: calls stay; an extension changes once at a time', () => {
    const db = databaseAt(62)
    db.exec(`INSERT INTO history_sources VALUES (1, 'pbx', 'telcrm')`)
    up(db, 90)
    expect(db.prepare('SELECT connection FROM history_sources').pluck().all()).toEqual(['pbx'])
    const add = () => db.exec(`INSERT INTO presence_changes VALUES ('pbx', '802', 5, 'busy')`)
    add()
    expect(add).toThrow(/UNIQUE/)
    expect(() => db.exec(`INSERT INTO presence_watches VALUES ('pbx', 1, NULL)`)).toThrow(/NOT NULL/)
  })

  it('has a test here for every file, listed in order', () => {
    const files = readdirSync(new URL('../../main/store/migrations/', import.meta.url)).filter((name) =>
      /^\d{4}-/.test(name),
    )
    expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(migrations.map((one) => one.version))
    expect(migrations.map((one) => one.version)).toEqual(
      [...migrations.map((one) => one.version)].sort((a, b) => a - b),
    )
  })

  it('0100 people: who was there keeps id, name and numbers; a number may have several people', () => {
    const db = databaseAt(90)
    db.exec(`INSERT INTO people VALUES (3, '李', '华强'), (5, '王', NULL);
      INSERT INTO person_numbers VALUES ('13500000002', '0135 0000 0002', 3), ('075528000123', '28000123', 3), ('801', '801', 5)`)
    up(db, 100)
    expect(db.prepare('SELECT id, name, company, revision FROM people ORDER BY id').raw().all()).toEqual([
      [3, '李', '华强', 1],
      [5, '王', null, 2],
    ])
    expect(db.prepare('SELECT person, place, canonical, number, label FROM person_numbers').raw().all()).toEqual([
      [3, 0, '075528000123', '28000123', 'work'],
      [3, 1, '13500000002', '0135 0000 0002', 'mobile'],
      [5, 0, '801', '801', 'work'],
    ])
    expect(db.prepare(`SELECT value FROM counters WHERE name = 'directory-revision'`).pluck().get()).toBe(2)
    db.exec(`INSERT INTO person_numbers VALUES (5, 1, '13500000002', '13500000002', 'mobile')`)
    db.exec('DELETE FROM people WHERE id = 3')
    expect(db.prepare('SELECT count(*) FROM person_numbers').pluck().get()).toBe(2)
  })

  it('0110 imports: people stay; a row once per import; what waits is found by an index', () => {
    const db = databaseAt(100)
    db.exec(`INSERT INTO people (id, name, sort_key, created_at, updated_at, revision) VALUES (1, '李', '', 1, 1, 1)`)
    up(db, 110)
    expect(db.prepare('SELECT name FROM people').pluck().all()).toEqual(['李'])
    db.exec(`INSERT INTO imports VALUES ('a', 5, '{}')`)
    const add = (row: number, local: number, pbx: number) =>
      db.prepare(`INSERT INTO import_rows VALUES ('a', ?, '[]', ?, ?, NULL, NULL)`).run(row, local, pbx)
    add(2, 1, 0)
    add(3, 0, 7)
    add(4, 2, 3)
    expect(() => add(2, 0, 0)).toThrow(/UNIQUE/)
    const waiting = (sql: string) => db.prepare(`SELECT row FROM import_rows INDEXED BY ${sql}`).pluck().all()
    expect(waiting(`import_rows_local WHERE import = 'a' AND local = 1`)).toEqual([2])
    expect(waiting(`import_rows_pbx WHERE import = 'a' AND pbx = 7 AND pbx IN (1, 2, 7)`)).toEqual([3])
    const remember = () => db.exec(`INSERT INTO import_mappings VALUES ('contacts', '["a"]', '[]')`)
    remember()
    expect(remember).toThrow(/UNIQUE/)
  })
})

describe('the runner', () => {
  it('sets version and application id, and does nothing the second time', () => {
    const db = databaseAt(newest)
    expect(versionOf(db)).toBe(newest)
    expect(db.pragma('application_id', { simple: true })).toBe(applicationId)
    const schema = db.prepare('SELECT sql FROM sqlite_schema').all()
    migrate(db, migrations)
    expect(db.prepare('SELECT sql FROM sqlite_schema').all()).toEqual(schema)
  })

  it('undoes a step that fails, version included', () => {
    const db = databaseAt(newest)
    const broken: Migration = { version: newest + 1, sql: 'CREATE TABLE extra (a); CREATE TABLE calls (a);' }
    expect(() => migrate(db, [...migrations, broken])).toThrow(/already exists/)
    expect(versionOf(db)).toBe(newest)
    expect(tables(db)).not.toContain('extra')
  })

  it('refuses a list that does not grow', () => {
    const db = databaseAt(0)
    expect(() => migrate(db, [...migrations, callLog])).toThrow(`migration 40 stands after ${newest}`)
    expect(() => migrate(db, [{ version: 0.5, sql: '' }])).toThrow('migration 0.5')
    expect(tables(db)).toEqual([])
  })
})

describe('an existing database', () => {
  it('is backed up, then migrated with its rows', async () => {
    const file = tempFile()
    const old = databaseAt(10, file)
    addEvent(old)
    old.close()
    const store = await open(file)
    expect(store.notices).toEqual([])
    expect(store.inbox.unfolded().map((row) => row.callId)).toEqual(['c'])
    const [backup] = listBackups(file)
    const copy = new Database(backup?.file, { readonly: true })
    expect([versionOf(copy), copy.prepare('SELECT count(*) FROM inbox').pluck().get()]).toEqual([10, 1])
    copy.close()
  })

  it.each([newest + 1, newest + 9, 999, 9990, 100_000, 2_147_483_647])(
    'of future version %i is refused, and left as it is',
    async (version) => {
      const file = tempFile()
      const future = databaseAt(newest, file)
      future.exec('CREATE TABLE from_the_future (a)')
      future.pragma(`user_version=${version}`)
      future.close()
      const failure = await open(file).then(
        () => null,
        (error: unknown) => error,
      )
      expect(failure).toBeInstanceOf(DatabaseFromFutureError)
      expect(failure).toMatchObject({ code: 'storage-failed', found: version, known: newest })
      expect(String(failure)).toContain(`${version}`)
      expect(String(failure)).toContain(`${newest}`)
      const after = new Database(file, { readonly: true })
      expect([versionOf(after), tables(after)]).toEqual([version, expect.arrayContaining(['from_the_future'])])
      after.close()
    },
  )

  it('whose tables are not what its version says is set aside, not migrated into a mixture', async () => {
    const file = tempFile()
    const odd = databaseAt(newest, file)
    addEvent(odd)
    await odd.backup(`${file}.kept`)
    odd.pragma('user_version=20')
    odd.close()
    mkdirSync(backupFolder(file))
    const good = join(backupFolder(file), '000001-1760000000000.sqlite')
    renameSync(`${file}.kept`, good)
    copyFileSync(file, join(backupFolder(file), '000002-1760000000001.sqlite'))
    const notices = await prepareFile({ file, clock: realClock, log: createTestLog().log, migrations })
    expect(notices.map((notice) => [notice.kind, notice.params.backupAt])).toEqual([
      ['database-restored', new Date(1_760_000_000_000).toISOString()],
    ])
    expect(listBackups(file).map((backup) => backup.sequence)).toEqual([2, 1])
    const db = new Database(file, { readonly: true })
    expect([versionOf(db), db.prepare('SELECT count(*) FROM inbox').pluck().get()]).toEqual([newest, 1])
    db.close()
  })
})
