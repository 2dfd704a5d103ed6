import type { DirectorySnapshot, Party } from '../../preload/contract/index.ts'
import type { Desk } from '../core/desk.ts'
import { addToPbx } from '../core/directory/add-to-pbx.ts'
import { createPeopleDesk } from '../core/directory/people-desk.ts'
import { createPeopleSearch } from '../core/directory/people-search.ts'
import { createSearch } from '../core/directory/search.ts'
import { typedWords } from '../core/directory/typed-words.ts'
import { CoreError } from '../core/errors.ts'
import type { CanonicalsOf } from '../core/history/search-terms.ts'
import { type NumberOptions, parseNumber } from '../core/numbers/index.ts'
import type { Clock, Store, TelephonySystem } from '../core/ports/index.ts'

export interface DirectoryParts {
  desk: Desk['directory']
  canonicalsOf: CanonicalsOf
  snapshot(): DirectorySnapshot
  stop(): void
}

/** The directory, its search and its page, wired. `system` is asked for late: it is opened after this. */
export function openDirectory(deps: {
  clock: Clock
  store: Pick<Store, 'people' | 'directory' | 'calls'>
  extensions(): { extension: string; name: string }[]
  extensionName(extension: string): string | null
  identify(number: string): Party
  numbers(): NumberOptions
  system(): TelephonySystem | null
  /** Somebody was changed: whoever is shown by name is to be shown anew. */
  onChange(): void
}): DirectoryParts {
  const { clock, store, numbers } = deps
  const recent = () => store.calls.recentNumbers(20)
  const search = createPeopleSearch({ clock, people: store.people, recent })
  const find = createSearch({
    people: search,
    peopleOf: (ids) => store.people.found(ids),
    extensions: deps.extensions,
    recent,
    identify: deps.identify,
    numbers,
  })
  const people = createPeopleDesk({
    clock,
    people: store.people,
    search,
    colleagues: deps.extensions,
    extensionName: deps.extensionName,
    numbers,
    addToPbx: (person) => addToPbx(deps.system(), person, numbers()),
    onChange: deps.onChange,
  })
  return {
    desk: {
      ...people,
      search: ({ text, limit, only }) => find(text, limit, only),
      async save({ number, name, company }) {
        const { kind, national, canonical } = parseNumber(number, numbers())
        if (kind === 'unknown')
          throw new CoreError('bad-request', { field: 'number', reason: 'not a telephone number' })
        const { id } = await store.directory.save({
          number: national,
          canonical,
          name,
          company: company === '' ? null : company,
        })
        deps.onChange()
        return { id }
      },
    },
    canonicalsOf: (text) => search.canonicals(typedWords(text)),
    snapshot: () => ({
      version: store.directory.version(),
      canAddToPbx: deps.system()?.customerImport !== undefined,
    }),
    stop: () => search.stop(),
  }
}
