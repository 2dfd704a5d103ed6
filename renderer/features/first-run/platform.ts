export type AdvicePlatform = 'win32' | 'darwin' | 'linux'

/** Node's `process.platform` as the three systems that there is advice for. */
export function platformOf(platform: string | undefined): AdvicePlatform {
  return platform === 'win32' || platform === 'darwin' ? platform : 'linux'
}
