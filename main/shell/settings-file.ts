import { CoreError } from '../core/errors.ts'
import type { SettingsFile } from '../core/settings/ports.ts'
import { type ConfLike, confOptions, settingsFileOn } from '../settings-files/conf-settings-file.ts'
import { createJsonFormat } from '../settings-files/json-format.ts'
import type { ElectronApi } from './electron-api.ts'

type StoreOptions = Omit<ReturnType<typeof confOptions>, 'configName'> & { name: string }

/** The settings file through electron-store: the same file and the same rules as in the Node host. Errors: storage-failed. */
export function createElectronSettingsFile(
  path: string,
  deps: { Store: new (options: StoreOptions) => ConfLike; ipcMain: Pick<ElectronApi['ipcMain'], 'removeAllListeners'> },
): SettingsFile {
  const format = createJsonFormat()
  const { configName: name, ...options } = confOptions(path, format)
  try {
    const store = new deps.Store({ ...options, name })
    // electron-store offers its folder to pages on a channel of its own. Ours have one message port and nothing else.
    deps.ipcMain.removeAllListeners('electron-store-get-data')
    return settingsFileOn(store, format)
  } catch (error) {
    throw new CoreError('storage-failed', { reason: `${path} cannot be opened` }, error)
  }
}
