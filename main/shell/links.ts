import { CoreError } from '../core/errors.ts'
import type { ElectronApi } from './electron-api.ts'

const longestLink = 2048
const mailAddress = /^[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/
const mailFields = new Set(['subject', 'body'])

/**
 * A web or mail address in its normal spelling, or null. Allowed are `https:` without a user name and with a plain ASCII
 * host (look-alike letters are a way to lie about the host), and `mailto:` one address with subject and body at most.
 */
export function allowedLink(link: string): string | null {
  // URL parsers drop tabs, line ends and surrounding blanks, and read backslashes as slashes. We refuse them instead.
  if (link.length > longestLink || /[^\x21-\x7e]|[\\"<>^`{|}]/.test(link)) return null
  const url = URL.parse(link)
  if (url?.protocol === 'https:') return isPlainHost(link, url) ? url.href : null
  if (url?.protocol === 'mailto:') return isPlainMail(url) ? url.href : null
  return null
}

type Shell = Pick<ElectronApi['shell'], 'openExternal'>

/** Open a mail link in the user's own program. Errors: bad-request for anything else, unavailable. */
export async function openMail(shell: Shell, link: string): Promise<void> {
  const address = allowedLink(link)
  if (!address?.startsWith('mailto:'))
    throw new CoreError('bad-request', { field: 'link', reason: 'only mail links with subject and body are opened' })
  await openExternal(shell, address)
}

/**
 * Open a page of the customer system: http: is allowed too, for a server in the house, and so `host` (with its port, where it
 * has one) must be the one that was configured. Errors: bad-request for anything else, unavailable.
 */
export async function openWebPage(shell: Shell, address: string, host: string): Promise<void> {
  const url = /^[\x21-\x7e]+$/.test(address) && !/[\\"<>^`{|}]/.test(address) ? URL.parse(address) : null
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  if (!url || !isWeb || url.host !== host || host === '' || url.username !== '' || url.password !== '')
    throw new CoreError('bad-request', {
      field: 'link',
      reason: 'only web addresses of the configured host are opened',
    })
  await openExternal(shell, url.href)
}

async function openExternal(shell: Shell, address: string): Promise<void> {
  try {
    await shell.openExternal(address)
  } catch (error) {
    throw new CoreError('unavailable', { reason: 'no program on this computer opens this link' }, error)
  }
}

function isPlainHost(link: string, url: URL): boolean {
  // A host must follow at once, and no user name before it, not even an empty one.
  if (!/^https:\/\/[^/@?#]+([/?#]|$)/i.test(link)) return false
  return url.hostname !== '' && !url.hostname.split('.').some((label) => label.startsWith('xn--'))
}

function isPlainMail(url: URL): boolean {
  const fields = [...url.searchParams.keys()]
  return mailAddress.test(url.pathname) && fields.every((name) => mailFields.has(name)) && !/%0[ad]/i.test(url.href)
}
