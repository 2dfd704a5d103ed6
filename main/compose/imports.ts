import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Settings } from '../../preload/contract/index.ts'
import { CoreError } from '../core/errors.ts'
import { createImports, type Imports } from '../core/imports/imports.ts'
import type { Clock, CustomerImport, DirectoryStore, Log, Store, TelephonySystem } from '../core/ports/index.ts'
import { createImportFiles } from '../imports/import-files.ts'

/** Files wait below `<data folder>/imports`; rows, states and reports stand in the database. */
export function openImports(deps: {
  clock: Clock
  log: Log
  dataDir: string
  store: Pick<Store, 'imports' | 'people'>
  directory: Pick<DirectoryStore, 'lookup'>
  system(connection: string): Promise<Pick<TelephonySystem, 'customerImport'>>
  settings(): Settings
  onChange(): void
}): Imports {
  const { clock, log, store, settings } = deps
  return createImports({
    ...{ clock, log, store: store.imports, people: store.people, onChange: deps.onChange },
    files: createImportFiles(join(deps.dataDir, 'imports'), log),
    lookup: (canonical) => deps.directory.lookup(canonical),
    numbers: () => settings().dialing,
    requestBytes: () => settings().imports.requestBytes,
    locale: () => settings().locale,
    newId: () => randomBytes(8).toString('hex'),
    pbx: async (connection): Promise<CustomerImport> => {
      const { customerImport } = await deps.system(connection)
      if (!customerImport) throw new CoreError('unavailable', { connection, reason: 'no-customer-import' })
      return customerImport
    },
  })
}
