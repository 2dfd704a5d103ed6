import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface PortOwner {
  pid: number
  /** The program's name, where the system tells it. */
  name: string | null
}

/** Who listens on a TCP port of this computer; null when nobody does, or when it is another user's and not told. */
export async function portOwner(port: number, platform: NodeJS.Platform = process.platform): Promise<PortOwner | null> {
  try {
    if (platform === 'linux') return linuxOwner(port)
    if (platform === 'win32') return readNetstat((await run('netstat', ['-ano', '-p', 'TCP'])).stdout, port)
    return readLsof((await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'])).stdout)
  } catch {
    return null // the tool is missing or found nothing: who it is stays unknown
  }
}

function linuxOwner(port: number): PortOwner | null {
  const sockets = new Set(
    ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => listeningInodes(readFileSync(file, 'utf8'), port)),
  )
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (linksOf(`/proc/${pid}/fd`).some((link) => sockets.has(link)))
      return { pid: Number(pid), name: readFileSync(`/proc/${pid}/comm`, 'utf8').trim() }
  }
  return null
}

/** `socket:[inode]` of every listening socket at the port. The table has hexadecimal ports; state 0A listens. */
export function listeningInodes(table: string, port: number): string[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0')
  return table.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/)
    return state === '0A' && local.endsWith(`:${wanted}`) ? [`socket:[${inode}]`] : []
  })
}

function linksOf(folder: string): string[] {
  const names = unlessGone(() => readdirSync(folder)) ?? []
  return names.flatMap((name) => unlessGone(() => readlinkSync(`${folder}/${name}`)) ?? [])
}

/** Another user's process may not be looked at, and one may end or close a file meanwhile: then there is nothing to see. */
function unlessGone<T>(look: () => T): T | null {
  try {
    return look()
  } catch {
    return null
  }
}

/** `TCP 0.0.0.0:12180 0.0.0.0:0 LISTENING 4321`; the word in the middle is translated, the foreign port 0 is not. */
export function readNetstat(text: string, port: number): PortOwner | null {
  for (const line of text.split('\n')) {
    const [protocol, local = '', foreign = '', , pid] = line.trim().split(/\s+/)
    if (protocol === 'TCP' && local.endsWith(`:${port}`) && foreign.endsWith(':0') && pid)
      return { pid: Number(pid), name: null }
  }
  return null
}

/** `p4321` and `cname`, one a line. */
export function readLsof(text: string): PortOwner | null {
  const pid = /^p(\d+)$/m.exec(text)?.[1]
  return pid === undefined ? null : { pid: Number(pid), name: /^c(.+)$/m.exec(text)?.[1] ?? null }
}
