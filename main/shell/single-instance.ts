import type { ElectronApi } from './electron-api.ts'

/** True when this is the only running program; a later start of it calls `onSecond` here and ends. */
export function takeSingleInstance(
  app: Pick<ElectronApi['app'], 'requestSingleInstanceLock' | 'on'>,
  onSecond: () => void,
): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', onSecond)
  return true
}
