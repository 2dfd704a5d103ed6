import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { createQueries } from '../../main/store/queries.ts'
import {
  assertSqliteVersion,
  compile,
  openForReading,
  openForWriting,
  type Sqlite,
  storageFailedCode,
} from '../../main/store/sqlite.ts'
import { missedCall, open, tempFile } from './temp-store.ts'

async function existing(): Promise<string> {
  const file = tempFile()
  const store = await open(file)
  await store.close()
  return file
}

describe('a compiled statement', () => {
  it('is planned without a look at the values, and finds the same rows', () => {
    const db = new Database(':memory:')
    db.exec(`CREATE TABLE a (id INTEGER PRIMARY KEY, word TEXT, amount INTEGER) STRICT;
      CREATE TABLE b (id INTEGER PRIMARY KEY, a INTEGER, bytes BLOB) STRICT;
      INSERT INTO a VALUES (1, '007', 7), (2, '7', 7), (3, NULL, NULL);
      INSERT INTO b VALUES (1, 1, x'3037'), (2, 2, x'37'), (3, 3, NULL)`)
    const sql = 'SELECT b.id FROM a JOIN b ON b.a = a.id WHERE a.word IS ? OR a.amount = @amount AND b.bytes = @bytes'
    expect(compile(db, sql).source).toBe(
      'SELECT b.id FROM a JOIN b ON b.a = a.id WHERE a.word IS +? OR a.amount = +@amount AND b.bytes = +@bytes',
    )
    const values = [null, '7', '007', 7, '7.0', 'x', Buffer.from('7')]
    for (const column of ['a.word', 'a.amount', 'b.bytes'])
      for (const value of values)
        for (const operator of ['=', 'IS']) {
          const one = `SELECT b.id FROM a JOIN b ON b.a = a.id WHERE ${column} ${operator} ? ORDER BY 1`
          expect([one, value, compile(db, one).all(value)]).toEqual([one, value, db.prepare(one).all(value)])
        }
    compile(db, 'UPDATE a SET word = ? WHERE id = ?').run('08', 2)
    expect(compile(db, 'SELECT word FROM a WHERE id = ?').get(2)).toEqual({ word: '08' })
    db.close()
  })
})

describe('connections', () => {
  it('the writer is durable and strict', async () => {
    const db = openForWriting(await existing())
    const wanted = {
      journal_mode: 'wal',
      synchronous: 2,
      foreign_keys: 1,
      trusted_schema: 0,
      secure_delete: 1,
      checkpoint_fullfsync: 1,
      busy_timeout: 250,
    }
    const found = Object.keys(wanted).map((name) => [name, db.pragma(name, { simple: true })])
    db.close()
    expect(Object.fromEntries(found)).toEqual(wanted)
  })

  it('the reader cannot write', async () => {
    const db = openForReading(await existing())
    expect(() => db.exec('DELETE FROM calls')).toThrow(/readonly/)
    db.close()
  })

  it.each([
    ['3.51.3', true],
    ['3.52.0', true],
    ['4.0.0', true],
    ['3.51.2', false],
    ['3.50.9', false],
  ])('SQLite %s is trusted with a log: %s', (version, isTrusted) => {
    const db = { prepare: () => ({ pluck: () => ({ get: () => version }) }) } as unknown as Sqlite
    if (isTrusted) expect(() => assertSqliteVersion(db)).not.toThrow()
    else expect(() => assertSqliteVersion(db)).toThrow(`SQLite ${version} is too old`)
  })
})

describe('what is purged', () => {
  it('is gone from the disk, not only from the list', async () => {
    const file = tempFile()
    const store = await open(file)
    const secret = '13987654321'
    const list = Array.from({ length: 50 }, (_, at) =>
      missedCall(`c${at}`, at, { connection: 'demo', caller: secret, canonical: secret }),
    )
    await store.calls.save(list)
    await store.flush()
    await store.calls.purge('demo')
    await store.close()
    expect(readFileSync(file).includes(secret)).toBe(false)
  })
})

describe('reads', () => {
  it('over 40 ms are reported by name, failures are storage errors', async () => {
    const file = await existing()
    const db = openForReading(file)
    let now = 0
    const slow: string[] = []
    const queries = createQueries({ db, mono: () => (now += 25), onSlow: (name, ms) => slow.push(`${name} ${ms}`) })
    const quick = queries.query<{ one: number }>('quick', 'SELECT 1 AS one')
    expect(quick.get()).toEqual({ one: 1 })
    expect(slow).toEqual([])
    const dragging = createQueries({ db, mono: () => (now += 41), onSlow: (name, ms) => slow.push(`${name} ${ms}`) })
    dragging.query('dragging', 'SELECT 1').all()
    expect(slow).toEqual(['dragging 41'])
    db.close()
    expect(() => quick.get()).toThrow('storage-failed: the store is closed')
  })

  it('errors say what to do, never what was in the data', () => {
    expect(storageFailedCode('SQLITE_FULL', '').details.reason).toBe('the disk is full (SQLITE_FULL)')
    expect(storageFailedCode('SQLITE_IOERR_FSYNC', '').details.reason).toContain('the disk reported an error')
    expect(storageFailedCode('', 'TypeError').details.reason).toBe('TypeError')
    expect(storageFailedCode('SQLITE_CONSTRAINT_UNIQUE', 'x').details.reason).toBe('SQLITE_CONSTRAINT_UNIQUE')
  })
})
