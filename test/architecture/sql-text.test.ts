import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { sqlParts } from './sql-parts.ts'

const store = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'main', 'store')

/**
 * Everything that is put into SQL as text, by the file: names of our own tables and columns, lists of columns, conditions and
 * parts of queries that are written out in the same room, our own limits, names of parameters (`@digits${at}`: the value is
 * bound). What somebody typed or sent is never among them. A new entry needs that looked at.
 */
const allowed: Record<string, string[]> = {
  'call-id.ts': ['h'],
  'call-list.ts': [
    'column',
    'fewNumbers + 1',
    "hasCalls('n.canonical')",
    'inExtensions',
    'inNumbers',
    'index',
    "likeName('n.name')",
    "likeName('p.company')",
    "likeName('p.name')",
    "likeNumber('canonical')",
    "likeNumber('n.canonical')",
    "likeNumber('n.number')",
    "likeNumber('number')",
    'matchesText',
    'missed',
    'order',
    'range',
    'recordColumns',
    'text',
    'whose[filter]',
  ],
  'call-reads.ts': ["hasCallId('h.')", 'recordColumns', 'table', "unhandled('')", 'unhandled(where)', 'where'],
  'disposition-writes.ts': ['table'],
  'dispositions.ts': ['behind', 'followUpColumns', 'newestTags', 'noteColumns', 'table'],
  'history-arms.ts': ['beside', "callsOf('@parties')", 'idOf', 'longCallSec', 'match', 'sql', 'table'],
  'history-clicks.ts': ["hasCallId('h.')"],
  'history-joins.ts': ['from', "hasCallId('h.')", 'which'],
  'history-known.ts': ['columns', "hasCallId('h.')"],
  'history-links.ts': ["isOf('call_notes')", "isOf('follow_ups')", 'table'],
  'history-parties.ts': ['which'],
  'history-rekey.ts': [
    'column',
    'moved',
    "old('handled_at', 'calls')",
    "old('note', 'call_notes')",
    "old('words', 'call_notes')",
    'table',
    'there',
  ],
  'history-reads.ts': [
    'Math.trunc(utcOffsetMs)',
    'arm.id',
    'asked(arm)',
    "asked(arm, 'w.id')",
    'asked(own(arm, at))',
    'columns',
    'driver',
    'found.from',
    'from',
    "hasCallId('h.')",
    'id',
    'idsPerMs',
    'joined',
    "joined.slice('history h'.length)",
    'ordered(arm)',
    'ordered(own(arm, at))',
    'ordered({ ...arm, from: arm.walkFrom ?? arm.from })',
    'talkAfter',
    'walked(arm)',
  ],
  'history-removals.ts': ['doomed', 'mergePages', 'purgeRows', 'table'],
  'history-terms.ts': [
    "[theirs, inNotes].filter((one) => one !== '').join(' UNION ALL ')",
    'at',
    "conditions.join(' AND ')",
    'driver',
    'fewParties + 1',
    'fits',
    'idOf',
    'inNotes',
    'isOneOfThem',
    'one',
    'parties',
    'phrase',
    "rest.join(' AND ')",
    'table',
  ],
  'imports.ts': ['pruneRows', 'rowColumns', 'shown'],
  'inbox.ts': ['columns'],
  'migrations/0130-notes-in-history.ts': [
    'callOfNew',
    "historyOf('NEW')",
    'historyOf(table)',
    'row',
    "sameCall('NEW')",
    'table',
    "table === 'call_tags' ? ' AND tag = NEW.tag' : ''",
  ],
  'missed-writes.ts': ["hasCallId('h.')"],
  'missed.ts': ['dealt', 'recordColumns', 'returnColumns'],
  'own-notes.ts': ['at'],
  'people-changes.ts': ['pruneRows'],
  'people-reads.ts': [
    'contactColumns',
    'fieldColumns',
    'indexColumns',
    'numberColumns',
    'opportunityColumns',
    'personColumns',
    'rowColumns',
    'unnamed',
  ],
  'person-table.ts': ['fieldColumns', 'numberColumns', 'opportunityColumns', 'personColumns'],
  'presence-history.ts': ['pruneRows'],
  'prompt-writes.ts': ['table'],
  'prompts.ts': ['backupColumns', 'table'],
  'pushes.ts': ['columns'],
  'retention.ts': ['hasPromise', 'oldNames', 'oldNotes', 'oldPromises', 'purgeRows', 'scrubPages', 'table'],
  'statistics.ts': ['hourMs', 'idsPerMs'],
  'write-operations.ts': ['hasCallId()', 'pruneRows', 'table'],
}

it('T16: nothing but what is listed here is put into SQL as text', () => {
  const files = readdirSync(store, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'))
  expect(files.length).toBeGreaterThan(40)
  const parts = files.map((file) => [file, sqlParts(file, readFileSync(join(store, file), 'utf8'))] as const)
  expect(Object.fromEntries(parts.filter(([, found]) => found.length > 0))).toEqual(allowed)
})

it.each([
  ['db.prepare(`SELECT name FROM people WHERE name = #{name}`)', ['name']],
  ["db.exec('DELETE FROM people WHERE id = ' + id)", ['id']],
  ['query(`SELECT 1 FROM t #{on ? `JOIN #{other} x` : ``}`)', ['other']],
  ["db.prepare('SELECT name FROM people WHERE id = ?')", []],
  ['log(`the file #{name} is gone`)', []],
])('sees what is put into %s', (source, expected) => {
  expect(sqlParts('planted.ts', source.replaceAll('#{', '${'))).toEqual(expected)
})
