import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where this user's database, settings and logs live when no folder is named. The same place in both hosts. */
export function defaultDataDir(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home = homedir(),
): string {
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Frontbell')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Frontbell')
  return join(env.XDG_CONFIG_HOME || join(home, '.config'), 'frontbell')
}
