import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createPeopleSearch } from '../core/directory/people-search.ts'
import { typedWords } from '../core/directory/typed-words.ts'
import { displayNumber } from '../core/numbers/index.ts'
import type { Clock } from '../core/ports/index.ts'
import { defaultDataDir } from '../runtime/data-dir.ts'
import { type PeopleOfFile, withPeopleOf } from '../store/read-people.ts'
import { readOptions } from './arguments.ts'
import { UsageError } from './usage.ts'

const mostRows = 100

const clock: Clock = {
  now: () => Date.now(),
  mono: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** `contacts search TEXT`: people by name, pinyin, company, group or a part of a number, best first. */
export async function contactsCommand([name, text, ...rest]: string[]): Promise<void> {
  if (name !== 'search')
    throw name === undefined
      ? new UsageError('contacts needs search', 'contacts 后面要写 search')
      : new UsageError(`no command "contacts ${name}"`, `没有“contacts ${name}”这个命令`)
  if (text === undefined || text.startsWith('--'))
    throw new UsageError('contacts search needs TEXT', 'contacts search 后面要写要找的文字')
  const options = readOptions(rest, { 'data-dir': { type: 'string' }, json: { type: 'boolean' } })
  const folder = resolve(options['data-dir'] ?? defaultDataDir())
  const file = join(folder, 'frontbell.sqlite')
  if (!existsSync(file)) throw new Error(`no Frontbell database in ${folder}`)
  const rows = await withPeopleOf(file, (people) => find(people, text))
  if (options.json) {
    process.stdout.write(`${JSON.stringify(rows)}\n`)
    return
  }
  for (const row of rows)
    process.stdout.write(
      `${[row.name, row.company, row.group].filter(Boolean).join('  ')}  ${row.numbers.map(({ display }) => display).join(', ')}\n`,
    )
}

interface ContactRow {
  /** Null = only a call log knows them. */
  id: number | null
  source: 'directory' | 'call-log'
  name: string
  company: string | null
  group: string | null
  numbers: { number: string; display: string; label: string | null }[]
}

async function find(people: PeopleOfFile, text: string): Promise<ContactRow[]> {
  const search = createPeopleSearch({ clock, people, recent: () => [] })
  try {
    const { found, learnedOf } = await search.find(typedWords(text), mostRows)
    return found.flatMap(({ key }): ContactRow[] => {
      const learned = key < 0 ? learnedOf(key) : null
      const person = key < 0 ? null : people.get(key)
      const shown = (number: string, label: string | null) => ({ number, display: displayNumber(number), label })
      if (learned)
        return [
          {
            ...{ id: null, source: 'call-log', name: learned.name, company: null, group: null },
            numbers: [shown(learned.canonical, null)],
          },
        ]
      if (!person) return []
      const { id, company, group, numbers } = person
      return [
        {
          ...{ id, source: 'directory', name: person.name, company, group },
          numbers: numbers.map(({ number, label }) => shown(number, label)),
        },
      ]
    })
  } finally {
    search.stop()
  }
}
