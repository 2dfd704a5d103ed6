import type { Extension } from '../../../preload/contract/index.ts'
import type { Desk } from '../desk.ts'
import { CoreError } from '../errors.ts'
import { maskNumber } from '../numbers/index.ts'
import type { Log, Supervision, TelephonySystem } from '../ports/index.ts'

/**
 * Listen, take over, end: each asks the PBX exactly once, and only while the agent still has the call that was shown.
 * Errors: unavailable (field = the setting that is missing), bad-request (the supervisor's own extension), conflict
 * (reason `call-changed`), and those of the capability.
 */
export function createSupervise(deps: {
  /** The connection in use; null = none is configured. */
  system(): TelephonySystem | null
  supervisor(): string | null
  /** As the board has it. */
  stateOf(extension: string): Extension | null
  /** The PBX did it: look at the phones now. */
  onDone(): void
  log: Log
}): Pick<Desk['supervision'], 'listen' | 'takeOver' | 'hangUp'> {
  function ready(): { supervision: Supervision; supervisor: string } {
    const system = deps.system()
    if (!system)
      throw new CoreError('unavailable', { field: 'connections', reason: 'no telephone system is configured' })
    const { connection, supervision } = system
    if (!supervision)
      throw new CoreError('unavailable', { connection, reason: 'this telephone system cannot supervise calls' })
    const supervisor = deps.supervisor()
    if (!supervisor) {
      throw new CoreError('unavailable', {
        connection,
        field: `connections.${connection}.supervisorExtension`,
        reason: 'no-supervisor',
      })
    }
    return { supervision, supervisor }
  }

  const act =
    (what: keyof Supervision) =>
    async ({ extension, remote }: { extension: string; remote: string | null }): Promise<void> => {
      const { supervision, supervisor } = ready()
      if (extension === supervisor)
        throw new CoreError('bad-request', { field: 'extension', reason: 'this is your own extension' })
      const seen = deps.stateOf(extension)
      if (seen && (seen.phone !== 'talking' || (seen.remote?.number ?? null) !== remote))
        throw new CoreError('conflict', { field: 'extension', reason: 'call-changed' })
      deps.log.info(`supervise-${what}`, { supervisor, agent: extension, number: maskNumber(remote ?? '') })
      await supervision[what]({ supervisor, agent: extension })
      deps.onDone()
    }

  return { listen: act('listen'), takeOver: act('takeOver'), hangUp: act('hangUp') }
}
