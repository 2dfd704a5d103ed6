import { isBusy, isDiskTrouble, openForWriting, type Sqlite, sqliteCode } from './sqlite.ts'
import { prepareWrites, type WriteName, type WriteOperation, type WriteTable } from './write-operations.ts'

/** Why one write of a batch failed: its place in the batch, SQLite's code ('' when it is none) and the error's class name. */
type WriteFailure = [at: number, code: string, name: string]

export interface BatchOutcome {
  /** One number per write; what it means stands with the operation. */
  results: number[]
  failures: WriteFailure[]
  /** Something on the disk is different now. */
  changed: boolean
}

export interface BatchRunner {
  /** Commit a batch in one transaction. Never throws: what failed is in the outcome, everything else is on the disk. */
  run(batch: readonly WriteOperation[]): BatchOutcome
  /** Write the log back into the database file and shorten it to nothing. */
  checkpoint(): void
  close(): void
}

interface Connection {
  db: Sqlite
  table: WriteTable
  changes: () => number
}

/** How long a batch may wait for another program to let go of the database, ms. */
const patienceMs = 5000

/** The only writer of a database file. Opens at once, and again after the disk failed. */
export function createBatchRunner(file: string, options: { patienceMs?: number } = {}): BatchRunner {
  const patience = options.patienceMs ?? patienceMs
  let connection: Connection | null = connect(file)

  /** One transaction over everything; with `apart`, a write that fails is undone alone. */
  function commit({ db, table }: Connection, batch: readonly WriteOperation[], apart: boolean): BatchOutcome {
    const results: number[] = []
    const failures: WriteFailure[] = []
    db.exec('BEGIN IMMEDIATE')
    batch.forEach((operation, at) => {
      if (apart) db.exec('SAVEPOINT one')
      try {
        results.push(perform(table, operation))
      } catch (error) {
        if (!apart || isDiskTrouble(sqliteCode(error)) || !db.inTransaction) throw error
        db.exec('ROLLBACK TO one')
        results.push(0)
        failures.push([at, sqliteCode(error), nameOf(error)])
      }
      if (apart) db.exec('RELEASE one')
    })
    db.exec('COMMIT')
    return { results, failures, changed: true }
  }

  function attempt(batch: readonly WriteOperation[], apart: boolean): BatchOutcome {
    connection ??= connect(file)
    const before = connection.changes()
    try {
      const outcome = commit(connection, batch, apart)
      return { ...outcome, changed: connection.changes() !== before }
    } catch (error) {
      const code = sqliteCode(error)
      if (connection.db.inTransaction) connection.db.exec('ROLLBACK')
      // After a disk error neither the page cache nor the log's index can be trusted.
      if (isDiskTrouble(code)) disconnect()
      throw error
    }
  }

  function disconnect(): void {
    const old = connection
    connection = null
    old?.db.close()
  }

  function run(batch: readonly WriteOperation[]): BatchOutcome {
    const until = performance.now() + patience
    let apart = false
    for (;;) {
      try {
        return attempt(batch, apart)
      } catch (error) {
        const code = sqliteCode(error)
        if (isBusy(code) && performance.now() < until) {
          pause(10)
        } else if (apart || isBusy(code) || isDiskTrouble(code)) {
          return {
            results: batch.map(() => 0),
            failures: batch.map((_, at) => [at, code, nameOf(error)]),
            changed: false,
          }
        } else {
          apart = true
        }
      }
    }
  }

  return {
    run,
    checkpoint() {
      connection?.db.pragma('wal_checkpoint(TRUNCATE)')
    },
    close() {
      if (!connection) return
      try {
        connection.db.pragma('wal_checkpoint(TRUNCATE)')
      } finally {
        disconnect()
      }
    },
  }
}

function connect(file: string): Connection {
  const db = openForWriting(file)
  try {
    const total = db.prepare('SELECT total_changes()').pluck()
    return { db, table: prepareWrites(db), changes: () => Number(total.get()) }
  } catch (error) {
    db.close()
    throw error
  }
}

function perform(table: WriteTable, operation: WriteOperation): number {
  const [name, ...args] = operation
  // The tuple type pairs name and arguments; TypeScript cannot follow that through the index.
  const write = Object.hasOwn(table, name) ? (table[name as WriteName] as (...args: unknown[]) => number) : null
  if (!write) throw new TypeError('no such write')
  return write(...args)
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : 'unknown failure')

/** Blocks this thread: it has nothing else to do. */
function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
